package io.github.camelzendesk.auth.springboot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a person reads whose application does not start. */
@ExtendWith({ZendeskExtension.class, OutputCaptureExtension.class, SecretLeakExtension.class})
class FailedStartTest {
    private static final String PREFIX = "camel.component.zendesk-auth.";

    private CapturedOutput log;

    @BeforeEach
    void capture(CapturedOutput output) {
        log = output;
    }

    @Test
    void optionsThatMakeNoConnectionAreDescribedInThePlaceOfAStackTrace() {
        fail(Boot.prefixed("acme", Map.of("url", "acme", "auth-scheme", "OAuthClient")));

        assertThat(log)
                .contains("APPLICATION FAILED TO START", "Description:", "oauthClientId", "Action:")
                .contains("camel.component.zendesk-auth.connections.NAME.OPTION")
                .doesNotContain("\tat ");
    }

    @Test
    void aPlaceholderThatNothingResolvesIsNotTakenForAValue() {
        fail(Boot.prefixed("acme", Map.of("url", "acme", "oauth-access-token", "${acme.token}")));

        // Camel 4.22 resolves all properties at its start, and is the first to refuse.
        assertThat(log).contains("acme.token");
    }

    @Test
    void aMissingLoginIsDescribedWhereTheStartAsksZendesk(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("desk-tool");
        fail(Boot.prefixed(
                "acme",
                Map.of(
                        "url",
                        zendesk.url(),
                        "initiate-oauth",
                        "REFRESH",
                        "oauth-client-id",
                        client.identifier(),
                        "oauth-client-secret",
                        client.secret(),
                        "oauth-settings-location",
                        "memory:failed-start",
                        "verify-on-start",
                        "true")));

        assertThat(log).contains("APPLICATION FAILED TO START", "has no grant", "Log in to Zendesk, once");
    }

    @ParameterizedTest
    @CsvSource({
        "connections[acme].oauth-client-secrt, oauth-client-secret",
        "auth-schema, auth-scheme",
        "oauthSettingLocation, oauth-settings-location",
        "initiate-oauht, initiate-oauth",
        "verify-at-start, verify-on-start",
        "connection.acme.url, connections",
        "lazy-start-producr, lazy-start-producer"
    })
    void aMisspeltOptionIsNamedWithTheNearestAndWithoutItsValue(String misspelt, String meant) {
        Map<String, String> properties = new HashMap<>(Boot.prefixed("acme", Map.of("url", "acme")));
        properties.put(PREFIX + misspelt, "made-up-secret");

        fail(properties);

        assertThat(log)
                .contains("APPLICATION FAILED TO START", "There is no such option: " + PREFIX)
                .contains("Did you mean " + meant + "?")
                .doesNotContain("made-up-secret");
    }

    @Test
    void whatIsNothingLikeAnOptionIsRefusedWithAllThatThereAre() {
        fail(Map.of(PREFIX + "connections[acme].url", "acme", PREFIX + "colour", "red"));

        assertThat(log).contains("There is no such option: " + PREFIX + "colour. Known are: access-token-lifetime, ");
    }

    @Test
    void aRouteThatNamesAnUnconfiguredConnectionIsDescribed() {
        fail(Boot.prefixed("globex", Map.of("url", "globex", "oauth-access-token", "opaque")));

        assertThat(log)
                .contains(
                        "APPLICATION FAILED TO START",
                        "This connection is not configured",
                        "connections[name]",
                        "The endpoint is zendesk-auth://acme.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "made-up{{secret",
                "made-up{{secret}}",
                "{{made-up}}",
                "}}made-up{{",
                "{{env:made-up}}",
                "{{env:NOT_SET}}made-up",
                "#bean:made-up",
                "#class:made-up"
            })
    void aSecretThatCamelTakesForAPlaceholderIsNamedByItsOptionOnly(String value) {
        Map<String, String> connection =
                Boot.prefixed("acme", Map.of("url", "acme", "oauth-client-id", "robot", "auth-scheme", "OAuthClient"));
        for (String property : List.of(
                "camel.component.zendesk-auth.connections[acme].oauth-client-secret",
                "camel.component.zendesk-auth.oauth-client-secret")) {
            Map<String, String> properties = new HashMap<>(connection);
            properties.put(property, value);
            fail(properties);

            assertThat(log)
                    .contains("APPLICATION FAILED TO START", "oauthClientSecret", "'{{'")
                    .doesNotContain("made-up");
        }
        assertThat(log).contains("connections[acme].oauthClientSecret");
    }

    /** The most common mistake of all: what holds the secret was not given to this process. */
    @ParameterizedTest
    @ValueSource(strings = {"{{env:NOT_SET_ANYWHERE}}", "{{env:NOT_SET_ANYWHERE}}\n"})
    void aVariableThatIsNotSetIsNamed(String value) {
        fail(Boot.prefixed("acme", Map.of("url", "acme", "oauth-client-id", "robot", "oauth-client-secret", value)));

        assertThat(log)
                .contains("APPLICATION FAILED TO START")
                .contains(
                        "The option connections[acme].oauthClientSecret cannot be set: the environment of this process"
                                + " has no variable NOT_SET_ANYWHERE.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connections",
                "connections[acme]",
                "auth-scheme",
                "oauth-client-kind",
                "oauth-expires-in",
                "oauth-token-timestamp",
                "connect-timeout",
                "verify-on-start",
                "proxy-port",
                "operation",
                "initiate-oauth",
                "connections[acme].auth-scheme",
                "connections[acme].oauth-expires-in",
                "connections[acme].oauth-client-kind"
            })
    void aValueThatCannotBeBoundIsNotQuoted(String option) {
        fail(Map.of("camel.component.zendesk-auth." + option, "made-up-secret"));

        assertThat(log)
                .contains("APPLICATION FAILED TO START", "camel.component.zendesk-auth." + option, "Action:")
                .doesNotContain("made-up-secret");
    }

    @Test
    void aChoiceThatThereIsNotIsDescribedByThoseThatThereAre() {
        fail(Boot.prefixed("acme", Map.of("auth-scheme", "made-up-secret")));

        assertThat(log).contains("Basic, APIToken, OAuth, OAuthClient");
    }

    private static void fail(Map<String, String> properties) {
        assertThatThrownBy(() -> Boot.start(properties, Authenticating.class).close())
                .isNotNull();
    }
}
