package io.github.camelzendesk.auth.cli;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.github.camelzendesk.auth.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CLI = "io.github.camelzendesk.auth.cli";
    private static final String ENGINE = "io.github.camelzendesk.auth.oauth.internal";

    @ArchTest
    static final ArchRule onlyTheCommandsKnowPicocli = noClasses()
            .that()
            .resideInAPackage(CLI + ".internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, "picocli..");

    @ArchTest
    static final ArchRule onlyTheProxyKnowsJetty = noClasses()
            .that()
            .resideOutsideOfPackage(CLI + ".internal.proxy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule nothingKnowsHowTheEngineRotates = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE + ".rotation..", ENGINE + ".refresh..", ENGINE + ".engine..");

    @ArchTest
    static final ArchRule nothingNeedsCamel =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule theRoomsHaveAnOrder =
            slices().matching(CLI + ".internal.(*)..").should().beFreeOfCycles();
}
