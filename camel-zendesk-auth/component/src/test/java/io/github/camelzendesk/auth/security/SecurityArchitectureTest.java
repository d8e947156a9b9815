package io.github.camelzendesk.auth.security;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

import org.apache.camel.Message;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.github.camelzendesk.auth.WithoutTests;
import io.github.camelzendesk.auth.settings.Secret;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/** The rows of {@code docs/security.adoc} that hold for the code as a whole. */
@AnalyzeClasses(packages = "io.github.camelzendesk.auth", importOptions = WithoutTests.class)
class SecurityArchitectureTest {
    @ArchTest
    static final ArchRule nothingButErrorsAndConstantsIsSerializable = noClasses()
            .that()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotEnums()
            .and()
            .areNotAssignableTo(Enum.class)
            .should()
            .beAssignableTo(Serializable.class);

    @ArchTest
    static final ArchRule noErrorHoldsASecret = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Throwable.class)
            .should()
            .haveRawType(Secret.class);

    @ArchTest
    static final ArchRule nobodyReadsOrWritesJavaSerialization = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ObjectOutputStream.class);

    @ArchTest
    static final ArchRule noTypeIsNamedByTheJsonThatIsRead = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.databind.jsontype..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.fasterxml.jackson.annotation.JsonTypeInfo");

    /** What a message may choose is decided in one place. The other reads Zendesk's answer. */
    @ArchTest
    static final ArchRule nobodyElseReadsAHeaderOfAMessage = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(MessageInput|InvalidTokenResponse)")
            .should()
            .callMethod(Message.class, "getHeader", String.class)
            .orShould()
            .callMethod(Message.class, "getHeader", String.class, Class.class)
            .orShould()
            .callMethod(Message.class, "getHeader", String.class, Object.class)
            .orShould()
            .callMethod(Message.class, "getHeader", String.class, Object.class, Class.class);
}
