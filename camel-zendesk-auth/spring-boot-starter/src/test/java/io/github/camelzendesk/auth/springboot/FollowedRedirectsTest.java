package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.match.MockRestRequestMatchers;
import org.springframework.test.web.client.response.MockRestResponseCreators;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Whatever sends the request: a redirect to another host takes neither the token there nor on whose behalf it is. */
class FollowedRedirectsTest {
    private static final List<String> SEEN_ELSEWHERE = new CopyOnWriteArrayList<>();

    private static HttpServer account;
    private static HttpServer elsewhere;
    private static HttpServer sameHost;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() throws IOException {
        elsewhere = listen("127.0.0.2", FollowedRedirectsTest::remember);
        sameHost = listen("127.0.0.1", FollowedRedirectsTest::remember);
        account = listen("127.0.0.1", FollowedRedirectsTest::redirect);
        application = start(Map.of());
    }

    @AfterAll
    static void stop() {
        application.close();
        Stream.of(account, elsewhere, sameHost).forEach(server -> server.stop(0));
    }

    @BeforeEach
    void forget() {
        SEEN_ELSEWHERE.clear();
    }

    static Stream<Arguments> following() {
        return calls(RequestFactories.followingRedirects());
    }

    static Stream<Arguments> notFollowing() {
        return calls(RequestFactories.others());
    }

    private static Stream<Arguments> calls(Map<String, Supplier<ClientHttpRequestFactory>> factories) {
        return factories.entrySet().stream()
                .flatMap(factory -> Stream.of(302, 307).flatMap(status -> Stream.of(HttpMethod.GET, HttpMethod.POST)
                        .map(method -> Arguments.of(factory.getKey(), status, method, factory.getValue()))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("following")
    void aClientThatFollowsThemIsRefusedWithTheRemedyAndSendsNothing(
            String name, int status, HttpMethod method, Supplier<ClientHttpRequestFactory> factory) {
        for (boolean viaTemplate : List.of(true, false)) {
            assertThatThrownBy(() -> call(viaTemplate, factory.get(), status, method))
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContainingAll("spring.http.client.redirects=dont-follow", "ZendeskRestClient");
        }
        assertThat(SEEN_ELSEWHERE).isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("notFollowing")
    void anyOtherTakesNothingThere(
            String name, int status, HttpMethod method, Supplier<ClientHttpRequestFactory> factory) {
        for (boolean viaTemplate : List.of(true, false)) {
            assertThat(call(viaTemplate, factory.get(), status, method).value()).isIn(status, 200);
        }
        assertThat(SEEN_ELSEWHERE).allMatch("null null"::equals);
    }

    @Test
    void aRequestThatSomebodyHidesIsRefusedBecauseItMayBeSentByAnything() {
        RestTemplate template = template(new JdkClientHttpRequestFactory());
        template.getInterceptors().add(0, RequestFactories.HIDING);

        assertThatThrownBy(() -> template.getForEntity(url(account, 302), String.class))
                .isInstanceOf(ConfigurationRefused.class);
        assertThat(SEEN_ELSEWHERE).isEmpty();
    }

    @Test
    void aTestOfTheApplicationMayAnswerInThePlaceOfZendesk() {
        RestTemplate template = template(new JdkClientHttpRequestFactory());
        MockRestServiceServer zendesk = MockRestServiceServer.bindTo(template).build();
        zendesk.expect(MockRestRequestMatchers.header("Authorization", "Bearer ours"))
                .andRespond(MockRestResponseCreators.withSuccess());

        assertThat(template.getForEntity(url(account, 200), String.class).getStatusCode())
                .isEqualTo(HttpStatusCode.valueOf(200));
    }

    @Test
    void aRequestToAnotherHostIsNotLookedAt() {
        RestTemplate template = template(RequestFactories.jdk(HttpClient.Redirect.NORMAL));

        assertThat(template.getForEntity(url(elsewhere, 200), String.class).getStatusCode())
                .isEqualTo(HttpStatusCode.valueOf(200));
        assertThat(SEEN_ELSEWHERE).containsExactly("null null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dont-follow", "follow", "follow-when-possible"})
    void thePropertyThatTheRefusalNamesIsTheRemedy(String redirects) {
        // Boot 4 has renamed them.
        Map<String, String> properties = Map.of(
                "spring.http.client.redirects",
                redirects,
                "spring.http.clients.redirects",
                redirects,
                "spring.http.client.factory",
                "jdk",
                "spring.http.clients.imperative.factory",
                "jdk");
        try (ConfigurableApplicationContext configured = start(properties)) {
            RestClient.Builder builder =
                    configured.getBeanProvider(RestClient.Builder.class).getIfAvailable();
            assumeThat(builder).as("Boot's own builder").isNotNull();
            RestClient client = builder.requestInterceptor(configured.getBean(ZendeskRestClientInterceptor.class))
                    .build();

            if (redirects.equals("dont-follow")) {
                assertThat(get(client)).isEqualTo(HttpStatusCode.valueOf(302));
            } else {
                assertThatThrownBy(() -> get(client)).isInstanceOf(ConfigurationRefused.class);
            }
        }
        assertThat(SEEN_ELSEWHERE).isEmpty();
    }

    private static HttpStatusCode get(RestClient client) {
        return client.get().uri(url(account, 302)).retrieve().toBodilessEntity().getStatusCode();
    }

    private static HttpStatusCode call(
            boolean viaTemplate, ClientHttpRequestFactory factory, int status, HttpMethod method) {
        HttpStatusCode last = null;
        for (HttpServer target : List.of(elsewhere, sameHost)) {
            String url = url(account, status) + "?" + url(target, 200);
            last = viaTemplate
                    ? template(factory)
                            .exchange(url, method, null, String.class)
                            .getStatusCode()
                    : RestClient.builder()
                            .requestFactory(factory)
                            .requestInterceptors(all -> all.addAll(List.of(RequestFactories.WRAPPING, interceptor())))
                            .build()
                            .method(method)
                            .uri(url)
                            .exchange((request, response) -> response.getStatusCode());
        }
        return last;
    }

    private static RestTemplate template(ClientHttpRequestFactory factory) {
        RestTemplate template = new RestTemplate(factory);
        template.getInterceptors().addAll(List.of(RequestFactories.WRAPPING, interceptor()));
        return template;
    }

    private static ZendeskRestClientInterceptor interceptor() {
        return application.getBean(ZendeskRestClientInterceptor.class);
    }

    private static ConfigurableApplicationContext start(Map<String, String> further) {
        Map<String, String> properties = new TreeMap<>(further);
        properties.putAll(Boot.prefixed(
                "acme",
                Map.of(
                        "url",
                        url(account, 0).replaceFirst("/0$", ""),
                        "oauth-access-token",
                        "ours",
                        "on-behalf-of",
                        "jane")));
        return Boot.start(properties, Application.class);
    }

    private static HttpServer listen(String host, HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static void remember(HttpExchange exchange) throws IOException {
        SEEN_ELSEWHERE.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("X-On-Behalf-Of"));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        exchange.getResponseHeaders().set("Location", query == null ? url(elsewhere, 200) : query);
        exchange.sendResponseHeaders(
                Integer.parseInt(exchange.getRequestURI().getPath().substring(1)), -1);
        exchange.close();
    }

    private static String url(HttpServer server, int status) {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/" + status;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}
}
