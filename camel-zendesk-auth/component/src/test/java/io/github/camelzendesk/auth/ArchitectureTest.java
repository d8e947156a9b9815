package io.github.camelzendesk.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "io.github.camelzendesk.auth", importOptions = WithoutTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.camelzendesk.auth";
    private static final String INTERNAL = ROOT + ".oauth.internal";

    @ArchTest
    static final ArchRule theFrontKnowsTheTransportOnly = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat(resideInAPackage(INTERNAL + "..")
                    .and(not(nameMatching(".*\\.(ProxyServer|Transport(\\$Tls)?|BearerError)"))));

    /** Downwards: http, front, monitor, core. */
    @ArchTest
    static final ArchRule monitoringDoesNotKnowTheFront = noClasses()
            .that()
            .resideInAPackage(ROOT + ".monitor")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".http");

    @ArchTest
    static final ArchRule onlyMetersAndObservationsKnowMicrometer = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Meters|Observations)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule onlyTheHealthChecksKnowCamelHealth = noClasses()
            .that()
            .haveNameNotMatching(".*\\.Connection(Group)?HealthCheck")
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
            .haveNameNotMatching(".*\\.(ZendeskHttpClientConfigurer|AuthorizationExecChainHandler|ReplayableEntity)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel.component.http..", "org.apache.hc..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(ZendeskHttpClientConfigurer|AuthorizationExecChainHandler|ReplayableEntity)");

    /** A component, its endpoint and its producer are one in Camel. */
    @ArchTest
    static final ArchRule noClassesFormAKnot = NoKnots.amongClasses(
            resideInAnyPackage(ROOT, ROOT + ".monitor", ROOT + ".http"),
            nameMatching(".*\\.ZendeskAuth(Component|Endpoint|Producer)"),
            // What Camel generates for a bean.
            nameMatching(".*\\.ZendeskAuthConfiguration(Configurer)?"));

    /**
     * In the core's tests and here. PausedProcessTest stops a process for that long, and its child Pausing renews one grant after the other; CrashMatrixTest
     * kills at a random moment.
     */
    @Test
    void noTestWaitsForTimeToPassButThoseThatStopRealProcesses() throws URISyntaxException {
        ArchRule rule = noClasses()
                .that()
                .haveNameNotMatching(".*\\.rig\\.(PausedProcessTest|Pausing|CrashMatrixTest)")
                .should()
                .callMethodWhere(target(owner(assignableTo(Thread.class)
                                .or(assignableTo(TimeUnit.class))
                                .or(assignableTo(LockSupport.class))
                                .or(assignableTo(ConditionFactory.class))))
                        .and(target(nameMatching("sleep|parkNanos|parkUntil|during|pollDelay|atLeast"))));

        URI tests = ArchitectureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        rule.check(new ClassFileImporter().importPaths(Path.of(tests), Path.of("../core/target/test-classes")));
    }
}
