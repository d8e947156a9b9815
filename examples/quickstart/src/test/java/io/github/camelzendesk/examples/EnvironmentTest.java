package io.github.camelzendesk.examples;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvironmentTest {
    private final KnownOptions known = KnownOptions.ofTheComponent();
    private final Environment environment = new Environment(known);

    @ParameterizedTest
    @CsvSource({
        "ZENDESK_URL, url",
        "ZENDESK_USER, user",
        "ZENDESK_PASSWORD, password",
        "ZENDESK_API_TOKEN, apiToken",
        "ZENDESK_AUTH_SCHEME, authScheme",
        "ZENDESK_OAUTH_CLIENT_ID, oauthClientId",
        "ZENDESK_OAUTH_CLIENT_SECRET, oauthClientSecret",
        "ZENDESK_OAUTH_CLIENT_KIND, oauthClientKind",
        "ZENDESK_CALLBACK_URL, callbackUrl",
        "ZENDESK_INITIATE_OAUTH, initiateOAuth",
        "ZENDESK_INITIATE_O_AUTH, initiateOAuth",
        "zendesk_initiateoauth, initiateOAuth",
        "ZENDESK_OAUTH_ACCESS_TOKEN, oauthAccessToken",
        "ZENDESK_OAUTH_REFRESH_TOKEN, oauthRefreshToken",
        "ZENDESK_OAUTH_SETTINGS_LOCATION, oauthSettingsLocation",
        "ZENDESK_OAUTH_SETTINGS_SECRET_KEY, oauthSettingsSecretKey",
        "ZENDESK_OAUTH_VERIFIER, oauthVerifier",
        "ZENDESK_PKCE_VERIFIER, pkceVerifier",
        "ZENDESK_SCOPE, scope",
        "ZENDESK_ACCESS_TOKEN_LIFETIME, accessTokenLifetime",
        "ZENDESK_ON_BEHALF_OF, onBehalfOf",
        "ZENDESK_PROXY_HOST, proxyHost"
    })
    void aVariableSetsTheOptionOfItsName(String variable, String option) {
        assertThat(environment.options(Map.of(variable, "a-value"))).containsEntry(option, "a-value");
    }

    @Test
    void eachOptionIsFoundByTheVariableThatIsToldForIt() {
        assertThat(known.variables()).contains("ZENDESK_INITIATE_OAUTH").allSatisfy(variable -> assertThat(
                        environment.options(Map.of(variable, "a-value")))
                .containsValue("a-value"));
    }

    @Test
    void oneOptionIsSetOnceWhateverItsCase() {
        assertThat(environment.options(Map.of("ZENDESK_INITIATE_OAUTH", "REFRESH")))
                .containsExactly(Map.entry("initiateOAuth", "REFRESH"));
    }

    @Test
    void twoSpellingsOfOneOptionAreRefusedWhenTheyDiffer() {
        assertThatThrownBy(() -> environment.options(
                        Map.of("ZENDESK_INITIATE_OAUTH", "REFRESH", "ZENDESK_INITIATE_O_AUTH", "OFF")))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("Keep ZENDESK_INITIATE_OAUTH alone");
    }

    @Test
    void aClientAloneLogsAPersonIn() {
        assertThat(environment.options(Map.of("ZENDESK_URL", "acme", "ZENDESK_OAUTH_CLIENT_ID", "app")))
                .containsEntry("initiateOAuth", "GETANDREFRESH");
    }

    @ParameterizedTest
    @CsvSource({
        "ZENDESK_AUTH_SCHEME, OAuthClient",
        "ZENDESK_INITIATE_OAUTH, REFRESH",
        "ZENDESK_OAUTH_ACCESS_TOKEN, a-token"
    })
    void noLoginIsForcedOnAClientWhoseWayInIsSaid(String variable, String value) {
        assertThat(environment.options(Map.of("ZENDESK_OAUTH_CLIENT_ID", "app", variable, value)))
                .doesNotContainEntry("initiateOAuth", "GETANDREFRESH");
    }

    @Test
    void noLoginIsForcedOnAnApiToken() {
        assertThat(environment.options(Map.of("ZENDESK_USER", "agent@acme.test", "ZENDESK_API_TOKEN", "a-token")))
                .containsOnlyKeys("user", "apiToken");
    }

    @Test
    void blankVariablesAndThoseOfOthersAreNotOptions() {
        assertThat(environment.options(Map.of("ZENDESK_SCOPE", " ", "PATH", "/bin", "ZENDESKTOP", "x")))
                .isEmpty();
    }

    @Test
    void anUnknownVariableIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> environment.options(Map.of("ZENDESK_SUBDOMAIN", "acme")))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("ZENDESK_SUBDOMAIN names no option")
                .hasMessageContaining("ZENDESK_OAUTH_CLIENT_ID, ")
                .hasMessageNotContaining("acme");
    }
}
