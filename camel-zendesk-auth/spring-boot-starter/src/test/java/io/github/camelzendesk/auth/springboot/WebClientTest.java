package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.sun.net.httpserver.HttpServer;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@link RestClientTest} and {@link FollowedRedirectsTest} show, for WebClient. */
@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class WebClientTest {
    private static final String TICKETS = "/api/v2/tickets.json";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** As an application adds them after ours. */
    private static final ExchangeFilterFunction ANOTHER = (request, next) -> next.exchange(request);

    private final List<String> seenElsewhere = new CopyOnWriteArrayList<>();
    private HttpServer elsewhere;

    @BeforeEach
    void startAnotherHost() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        elsewhere.createContext("/", exchange -> {
            seenElsewhere.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("X-On-Behalf-Of"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
    }

    @AfterEach
    void stopTheOtherHost() {
        elsewhere.stop(0);
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
                    .bodyValue("{\"ticket\":{}}")
                    .exchangeToMono(response -> response.releaseBody())
                    .block(LIMIT);
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
            WebClient client = client(application);
            assertThatThrownBy(() -> get(client, zendesk.url() + TICKETS))
                    .isInstanceOfSatisfying(WebClientResponseException.Unauthorized.class, refusal -> assertThat(
                                    refusal.getResponseBodyAsString())
                            .contains("invalid_token"));
        }
        assertThat(zendesk.apiRequests()).hasSize(2);
    }

    @Test
    void another401IsTheCallersWithItsWholeBodyAndCostsNoToken(ZendeskServer zendesk) {
        String words = "Couldn't authenticate you. ".repeat(1000);
        zendesk.wireMock()
                .stubFor(WireMock.get("/api/v2/long.json")
                        .willReturn(WireMock.status(401).withBody(words)));

        try (ConfigurableApplicationContext application = start(zendesk)) {
            WebClient client = client(application);
            assertThatThrownBy(() -> get(client, zendesk.url() + "/api/v2/long.json"))
                    .isInstanceOfSatisfying(WebClientResponseException.Unauthorized.class, refusal -> assertThat(
                                    refusal.getResponseBodyAsString())
                            .isEqualTo(words));
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void anotherHostGetsNothingAndARedirectThereReachesTheCaller(ZendeskServer zendesk) {
        redirect(zendesk);

        try (ConfigurableApplicationContext application = start(zendesk)) {
            WebClient client = client(application);
            get(client, elsewhereUrl());

            assertThat(client.get()
                            .uri(zendesk.url() + "/api/v2/away.json")
                            .retrieve()
                            .toBodilessEntity()
                            .map(answer -> answer.getStatusCode().value())
                            .block(LIMIT))
                    .isEqualTo(302);
        }
        assertThat(seenElsewhere).containsExactly("null null");
    }

    static Stream<Arguments> following() {
        return Stream.of(
                Arguments.of("jdk", new JdkClientHttpConnector(jdk(HttpClient.Redirect.NORMAL))),
                Arguments.of("reactor", reactor(true)),
                Arguments.of("jetty", new JettyClientHttpConnector(new org.eclipse.jetty.client.HttpClient())),
                Arguments.of("of the application's own", (ClientHttpConnector)
                        new JdkClientHttpConnector(jdk(HttpClient.Redirect.NORMAL))::connect));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("following")
    void aConnectorThatFollowsRedirectsIsRefusedWithTheRemedyAndSendsNothing(
            String name, ClientHttpConnector connector, ZendeskServer zendesk) {
        redirect(zendesk);

        try (ConfigurableApplicationContext application = start(zendesk)) {
            WebClient client = over(application, connector);
            assertThatThrownBy(() -> get(client, zendesk.url() + "/api/v2/away.json"))
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContainingAll("redirects=dont-follow", "ZendeskWebClient");
        }
        assertThat(seenElsewhere).isEmpty();
    }

    static Stream<Arguments> notFollowing() {
        return Stream.of(Arguments.of("jdk", new JdkClientHttpConnector()), Arguments.of("reactor", reactor(false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notFollowing")
    void anyOtherIsAuthorizedAndTakesNothingElsewhere(
            String name, ClientHttpConnector connector, ZendeskServer zendesk) {
        redirect(zendesk);

        try (ConfigurableApplicationContext application = start(zendesk)) {
            WebClient client = over(application, connector);
            assertThat(get(client, zendesk.url() + TICKETS)).contains("My printer is on fire");
            get(client, zendesk.url() + "/api/v2/away.json");
        }
        assertThat(seenElsewhere).allMatch("null null"::equals);
    }

    @Test
    void withoutATokenNothingIsSentAndTheErrorSaysWhy(ZendeskServer zendesk) {
        Map<String, String> properties = Boot.prefixed(
                "acme",
                Map.of(
                        "url", zendesk.url(),
                        "initiate-oauth", "REFRESH",
                        "oauth-client-id", "desk-tool",
                        "oauth-client-secret", "made-up",
                        "oauth-settings-location", "memory:webclient"));

        try (ConfigurableApplicationContext application = Boot.start(properties, Application.class)) {
            WebClient client = client(application);
            assertThatThrownBy(() -> get(client, zendesk.url() + TICKETS)).isInstanceOf(AuthorizationRequired.class);
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

    private static WebClient client(ConfigurableApplicationContext application) {
        return WebClient.builder()
                .apply(application.getBean(ZendeskWebClient.class))
                .build();
    }

    private static WebClient over(ConfigurableApplicationContext application, ClientHttpConnector connector) {
        return WebClient.builder()
                .apply(application.getBean(ZendeskWebClient.class))
                .clientConnector(connector)
                .filter(ANOTHER)
                .build();
    }

    private static String get(WebClient client, String url) {
        return client.get().uri(url).retrieve().bodyToMono(String.class).block(LIMIT);
    }

    private static HttpClient jdk(HttpClient.Redirect redirect) {
        return HttpClient.newBuilder().followRedirects(redirect).build();
    }

    private static ClientHttpConnector reactor(boolean follow) {
        return new ReactorClientHttpConnector(
                reactor.netty.http.client.HttpClient.create().followRedirect(follow));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}
}
