package io.github.camelzendesk.auth.options;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConnectionOptionsTest {
    private static final Map<String, String> ROBOT = Map.of(
            "url", "acme", "authScheme", "OAuthClient", "oauthClientId", "nightly", "oauthClientSecret", "s3cret");

    @Test
    void everyOptionIsFoundByItsOwnNameItsVariableAndTheSpellingsOfTheDrivers() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Option<?> option : Options.ALL) {
            assertThat(names.add(option.name())).as("twice: " + option).isTrue();
            assertThat(Options.find(option.name())).contains(option);
            assertThat(Options.find(option.variable().substring("ZENDESK_".length())))
                    .contains(option);
            assertThat(option.spellings())
                    .allSatisfy(
                            other -> assertThat(Options.find(other)).as(other).contains(option));
            assertThat(option.description()).endsWith(".");
        }
    }

    @Test
    void everyConstantIsInTheList() throws ReflectiveOperationException {
        Set<Object> constants = new HashSet<>();
        for (Field field : Options.class.getFields()) {
            if (field.getType() == Option.class) {
                constants.add(field.get(null));
            }
        }

        assertThat(constants).containsExactlyInAnyOrderElementsOf(Options.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "oauthClientId, ZENDESK_OAUTH_CLIENT_ID",
        "initiateOAuth, ZENDESK_INITIATE_OAUTH",
        "apiToken, ZENDESK_API_TOKEN",
        "url, ZENDESK_URL"
    })
    void variablesAreTheNameInUpperSnakeCase(String name, String variable) {
        assertThat(Options.find(name)).map(Option::variable).contains(variable);
    }

    @Test
    void variablesOfTheEnvironmentMakeAConnection() {
        ConnectionOptions options = ConnectionOptions.ofEnvironment(Map.of(
                "ZENDESK_URL", "acme",
                "ZENDESK_AUTH_SCHEME", "oauthclient",
                "ZENDESK_OAUTH_CLIENT_ID", "nightly",
                "ZENDESK_OAUTH_CLIENT_SECRET", "s3cret",
                "ZENDESK_JOIN_TIMEOUT", "3s",
                "ZENDESK_SCOPE", " ",
                "PATH", "/usr/bin"));

        Connection connection = ConnectionParser.connection("acme", options);

        assertThat(connection.url()).isEqualTo("https://acme.zendesk.com");
        assertThat(connection.credentials()).isInstanceOf(Credentials.ClientCredentials.class);
        assertThat(connection.timeouts().join()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.isSet(Options.SCOPE)).isFalse();
    }

    @Test
    void aVariableThatNamesNoOptionIsRefusedWithTheOneThatWasMeant() {
        assertThatThrownBy(() -> ConnectionOptions.ofEnvironment(Map.of("ZENDESK_OAUTH_CLIENTID2", "secret")))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("ZENDESK_OAUTH_CLIENTID2 names no option")
                .hasMessageContaining("Did you mean ZENDESK_OAUTH_CLIENT_ID?")
                .hasMessageNotContaining("secret");
    }

    @Test
    void twoSpellingsWithTwoValuesAreRefusedAndWithOneValueAreNot() {
        assertThatThrownBy(() -> ConnectionOptions.of(Map.of("oauthClientId", "a", "oauth-client-id", "b")))
                .hasMessageContaining("another spelling");
        assertThat(ConnectionOptions.of(Map.of("oauthClientId", "a", "oauth-client-id", "a"))
                        .find(Options.OAUTH_CLIENT_ID))
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            authScheme    | robot  | one of Basic, APIToken, OAuth, OAuthClient
            initiateOAuth | yes    | one of OFF, REFRESH, GETANDREFRESH
            joinTimeout   | 1800   | a duration from 1ms to 1h, with its unit
            proxyPort     | eighty | a port from 1 to 65535
            """)
    void aTextThatIsNoValueOfItsOptionIsRefusedWithTheRightForm(String option, String text, String form) {
        assertThatThrownBy(() -> ConnectionOptions.of(Map.of(option, text)))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("The option " + option + " must be " + form)
                .hasMessageNotContaining(text);
    }

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "5m, PT5M", "1h30m, PT1H30M", "500ms, PT0.5S", "2d, PT48H", "PT7M, PT7M", "90 s, PT1M30S"
    })
    void durationsAreReadAsPeopleWriteThem(String text, Duration meant) {
        assertThat(Options.JOIN_TIMEOUT.parse(text)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\n", " s3cret\r\n", "\uFEFFs3cret", "s3cret\u00a0\t", "\u200bs3cret\u200b"})
    void whatIsUnseenAtTheEndsOfAValueIsNoPartOfIt(String mounted) {
        ConnectionOptions options = ConnectionOptions.NONE.with(Options.OAUTH_CLIENT_SECRET, mounted);

        assertThat(options.find(Options.OAUTH_CLIENT_SECRET)).isEqualTo("s3cret");
    }

    @Test
    void aBlankHeaderIsRefusedRatherThanLeftOut() {
        assertThatThrownBy(() -> ConnectionOptions.NONE.with(Options.ON_BEHALF_OF, " "))
                .hasMessage("The option onBehalfOf is blank: set it, or leave it out.");
    }

    @Test
    void equalOptionsHaveEqualIdentitiesWhichHoldNoSecret() {
        ConnectionOptions options = ConnectionOptions.of(ROBOT);

        assertThat(options.identity()).isEqualTo(ConnectionOptions.of(ROBOT).identity());
        assertThat(options.identity())
                .isNotEqualTo(options.with(Options.OAUTH_CLIENT_SECRET, "other").identity());
        assertThat(List.of(options.toString(), options.identity().toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain("s3cret"));
    }

    @Test
    void anOptionThatIsSetToNullIsNotSet() {
        ConnectionOptions options = ConnectionOptions.of(ROBOT).with(Options.URL, null);

        assertThatThrownBy(() -> ConnectionParser.connection("acme", options)).hasMessageContaining("url is missing");
        assertThat(options.get(Options.CALLBACK_URL)).isEqualTo("http://localhost:33333");
    }
}
