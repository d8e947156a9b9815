package io.github.camelzendesk.auth.kamelets;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class ActionKameletTest {
    private static final String ACTION = "zendesk-auth-action";

    @Test
    void theHeaderIsAttachedAndNoEndpointHoldsASecret(ZendeskServer zendesk) {
        try (Application application = new Application("action", Application.service(ACTION, zendesk))) {
            assertThat(authorization(application)).startsWith("Bearer ");
            assertThat(application.endpoints())
                    .extracting(Endpoint::getEndpointUri)
                    .anyMatch(uri -> uri.startsWith("zendesk-auth:"))
                    .allSatisfy(uri -> assertThat(uri).doesNotContain(IssuedSecrets.all()));
        }
    }

    @ParameterizedTest
    @CsvSource({"CamelZendeskAuthOperation,status", "camelzendeskauthoperation,revoke", "CamelZendeskAuthOperation,x"})
    void noHeaderOfTheMessageChoosesTheOperationOrThePerson(String header, String operation, ZendeskServer zendesk) {
        try (Application application = new Application("action", Application.service(ACTION, zendesk))) {
            Exchange exchange = application.send("direct:action", sent -> {
                sent.getMessage().setHeader(header, operation);
                sent.getMessage().setHeader("CamelZendeskAuthOnBehalfOf", "the.boss@acme.com");
                sent.getMessage().setBody("kept");
            });

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("kept");
            assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("Authorization");
            assertThat(zendesk.isLive(authorization(application).substring("Bearer ".length())))
                    .isTrue();
        }
    }

    @Test
    void aTokenThatHasDiedIsNotAttachedAgain(ZendeskServer zendesk) {
        zendesk.accessTokenLifetime(Duration.ofSeconds(1));
        try (Application application = new Application("action", Application.service(ACTION, zendesk))) {
            String first = authorization(application);
            Application.await().until(() -> !authorization(application).equals(first));
        }
    }

    @Test
    void aGrantOutlivesARestart(ZendeskServer zendesk, @TempDir Path folder) {
        RegisteredClient client = zendesk.confidentialClient("desk");
        IssuedTokens grant = zendesk.issue(client, "read");
        Map<String, String> properties = new HashMap<>();
        Map.of(
                        "url", zendesk.url(),
                        "initiateOAuth", "REFRESH",
                        "oauthClientId", client.identifier(),
                        "oauthClientSecret", client.secret(),
                        "oauthRefreshToken", grant.refreshToken(),
                        "oauthSettingsLocation", folder.resolve("zendesk.json").toString())
                .forEach((name, value) -> Application.parameter(properties, ACTION, name, value));
        String first;
        try (Application application = new Application("action", properties)) {
            first = authorization(application);
        }

        try (Application application = new Application("action", properties)) {
            assertThat(authorization(application)).isEqualTo(first);
            assertThat(zendesk.rotationCount()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionOfTheApplicationCanBeNamedInstead(ZendeskServer zendesk) {
        Map<String, String> properties = new HashMap<>();
        Application.service(ACTION, zendesk)
                .forEach((name, value) -> properties.put(
                        name.replace("camel.kamelet." + ACTION, "camel.component.zendesk-auth.connections.acme"),
                        value));
        Application.parameter(properties, ACTION, "connection", "acme");
        try (Application application = new Application("action", properties)) {
            assertThat(authorization(application)).startsWith("Bearer ");
        }
    }

    @Test
    void aConnectionThatNobodyConfiguredIsRefused(ZendeskServer zendesk) {
        Map<String, String> properties = new HashMap<>(Application.service(ACTION, zendesk));
        properties.put("camel.component.zendesk-auth.connections.acme.url", zendesk.url());
        Application.parameter(properties, ACTION, "connection", "globex");
        assertThatThrownBy(() -> new Application("action", properties))
                .rootCause()
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("This connection is not configured");
    }

    @Test
    void itsOwnParametersCountWhereOtherConnectionsAreConfiguredByName(ZendeskServer zendesk) {
        Map<String, String> properties = new HashMap<>(Application.service(ACTION, zendesk));
        properties.put("camel.component.zendesk-auth.connections.acme.url", zendesk.url());
        try (Application application = new Application("action", properties)) {
            assertThat(authorization(application)).startsWith("Bearer ");
            assertThatThrownBy(() -> application.send("zendesk-auth:zendesk", exchange -> {}))
                    .hasMessageContaining("This connection is not configured");
        }
    }

    @Test
    void aSecretOfTheClusterAndTheParametersOfAPipeGoTogether(ZendeskServer zendesk) {
        Map<String, String> properties = new HashMap<>(Application.service(ACTION, zendesk));
        properties.put(
                "camel.kamelet." + ACTION + ".source.url", properties.remove("camel.kamelet." + ACTION + ".url"));
        try (Application application = new Application("named", properties)) {
            assertThat(authorization(application)).startsWith("Bearer ");
        }
    }

    @Test
    void aRouteMayGiveParametersToo(ZendeskServer zendesk) {
        Map<String, String> properties = Application.service(ACTION, zendesk);
        properties.put("account.url", properties.remove("camel.kamelet." + ACTION + ".url"));
        try (Application application = new Application("parameters", properties)) {
            assertThat(authorization(application)).startsWith("Bearer ");
        }
    }

    @Test
    void aLocationInKubernetesNamesTheJarThatOpensIt(ZendeskServer zendesk) {
        Map<String, String> properties = Application.service(ACTION, zendesk);
        Application.parameter(properties, ACTION, "oauthSettingsLocation", "kubernetes:integration/zendesk-settings");
        assertThatThrownBy(() -> new Application("action", properties))
                .hasStackTraceContaining("add zendesk-auth-kubernetes to the class path");
    }

    @ParameterizedTest
    @CsvSource({
        "action,zendesk-auth-action,url,url is missing",
        "source,zendesk-source,url,url is missing",
        "sink,zendesk-sink,url,url is missing",
        "action,zendesk-auth-action,authScheme,oauthClientId and oauthClientSecret alone can mean two things",
        "source,zendesk-source,oauthClientId,oauthClientId is missing",
        "sink,zendesk-sink,oauthClientSecret,'oauthClientId is set, but oauthClientSecret is not'"
    })
    void aMissingParameterIsNamedWithTheWayOut(
            String routes,
            String kamelet,
            String missing,
            String message,
            ZendeskServer zendesk,
            @TempDir Path folder) {
        Map<String, String> properties = Application.service(kamelet, zendesk);
        properties.remove("camel.kamelet." + kamelet + "." + missing);
        Application.parameter(properties, kamelet, "cursorDirectory", folder.toString());
        assertThatThrownBy(() -> new Application(routes, properties))
                .rootCause()
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("Connection 'kamelet': " + message);
    }

    private static String authorization(Application application) {
        Exchange exchange = application.send("direct:action", sent -> {});
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader("Authorization", String.class);
    }
}
