package io.github.camelzendesk.auth;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "io.github.camelzendesk.auth", importOptions = WithoutTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.camelzendesk.auth";
    private static final String INTERNAL = ROOT + ".oauth.internal";

    @ArchTest
    static final ArchRule theFrontKnowsTheFactoryAndTheTransportOnly = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat(resideInAPackage(INTERNAL + "..")
                    .and(not(nameMatching(".*\\.(DefaultTokenManager|Transport(\\$Tls)?|BearerError)"))));

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
