package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** Options in variables of the environment, as Camel asks Quarkus for them: all names first, then the value of each. */
class EnvironmentTest {
    private static final String PREFIX = "camel.component.zendesk-auth.";

    @ParameterizedTest
    @CsvSource({
        "CAMEL_COMPONENT_ZENDESK_AUTH_URL, url",
        "CAMEL_COMPONENT_ZENDESK_AUTH_OAUTH_CLIENT_ID, oauth-client-id",
        "CAMEL_COMPONENT_ZENDESK_AUTH_OAUTHCLIENTID, oauthclientid",
        "CAMEL_COMPONENT_ZENDESK_AUTH_VERIFY_ON_START, verify-on-start",
        "CAMEL_COMPONENT_ZENDESK_AUTH_CONNECTIONS_ACME_URL, connections.acme.url",
        "CAMEL_COMPONENT_ZENDESK_AUTH_CONNECTIONS_ACME_OAUTH_CLIENT_SECRET, connections.acme.oauth-client-secret",
        "CAMEL_COMPONENT_ZENDESK_AUTH_CONNECTIONS_ACME_EU_OAUTH_CLIENT_ID, connections.acme-eu.oauth-client-id"
    })
    void aVariableSetsTheOptionThatItNames(String variable, String option) {
        assertThat(options(Map.of(variable, "of the environment"), Map.of()))
                .containsExactlyEntriesOf(Map.of(option, "of the environment"));
    }

    @Test
    void aVariableOutranksAPropertyOfAnySpelling() {
        Map<String, String> variables = Map.of("CAMEL_COMPONENT_ZENDESK_AUTH_OAUTH_CLIENT_ID", "of the environment");

        assertThat(options(variables, Map.of(PREFIX + "oauthClientId", "of the file", PREFIX + "url", "acme")))
                .containsOnly(Map.entry("oauth-client-id", "of the environment"), Map.entry("url", "acme"));
    }

    @Test
    void namesOfOthersStayAsTheyAre() {
        SmallRyeConfig config = config(
                Map.of("CAMEL_COMPONENT_ZENDESK_USERNAME", "a", "CAMEL_MAIN_NAME", "b"),
                Map.of("camel.component.http.proxyAuthHost", "c", "camel.component.http.proxy-auth-host", "d"));

        assertThat(config.getPropertyNames())
                .contains(
                        "camel.component.zendesk.username",
                        "camel.main.name",
                        "camel.component.http.proxyAuthHost",
                        "camel.component.http.proxy-auth-host");
    }

    private static Map<String, String> options(Map<String, String> variables, Map<String, String> properties) {
        SmallRyeConfig config = config(variables, properties);
        Map<String, String> found = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("camel.component.zendesk")) {
                found.put(name.replace(PREFIX, ""), config.getRawValue(name));
            }
        }
        return found;
    }

    private static SmallRyeConfig config(Map<String, String> variables, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .withSources(
                        new EnvConfigSource(variables, EnvConfigSource.ORDINAL),
                        new PropertiesConfigSource(properties, "application.properties", 250))
                .build();
    }
}
