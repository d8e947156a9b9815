package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.micrometer.core.instrument.MeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Actuator shows of a connection, in a real application with a web server. */
@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class ActuatorTest {
    @Test
    void healthIsDownWithTheRemedyWhenAPersonMustLogInAndNothingIsConfiguredForIt(ZendeskServer zendesk)
            throws Exception {
        try (ConfigurableApplicationContext application = start(loggedOut(zendesk))) {
            HttpResponse<String> health = get(application, "/actuator/health");
            JsonNode camel = camel(health);

            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(camel.path("status").asText()).isEqualTo("DOWN");
            assertThat(camel.at("/details").path("zendesk-auth:acme").asText()).isEqualTo("DOWN");
            assertThat(camel.at("/details")
                            .path("zendesk-auth:acme.data")
                            .path("state")
                            .asText())
                    .isEqualTo("AUTHORIZATION_REQUIRED");
        }
    }

    @Test
    void healthShowsAConnectionThatIsUpAtTheFullExposureLevel(ZendeskServer zendesk) throws Exception {
        Map<String, String> properties = new HashMap<>(Boot.service(zendesk, "acme"));
        properties.put("camel.health.exposure-level", "full");

        try (ConfigurableApplicationContext application = start(properties)) {
            application.getBean(ProducerTemplate.class).requestBody("direct:authenticate", null, String.class);
            HttpResponse<String> health = get(application, "/actuator/health");

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(camel(health).at("/details").path("zendesk-auth:acme").asText())
                    .isEqualTo("UP");
            assertThat(camel(health)
                            .at("/details")
                            .path("zendesk-auth:acme.data")
                            .path("state")
                            .asText())
                    .isEqualTo("READY");
        }
    }

    @Test
    void theReadinessGroupIsDownWithAConnectionWhereItIncludesCamelsChecks(ZendeskServer zendesk) throws Exception {
        Map<String, String> properties = new HashMap<>(loggedOut(zendesk));
        properties.put("management.endpoint.health.probes.enabled", "true");
        properties.put("management.endpoint.health.group.readiness.include", "readinessState,camelHealth");

        try (ConfigurableApplicationContext application = start(properties)) {
            HttpResponse<String> readiness = get(application, "/actuator/health/readiness");
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("zendesk-auth:acme");
            assertThat(get(application, "/actuator/health/liveness").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void healthIsSilentOfConnectionsWhereTheChecksOfProducersAreSwitchedOff(ZendeskServer zendesk) throws Exception {
        Map<String, String> properties = new HashMap<>(loggedOut(zendesk));
        properties.put("camel.health.producers-enabled", "false");

        try (ConfigurableApplicationContext application = start(properties)) {
            assertThat(get(application, "/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void healthShowsAConnectionOnceWhereTheChecksOfAllProducersAreSwitchedOn(ZendeskServer zendesk) throws Exception {
        Map<String, String> properties = new HashMap<>(loggedOut(zendesk));
        properties.put("camel.health.producers-enabled", "true");

        try (ConfigurableApplicationContext application = start(properties)) {
            assertThat(camel(get(application, "/actuator/health"))
                            .at("/details")
                            .path("zendesk-auth:acme")
                            .asText())
                    .isEqualTo("DOWN");
        }
    }

    @Test
    void metersAreInTheRegistryOfTheApplicationAndCount(ZendeskServer zendesk) throws Exception {
        Map<String, String> properties = new HashMap<>(Boot.service(zendesk, "acme"));
        properties.put("management.endpoints.web.exposure.include", "health,metrics");

        try (ConfigurableApplicationContext application = start(properties)) {
            application.getBean(ProducerTemplate.class).requestBody("direct:authenticate", null, String.class);

            // Told of by the threads that renew tokens, after the token is handed out.
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(refreshes(application)).isEqualTo(1));
            assertThat(get(application, "/actuator/metrics/zendesk.auth.token.expires")
                            .body())
                    .contains("\"connection\"", "acme");
        }
    }

    private static double refreshes(ConfigurableApplicationContext application) {
        return application
                .getBean(MeterRegistry.class)
                .get("zendesk.auth.refreshes")
                .tag("connection", "acme")
                .tag("outcome", "REFRESHED")
                .counter()
                .count();
    }

    private static Map<String, String> loggedOut(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("desk-tool");
        return Boot.prefixed(
                "acme",
                Map.of(
                        "url", zendesk.url(),
                        "initiate-oauth", "REFRESH",
                        "oauth-client-id", client.identifier(),
                        "oauth-client-secret", client.secret(),
                        "oauth-settings-location", "memory:logged-out"));
    }

    private static ConfigurableApplicationContext start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.put("management.endpoint.health.show-details", "always");
        return Boot.application(Authenticating.class)
                .web(WebApplicationType.SERVLET)
                .run(Boot.arguments(all));
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode camel(HttpResponse<String> health) throws IOException {
        return new ObjectMapper().readTree(health.body()).at("/components/camelHealth");
    }
}
