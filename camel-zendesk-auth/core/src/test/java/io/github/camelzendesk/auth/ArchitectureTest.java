package io.github.camelzendesk.auth;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

@AnalyzeClasses(packages = "io.github.camelzendesk.auth", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.camelzendesk.auth";
    private static final String INTERNAL = ROOT + ".oauth.internal";
    private static final String REFRESH = INTERNAL + ".refresh";

    @ArchTest
    static final ArchRule settingsKnowNobody = noClasses()
            .that()
            .resideInAPackage(ROOT + ".settings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".oauth..", ROOT + ".login");

    @ArchTest
    static final ArchRule theEngineKnowsOnlySettings = noClasses()
            .that()
            .resideInAPackage(ROOT + ".oauth..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".login");

    /** Downwards: refresh, rotation, wire, API; the threads lie beside, and only refresh knows them. */
    @ArchTest
    static final ArchRule theApiDoesNotKnowWhatIsInternal = knowsNothingOf(ROOT + ".oauth", INTERNAL + "..");

    @ArchTest
    static final ArchRule theCommonGroundKnowsNoneOfTheRooms =
            knowsNothingOf(INTERNAL, INTERNAL + ".engine", INTERNAL + ".wire", INTERNAL + ".rotation", REFRESH);

    @ArchTest
    static final ArchRule theThreadsKnowNothingOfTokens =
            knowsNothingOf(INTERNAL + ".engine", INTERNAL + ".wire", INTERNAL + ".rotation", REFRESH);

    @ArchTest
    static final ArchRule theWireKnowsNoRotation =
            knowsNothingOf(INTERNAL + ".wire", INTERNAL + ".engine", INTERNAL + ".rotation", REFRESH);

    @ArchTest
    static final ArchRule theRotationKnowsNobodyWhoWaits =
            knowsNothingOf(INTERNAL + ".rotation", INTERNAL + ".engine", REFRESH);

    @ArchTest
    static final ArchRule theLoginKnowsTheApiOnly = knowsNothingOf(ROOT + ".login", INTERNAL + "..");

    @ArchTest
    static final ArchRule theEngineTheLoginAndTheSettingsKnowNoOptions = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".oauth..", ROOT + ".login", ROOT + ".settings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".options..", ROOT + ".client..");

    @ArchTest
    static final ArchRule theOptionsKnowNoEngine =
            knowsNothingOf(ROOT + ".options", INTERNAL + "..", ROOT + ".client..");

    @ArchTest
    static final ArchRule noClassesFormAKnot =
            NoKnots.amongClasses(resideInAPackage(ROOT + ".."), assignableTo(ZendeskAuthException.class));

    private static ArchRule knowsNothingOf(String room, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    @ArchTest
    static final ArchRule onlyTheTokenEndpointAndItsCallsKnowOkHttp = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".oauth..", ROOT + ".login", ROOT + ".settings..")
            .and()
            .haveNameNotMatching(".*\\.(TokenEndpoint|Transport|ZendeskCall|ProxyServer|ProxyAuthenticator)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("okhttp3..");

    /** A library of ours must not become one of our users: but for OkHttp's own hand-over, they can change with a release. */
    @ArchTest
    static final ArchRule noSignatureOfTheApiNamesALibrary = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackages("..internal..", ROOT + ".client.okhttp")
            .should()
            .haveRawReturnType(ofALibrary())
            .orShould()
            .haveRawParameterTypes(anyElementThat(ofALibrary()));

    private static DescribedPredicate<JavaClass> ofALibrary() {
        return resideInAnyPackage("okhttp3..", "com.fasterxml..");
    }

    @ArchTest
    static final ArchRule onlySettingsAndTheAnswersKnowJackson = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".oauth..", ROOT + ".login")
            .and()
            .haveNameNotMatching(".*\\.TokenResponseParser")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");
}
