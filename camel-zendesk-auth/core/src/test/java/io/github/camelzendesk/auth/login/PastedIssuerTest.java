package io.github.camelzendesk.auth.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.ConnectionParser;
import io.github.camelzendesk.auth.options.Options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PastedIssuerTest {
    private static final String REALM = "https://login.acme.test/realms/help";

    @Test
    void anIssuerWithAPathIsComparedCharacterByCharacter() {
        PastedCallback callback = pasted("code=c&state=s&iss=https%3A%2F%2Flogin.acme.test%2Frealms%2Fhelp");

        assertThatCode(() -> callback.requireIssuer(REALM)).doesNotThrowAnyException();
        for (String other : new String[] {REALM + "/", "https://login.acme.test", REALM.replace("help", "Help")}) {
            assertThatThrownBy(() -> callback.requireIssuer(other))
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("its iss is not " + other)
                    .hasMessageContaining("set the option issuer");
        }
    }

    @Test
    void theExpectedIssuerIsTheOptionAndOtherwiseTheOriginOfTheAuthorizationEndpoint() {
        Map<String, String> options = Map.of("url", "acme", "oauthAccessToken", "t");

        assertThat(connection(ConnectionOptions.of(options)).endpoints().issuer())
                .isEqualTo("https://acme.zendesk.com");
        assertThat(connection(ConnectionOptions.of(options).with(Options.ISSUER, REALM))
                        .endpoints()
                        .issuer())
                .isEqualTo(REALM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c*de", "a!b|c", "a b", "{x}", "~"})
    void aCallbackMayCarryEveryCodeThatTheSpecificationAllows(String code) {
        String encoded = URLEncoder.encode(code, StandardCharsets.UTF_8);

        assertThat(pasted("state=s&code=" + encoded).code().reveal()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0Ab", "a%00", "%C3%A4", "a%7F"})
    void aCodeThatIsNotPrintableAsciiIsNone(String encoded) {
        assertThatThrownBy(() -> pasted("state=s&code=" + encoded)).isInstanceOf(ConfigurationRefused.class);
    }

    private static Connection connection(ConnectionOptions options) {
        return ConnectionParser.connection("acme", options);
    }

    private static PastedCallback pasted(String query) {
        return PastedCallback.parse("http://localhost:33333/?" + query, "oauthVerifier");
    }
}
