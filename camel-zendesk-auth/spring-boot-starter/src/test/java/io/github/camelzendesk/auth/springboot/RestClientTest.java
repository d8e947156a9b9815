package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.sun.net.httpserver.HttpServer;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Code without Camel, in the same application, with the same token. */
@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class RestClientTest {
    private static final String TICKETS = "/api/v2/tickets.json";

    private final List<String> seenElsewhere = new CopyOnWriteArrayList<>();
    private HttpServer elsewhere;
    private HttpServer sameHost;

    @BeforeEach
    void startAnotherHost() throws IOException {
        elsewhere = listen("127.0.0.2");
        sameHost = listen("127.0.0.1");
    }

    private HttpServer listen(String host) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, 0), 0);
        server.createContext("/", exchange -> {
            seenElsewhere.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterEach
    void stopTheOtherHost() {
        elsewhere.stop(0);
        sameHost.stop(0);
    }

    @Test
    void aCallHasTheTokenThatCamelHas(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application = start(zendesk)) {
            String tickets = get(client(application), zendesk.url() + TICKETS);
            String camels = NamedConnectionsTest.ofCamel(application, "acme")
                    .authorization()
                    .join()
                    .headerValue();

            assertThat(tickets).contains("My printer is on fire");
            assertThat(zendesk.apiRequests()).hasSize(1);
            assertThat(camels).isNotNull();
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void aTokenThatDiesIsReplacedAndTheRequestSentOnceMoreWithItsBody(ZendeskServer zendesk) {
        zendesk.nextApiRequest(ApiFault.invalidToken());
        List<String> bodies = new CopyOnWriteArrayList<>();
        zendesk.wireMock().addMockServiceRequestListener((request, response) -> bodies.add(request.getBodyAsString()));

        try (ConfigurableApplicationContext application = start(zendesk)) {
            client(application)
                    .post()
                    .uri(zendesk.url() + TICKETS)
                    .header("Content-Type", "application/json")
                    .body("{\"ticket\":{}}")
                    .exchange((request, response) -> response.getStatusCode().value());
        }

        assertThat(zendesk.apiRequests())
                .extracting(ApiRequestSeen::status)
                .startsWith(401)
                .hasSize(2);
        assertThat(bodies).filteredOn(body -> body.equals("{\"ticket\":{}}")).hasSize(2);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void aSecond401IsTheCallersAndHasItsBodyStill(ZendeskServer zendesk) {
        zendesk.nextApiRequest(ApiFault.invalidToken(), ApiFault.invalidToken());

        try (ConfigurableApplicationContext application = start(zendesk)) {
            RestClient client = client(application);
            assertThatThrownBy(() -> get(client, zendesk.url() + TICKETS))
                    .isInstanceOfSatisfying(HttpClientErrorException.Unauthorized.class, refusal -> assertThat(
                                    refusal.getResponseBodyAsString())
                            .contains("invalid_token"));
        }
        assertThat(zendesk.apiRequests()).hasSize(2);
    }

    @Test
    void a403IsTheCallersAndCostsNoToken(ZendeskServer zendesk) {
        AtomicInteger requests = new AtomicInteger();
        zendesk.wireMock().stubFor(WireMock.get("/api/v2/secret.json").willReturn(WireMock.status(403)));
        zendesk.wireMock().addMockServiceRequestListener((request, response) -> {
            if (request.getUrl().equals("/api/v2/secret.json")) {
                requests.incrementAndGet();
            }
        });

        try (ConfigurableApplicationContext application = start(zendesk)) {
            RestClient client = client(application);
            assertThatThrownBy(() -> get(client, zendesk.url() + "/api/v2/secret.json"))
                    .isInstanceOf(HttpClientErrorException.Forbidden.class);
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        assertThat(requests).hasValue(1);
    }

    @Test
    void another401IsTheCallersWithItsWholeBody(ZendeskServer zendesk) {
        String words = "Couldn't authenticate you. ".repeat(1000);
        zendesk.wireMock()
                .stubFor(WireMock.get("/api/v2/long.json")
                        .willReturn(WireMock.status(401).withBody(words)));

        try (ConfigurableApplicationContext application = start(zendesk)) {
            RestClient client = client(application);
            assertThatThrownBy(() -> get(client, zendesk.url() + "/api/v2/long.json"))
                    .isInstanceOfSatisfying(HttpClientErrorException.Unauthorized.class, refusal -> assertThat(
                                    refusal.getResponseBodyAsString())
                            .isEqualTo(words));
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void anAuthorizationThatARequestBroughtAlongIsReplacedThereAndLeftAloneElsewhere(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application = start(zendesk)) {
            for (String url : List.of(zendesk.url() + TICKETS, elsewhereUrl())) {
                client(application)
                        .get()
                        .uri(url)
                        .header(HttpHeaders.AUTHORIZATION, "Bearer brought")
                        .retrieve()
                        .toBodilessEntity();
            }
        }
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(200);
        assertThat(seenElsewhere).containsExactly("Bearer brought");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anotherHostGetsNothingNotEvenAnotherPortAndTheLogSaysSo(ZendeskServer zendesk, CapturedOutput log) {
        try (ConfigurableApplicationContext application = start(zendesk)) {
            get(client(application), elsewhereUrl());
            get(client(application), "http://127.0.0.1:" + sameHost.getAddress().getPort() + "/");
        }
        assertThat(seenElsewhere).containsExactly("null", "null");
        assertThat(zendesk.tokenRequestCount()).isZero();
        assertThat(log).contains("a request to " + elsewhereUrl().replaceFirst("/$", "") + " gets no token");
    }

    @Test
    void aRedirectToAnotherHostReachesTheCallerAndNobodyElse(ZendeskServer zendesk) {
        redirect(zendesk);

        try (ConfigurableApplicationContext application = start(zendesk)) {
            ResponseEntity<Void> answer = client(application)
                    .get()
                    .uri(zendesk.url() + "/api/v2/away.json")
                    .retrieve()
                    .toBodilessEntity();

            assertThat(answer.getStatusCode().value()).isEqualTo(302);
            assertThat(answer.getHeaders().getFirst("Location")).isEqualTo(elsewhereUrl());
        }
        assertThat(seenElsewhere).isEmpty();
    }

    @Test
    void restTemplateTakesTheInterceptor(ZendeskServer zendesk) {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        try (ConfigurableApplicationContext application = start(zendesk)) {
            RestTemplate template = new RestTemplate(new JdkClientHttpRequestFactory());
            template.getInterceptors().add(application.getBean(ZendeskRestClientInterceptor.class));

            assertThat(template.getForObject(zendesk.url() + TICKETS, String.class))
                    .contains("My printer is on fire");
        }
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 200);
    }

    @Test
    void theHeadersThatAConnectionAsksForGoWithIt(ZendeskServer zendesk) {
        Map<String, String> properties = new HashMap<>(Boot.service(zendesk, "acme"));
        properties.putAll(Boot.prefixed("acme", Map.of("on-behalf-of", "jane@example.com")));
        zendesk.wireMock()
                .stubFor(WireMock.get("/api/v2/as.json")
                        .withHeader("X-On-Behalf-Of", WireMock.equalTo("jane@example.com"))
                        .willReturn(WireMock.ok("as Jane")));

        try (ConfigurableApplicationContext application = Boot.start(properties, Application.class)) {
            assertThat(get(client(application), zendesk.url() + "/api/v2/as.json"))
                    .isEqualTo("as Jane");
        }
    }

    @Test
    void withoutATokenNothingIsSentAndTheErrorSaysWhy(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("desk-tool");
        Map<String, String> properties = Boot.prefixed(
                "acme",
                Map.of(
                        "url", zendesk.url(),
                        "initiate-oauth", "REFRESH",
                        "oauth-client-id", client.identifier(),
                        "oauth-client-secret", client.secret(),
                        "oauth-settings-location", "memory:nobody"));

        try (ConfigurableApplicationContext application = Boot.start(properties, Application.class)) {
            RestClient calls = client(application);
            assertThatThrownBy(() -> get(calls, zendesk.url() + TICKETS)).isInstanceOf(AuthorizationRequired.class);
        }
        assertThat(zendesk.apiRequests()).isEmpty();
    }

    private void redirect(ZendeskServer zendesk) {
        zendesk.wireMock()
                .stubFor(WireMock.get("/api/v2/away.json").willReturn(WireMock.temporaryRedirect(elsewhereUrl())));
    }

    private String elsewhereUrl() {
        return "http://127.0.0.2:" + elsewhere.getAddress().getPort() + "/";
    }

    private static ConfigurableApplicationContext start(ZendeskServer zendesk) {
        return Boot.start(Boot.service(zendesk, "acme"), Application.class);
    }

    private static RestClient client(ConfigurableApplicationContext application) {
        return application.getBean(RestClient.class);
    }

    private static String get(RestClient client, String url) {
        return client.get().uri(url).retrieve().body(String.class);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        RestClient zendesk(@Qualifier("acme") ZendeskRestClient acme) {
            return RestClient.builder().apply(acme).build();
        }
    }
}
