package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/concurrency.adoc} names all that the engine's threads share. */
class ConcurrencyPageTest {
    private static final Path PAGE = Path.of("../../docs/concurrency.adoc");
    private static final List<String> ENGINE = List.of(
            "io.github.camelzendesk.auth.oauth",
            "io.github.camelzendesk.auth.login",
            "io.github.camelzendesk.auth.settings");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ENGINE);

    private final String page = read();

    @Test
    void eachStateOfAnAttemptIsDrawn() {
        List<String> states = classes()
                .filter(type -> type.getAllRawInterfaces().stream()
                        .anyMatch(parent -> parent.getName().endsWith(".Attempt$State")))
                .map(JavaClass::getSimpleName)
                .toList();

        assertThat(states).hasSize(5).allSatisfy(state -> assertThat(page).contains("`" + state + "`"));
    }

    @Test
    void eachVolatileFieldHasItsReason() {
        assertThat(fields().filter(field -> field.getModifiers().contains(JavaModifier.VOLATILE)))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(page).contains("`" + name(field) + "`"));
    }

    @Test
    void eachLockStandsInTheOrderOfLocks() {
        assertThat(fields().filter(field -> field.getRawType().isAssignableTo(Lock.class)))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(page).contains("`" + name(field) + "`"));
        assertThat(classes().filter(type -> type.getMethods().stream()
                        .anyMatch(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(page).contains("`" + type.getSimpleName() + "` (monitor)"));
    }

    private static String name(JavaField field) {
        return field.getOwner().getSimpleName() + "." + field.getName();
    }

    private static Stream<JavaField> fields() {
        return classes().flatMap(type -> type.getFields().stream());
    }

    private static Stream<JavaClass> classes() {
        return CLASSES.stream();
    }

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
