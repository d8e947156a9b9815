package io.github.camelzendesk.auth.rewrite;

import org.openrewrite.Recipe;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.github.camelzendesk.auth.NoKnots;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

@AnalyzeClasses(packages = "io.github.camelzendesk.auth.rewrite", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HERE = "io.github.camelzendesk.auth.rewrite";

    @ArchTest
    static final ArchRule theRecipesKnowNeitherCamelNorTheRestOfThisProject = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    HERE, "java..", "org.openrewrite..", "org.jspecify..", "com.fasterxml.jackson.annotation..");

    @ArchTest
    static final ArchRule onlyRecipesAreApi =
            classes().that().arePublic().and().areTopLevelClasses().should().beAssignableTo(Recipe.class);

    @ArchTest
    static final ArchRule noClassesFormAKnot = NoKnots.amongClasses(resideInAPackage(HERE));
}
