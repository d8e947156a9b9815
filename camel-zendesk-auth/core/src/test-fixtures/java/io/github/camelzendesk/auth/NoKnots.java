package io.github.camelzendesk.auth;

import java.util.function.Function;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** That nothing depends on itself by way of others. Immutable. */
public final class NoKnots implements SliceAssignment {
    private final DescribedPredicate<JavaClass> classes;
    private final Function<JavaClass, String> slice;

    private NoKnots(DescribedPredicate<JavaClass> classes, Function<JavaClass, String> slice) {
        this.classes = classes;
        this.slice = slice;
    }

    /**
     * Each top-level class is a slice.
     *
     * @param families which classes are one slice each, as they name each other by nature
     */
    @SafeVarargs
    public static ArchRule amongClasses(
            DescribedPredicate<JavaClass> classes, DescribedPredicate<? super JavaClass>... families) {
        return rule(classes, type -> Stream.of(families)
                .filter(family -> family.test(type))
                .map(DescribedPredicate::getDescription)
                .findFirst()
                .orElseGet(() -> type.getName().replaceFirst("\\$.*", "")));
    }

    public static ArchRule amongPackages(DescribedPredicate<JavaClass> classes) {
        return rule(classes, JavaClass::getPackageName);
    }

    private static ArchRule rule(DescribedPredicate<JavaClass> classes, Function<JavaClass, String> slice) {
        return slices().assignedFrom(new NoKnots(classes, slice)).should().beFreeOfCycles();
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
        return classes.test(type) ? SliceIdentifier.of(slice.apply(type)) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
        return "classes that " + classes.getDescription();
    }
}
