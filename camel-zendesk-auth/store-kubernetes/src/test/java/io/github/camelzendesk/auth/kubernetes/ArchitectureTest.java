package io.github.camelzendesk.auth.kubernetes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(
        packages = "io.github.camelzendesk.auth.kubernetes",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.camelzendesk.auth";

    @ArchTest
    static final ArchRule aStoreKnowsOnlySettings = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT, ROOT + ".oauth", ROOT + ".login", "org.apache.camel..", "okhttp3..", "com.fasterxml..");
}
