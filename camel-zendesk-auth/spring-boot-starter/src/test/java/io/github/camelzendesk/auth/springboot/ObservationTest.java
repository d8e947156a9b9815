package io.github.camelzendesk.auth.springboot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where the application has a registry of observations, its calls are among them: a span each, where it traces. */
@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class ObservationTest {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final List<String> TOKEN_REQUESTS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
        TOKEN_REQUESTS.clear();
    }

    @Test
    void aTokenRequestIsAnObservationFromItsBeginToItsEndAndHoldsNoSecret(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application =
                Boot.start(Boot.service(zendesk, "acme"), Application.class)) {
            TokenManager acme = application.getBean(TokenManager.class);
            acme.refresh().join();
            zendesk.nextTokenRequest(TokenFault.status(503));
            assertThatThrownBy(() -> acme.refresh().join()).hasCauseInstanceOf(TokenEndpointUnavailable.class);
        }

        assertThat(TOKEN_REQUESTS)
                .containsExactly(
                        "connection=acme grant_type=client_credentials",
                        "connection=acme grant_type=client_credentials outcome=GRANTED",
                        "connection=acme grant_type=client_credentials",
                        "connection=acme grant_type=client_credentials outcome=UNAVAILABLE");
        assertThat(String.join(" ", TOKEN_REQUESTS)).doesNotContain(IssuedSecrets.all());
    }

    @Test
    void aCallIsOneObservationThoughItIsRepeatedAndHoldsNoSecret(ZendeskServer zendesk) {
        zendesk.nextApiRequest(ApiFault.invalidToken());
        String tickets = zendesk.url() + "/api/v2/tickets.json";

        try (ConfigurableApplicationContext application =
                Boot.start(Boot.service(zendesk, "acme"), Application.class)) {
            RestClient.builder()
                    .apply(application.getBean(ZendeskRestClient.class))
                    .build()
                    .get()
                    .uri(tickets)
                    .retrieve()
                    .toBodilessEntity();
            WebClient.builder()
                    .apply(application.getBean(ZendeskWebClient.class))
                    .build()
                    .get()
                    .uri(tickets)
                    .retrieve()
                    .toBodilessEntity()
                    .block(Duration.ofSeconds(30));
        }

        assertThat(SEEN).hasSize(2).allMatch(observation -> observation.contains("200"));
        assertThat(String.join(" ", SEEN)).doesNotContain(IssuedSecrets.all());
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        ObservationRegistry observations() {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new Remembering());
            return registry;
        }
    }

    private static final class Remembering implements ObservationHandler<Observation.Context> {
        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStart(Observation.Context context) {
            tokenRequest(context);
        }

        private static void tokenRequest(Observation.Context context) {
            if ("zendesk.auth.token.request".equals(context.getName())) {
                TOKEN_REQUESTS.add(context.getAllKeyValues().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(" ")));
            }
        }

        @Override
        public void onStop(Observation.Context context) {
            tokenRequest(context);
            if ("http.client.requests".equals(context.getName())) {
                SEEN.add(String.valueOf(context.getAllKeyValues()));
            }
        }
    }
}
