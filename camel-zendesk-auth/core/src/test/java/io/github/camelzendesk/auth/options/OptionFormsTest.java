package io.github.camelzendesk.auth.options;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Values of a wrong unit, range or form are refused before anything begins, by name, with the right form. */
class OptionFormsTest {
    private static final ConnectionOptions ROBOT = ConnectionOptions.of(Map.of(
            "url", "acme", "authScheme", "OAuthClient", "oauthClientId", "nightly", "oauthClientSecret", "s3cret"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            accessTokenLifetime   | 1800ms | accessTokenLifetime is 1800ms, and must be a duration from 5m to 48h, with its unit.
            accessTokenLifetime   | 30s    | accessTokenLifetime is 30s, and must be a duration from 5m to 48h
            accessTokenLifetime   | 3d     | accessTokenLifetime is 3d, and must be a duration from 5m to 48h
            refreshTokenLifetime  | 6d     | refreshTokenLifetime is 6d, and must be a duration from 7d to 90d
            refreshTokenLifetime  | 91d    | refreshTokenLifetime is 91d, and must be a duration from 7d to 90d
            connectTimeout        | 0s     | connectTimeout is 0d, and must be a duration from 1ms to 1h
            exchangeTimeout       | 2h     | exchangeTimeout is 2h, and must be
            joinTimeout           | -PT1S  | joinTimeout is -1s, and must be
            loginTimeout          | 25h    | loginTimeout is 25h, and must be a duration from 1ms to 24h
            oauthTokenTimestamp   | 1764410000 | oauthTokenTimestamp is 1764410000, and must be milliseconds since 1970, thirteen digits
            oauthTokenTimestamp   | -1     | oauthTokenTimestamp is -1, and must be milliseconds
            oauthExpiresIn        | 0      | oauthExpiresIn is 0, and must be seconds
            oauthExpiresIn        | 1764410000000 | oauthExpiresIn is 1764410000000, and must be seconds
            proxyPort             | 0      | proxyPort is 0, and must be a port from 1 to 65535
            proxyPort             | 65536  | proxyPort is 65536, and must be a port
            proxyHost             | http://proxy | proxyHost must be the name of a host, without http://, port, user or path
            proxyHost             | proxy:8080 | proxyHost must be the name of a host
            proxyHost             | joe:sekret@proxy | proxyHost must be the name of a host
            callbackUrl           | localhost:33333 | callbackUrl must be an http or https address
            callbackUrl           | http://localhost:33333/#top | callbackUrl must be an http or https address
            oauthSettingsLocation | $HOME/acme.json | oauthSettingsLocation must be written out: nothing here expands a variable
            oauthSettingsLocation | ${HOME}/acme.json | oauthSettingsLocation must be written out
            oauthSettingsLocation | %APPDATA%/acme.json | oauthSettingsLocation must be written out
            user                  | agent a@acme.test | user must be an e-mail address without a blank: in a URI write RAW(...)
            oauthClientId         | my client | oauthClientId must be the unique identifier
            """)
    void aValueOfTheWrongFormIsRefusedWithTheRightOne(String option, String text, String refusal) {
        ConnectionOptions options = with(option, text);

        assertThatThrownBy(() -> ConnectionParser.connection("acme", options))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageStartingWith("Connection 'acme': " + refusal)
                .hasMessageNotContaining("sekret");
    }

    @ParameterizedTest
    @CsvSource({
        "accessTokenLifetime, 5m",
        "accessTokenLifetime, 48h",
        "refreshTokenLifetime, 7d",
        "refreshTokenLifetime, 90d",
        "oauthTokenTimestamp, 1764410000000",
        "oauthTokenTimestamp, 0",
        "proxyHost, proxy.acme.test",
        "proxyHost, 10.0.0.1",
        "proxyHost, ::1",
        "proxyHost, bücher.example",
        "callbackUrl, https://app.acme.test/callback?x=1",
        "oauthSettingsLocation, ~/acme.json",
        "oauthSettingsLocation, jdbc:postgresql://db/acme?password=a$b"
    })
    void aValueOfTheRightFormIsAccepted(String option, String text) {
        assertThatCode(() -> ConnectionParser.connection("acme", with(option, text)))
                .doesNotThrowAnyException();
    }

    @Test
    void aPortWithoutAProxyIsRefused() {
        assertThatThrownBy(() -> ConnectionParser.connection("acme", with("proxyPort", "8080")))
                .hasMessage("Connection 'acme': proxyPort is set, but proxyHost is not: set both, or neither.");
    }

    static Iterable<Option<?>> secrets() {
        return Options.ALL.stream().filter(Option::isSecret).toList();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void noSecretHoldsALineBreakOrWhatIsNotSeen(Option<String> secret) {
        for (String inside : new String[] {"a\nb", "a\u200bb", "a\u0000b"}) {
            ConnectionOptions options = ROBOT.with(secret, inside);

            assertThat(secret.refusal(inside).isPresent() || isPasted(secret))
                    .as(secret + " " + inside.codePointAt(1))
                    .isTrue();
            if (!isPasted(secret)) {
                assertThatThrownBy(() -> ConnectionParser.connection("acme", options))
                        .hasMessageContaining(secret.name())
                        .hasMessageNotContaining(inside);
            }
        }
    }

    /** Text that a person pastes, a whole address perhaps, is read by a parser of its own. */
    private static boolean isPasted(Option<?> option) {
        return option == Options.OAUTH_VERIFIER;
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "pass word"})
    void aPasswordMayHaveBlanks(String password) {
        ConnectionOptions agent = ConnectionOptions.NONE
                .with(Options.URL, "acme")
                .with(Options.USER, "a@acme.test")
                .with(Options.PASSWORD, password);

        assertThat(ConnectionParser.connection("acme", agent).credentials()).isInstanceOf(Credentials.Basic.class);
    }

    private static ConnectionOptions with(String option, String text) {
        return set(Options.find(option).orElseThrow(), text);
    }

    private static <T> ConnectionOptions set(Option<T> option, String text) {
        ConnectionOptions base =
                option == Options.PROXY_PORT && !text.equals("8080") ? ROBOT.with(Options.PROXY_HOST, "proxy") : ROBOT;
        return base.with(
                option, text.endsWith("ms") ? option.type().cast(Duration.ofMillis(1800)) : option.parse(text));
    }
}
