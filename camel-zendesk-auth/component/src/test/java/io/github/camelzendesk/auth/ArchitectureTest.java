package io.github.camelzendesk.auth;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "io.github.camelzendesk.auth", importOptions = WithoutTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.camelzendesk.auth";

    @ArchTest
    static final ArchRule settingsKnowNobody = noClasses()
            .that()
            .resideInAPackage(ROOT + ".settings")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".oauth", ROOT + ".login");

    @ArchTest
    static final ArchRule theEngineKnowsOnlySettings = noClasses()
            .that()
            .resideInAPackage(ROOT + ".oauth")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".login");

    @ArchTest
    static final ArchRule theLoginDoesNotKnowTheFront = noClasses()
            .that()
            .resideInAPackage(ROOT + ".login")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule onlyTheFrontKnowsCamel = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".oauth", ROOT + ".login", ROOT + ".settings")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule onlyTheMetersKnowMicrometer = noClasses()
            .that()
            .haveNameNotMatching(".*\\.Meters(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule onlyTheHealthChecksKnowCamelHealth = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Connection|Others)HealthCheck")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel.impl.health..");

    @ArchTest
    static final ArchRule onlyTheTokenEndpointAndItsCallsKnowOkHttp = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".oauth", ROOT + ".login", ROOT + ".settings")
            .and()
            .haveNameNotMatching(".*\\.(TokenEndpoint|ZendeskCall)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("okhttp3..");

    @ArchTest
    static final ArchRule onlySettingsAndTheAnswersKnowJackson = noClasses()
            .that()
            .resideInAnyPackage(ROOT, ROOT + ".oauth", ROOT + ".login")
            .and()
            .haveNameNotMatching(".*\\.TokenAnswers")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule onlyTheClientFactoryKnowsZendesksClient = noClasses()
            .that()
            .haveNameNotMatching(".*\\.ZendeskClient(Factory|Filter|Call)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.zendesk..", "org.asynchttpclient..", "io.netty..");

    @ArchTest
    static final ArchRule onlyTheHandoverKnowsCamelHttpWhichIsOptional = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(ZendeskHttpClientConfigurer|LateExec|PeekedEntity)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel.component.http..", "org.apache.hc..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(ZendeskHttpClientConfigurer|LateExec|PeekedEntity)");
}
