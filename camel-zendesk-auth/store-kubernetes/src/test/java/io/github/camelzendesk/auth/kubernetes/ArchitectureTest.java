package io.github.camelzendesk.auth.kubernetes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.github.camelzendesk.auth.NoKnots;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(
        packages = "io.github.camelzendesk.auth.kubernetes",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.camelzendesk.auth";
    private static final String STORE = ROOT + ".kubernetes";

    @ArchTest
    static final ArchRule aStoreKnowsOnlySettings = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT, ROOT + ".oauth", ROOT + ".login", "org.apache.camel..", "okhttp3..", "com.fasterxml..");

    @ArchTest
    static final ArchRule noClassesFormAKnot = NoKnots.amongClasses(resideInAPackage(STORE + ".."), alwaysFalse());

    @ArchTest
    static final ArchRule noPackagesFormAKnot = NoKnots.amongPackages(resideInAPackage(STORE + ".."));

    @ArchTest
    static final ArchRule onlyTheProviderIsApi = classes()
            .that()
            .resideInAPackage(STORE)
            .should()
            .haveSimpleName("KubernetesSettingsStoreProvider")
            .orShould()
            .haveSimpleName("package-info");
}
