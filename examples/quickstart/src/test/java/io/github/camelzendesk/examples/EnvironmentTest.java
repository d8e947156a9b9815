package io.github.camelzendesk.examples;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.Options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvironmentTest {
    @Test
    void aClientAloneLogsAPersonIn() {
        assertThat(initiated(Map.of("ZENDESK_URL", "acme", "ZENDESK_OAUTH_CLIENT_ID", "app")))
                .isEqualTo(InitiateOAuth.GETANDREFRESH);
    }

    @ParameterizedTest
    @CsvSource({
        "ZENDESK_AUTH_SCHEME, OAuthClient",
        "ZENDESK_INITIATE_OAUTH, REFRESH",
        "ZENDESK_INITIATE_O_AUTH, REFRESH",
        "ZENDESK_OAUTH_ACCESS_TOKEN, a-token"
    })
    void noLoginIsForcedOnAClientWhoseWayInIsSaid(String variable, String value) {
        assertThat(initiated(Map.of("ZENDESK_OAUTH_CLIENT_ID", "app", variable, value)))
                .isNotEqualTo(InitiateOAuth.GETANDREFRESH);
    }

    @Test
    void noLoginIsForcedOnAnApiToken() {
        ConnectionOptions options =
                Environment.options(Map.of("ZENDESK_USER", "agent@acme.test", "ZENDESK_API_TOKEN", "a-token"));

        assertThat(options.isSet(Options.INITIATE_OAUTH)).isFalse();
    }

    @Test
    void anUnknownVariableIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> Environment.options(Map.of("ZENDESK_SUBDOMAIN", "acme")))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("ZENDESK_SUBDOMAIN names no option")
                .hasMessageContaining("ZENDESK_OAUTH_CLIENT_ID, ")
                .hasMessageNotContaining("acme");
    }

    private static InitiateOAuth initiated(Map<String, String> environment) {
        return Environment.options(environment).find(Options.INITIATE_OAUTH);
    }
}
