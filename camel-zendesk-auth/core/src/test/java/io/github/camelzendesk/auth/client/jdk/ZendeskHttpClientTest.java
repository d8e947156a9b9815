package io.github.camelzendesk.auth.client.jdk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpServer;

import io.github.camelzendesk.auth.client.TokenManagerBuilder;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(ZendeskExtension.class)
class ZendeskHttpClientTest {
    private static final String TICKET = "{\"ticket\":{\"subject\":\"My printer is on fire\"}}";

    @TempDir
    Path directory;

    private final List<String> authorizationsElsewhere = new CopyOnWriteArrayList<>();
    private ZendeskServer zendesk;
    private TokenManager acme;
    private HttpServer elsewhere;

    @BeforeEach
    void open(ZendeskServer server) throws IOException {
        zendesk = server;
        acme = robot().open();
        elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        elsewhere.createContext("/", exchange -> {
            authorizationsElsewhere.add(
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
    }

    @AfterEach
    void close() {
        acme.close();
        elsewhere.stop(0);
    }

    @Test
    void onlyTheAccountItselfGetsTheToken() throws Exception {
        HttpClient client = client(HttpClient.newBuilder());

        assertThat(client.send(get(tickets()), BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(client.send(get(foreign()), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
        client.sendAsync(get(foreign()), BodyHandlers.discarding()).get(1, TimeUnit.MINUTES);
        assertThat(authorizationsElsewhere).containsExactly("null", "null");
    }

    @Test
    void aRedirectIsTheCallersAndAClientThatFollowsThemIsRefused() throws Exception {
        zendesk.nextApiRequest(ApiFault.redirect(foreign().toString()));

        assertThat(client(HttpClient.newBuilder())
                        .send(get(tickets()), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(302);
        assertThat(authorizationsElsewhere).isEmpty();
        assertThatThrownBy(() -> client(HttpClient.newBuilder().followRedirects(Redirect.NORMAL)))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("followRedirects(HttpClient.Redirect.NEVER)");
    }

    @Test
    void aProxyThatCouldReadTheTokenGetsNone() throws Exception {
        ProxySelector proxy = ProxySelector.of(
                new InetSocketAddress("127.0.0.1", elsewhere.getAddress().getPort()));

        client(HttpClient.newBuilder().proxy(proxy)).send(get(tickets()), BodyHandlers.discarding());

        assertThat(authorizationsElsewhere).containsExactly("null");
        assertThat(zendesk.apiRequests()).isEmpty();
    }

    @Test
    void aTokenThatWasKilledIsReplacedOnceAndTheBodySentAgain() throws Exception {
        killTheToken();

        HttpResponse<String> response = client(HttpClient.newBuilder()).send(post(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).contains("My printer is on fire");
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 201);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void anAsynchronousCallIsReplayedTheSameWay() throws Exception {
        killTheToken();

        HttpResponse<String> response = client(HttpClient.newBuilder())
                .sendAsync(post(), BodyHandlers.ofString())
                .get(1, TimeUnit.MINUTES);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 201);
    }

    @Test
    void aSecondRefusalIsTheAnswerWithItsBody() throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken(), ApiFault.invalidToken());

        HttpResponse<String> response = client(HttpClient.newBuilder()).send(get(tickets()), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("invalid_token");
        assertThat(zendesk.apiRequests()).hasSize(2);
    }

    @Test
    void aRefusalThatIsNotOfTheTokenIsTheAnswer() throws Exception {
        HttpClient client = client(HttpClient.newBuilder());
        zendesk.nextApiRequest(ApiFault.forbidden());

        assertThat(client.send(get(tickets()), BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void theRefusalOfATokenThatNeverChangesIsTheAnswerWithItsBody() throws Exception {
        try (TokenManager fixed = TokenManagerBuilder.connection("fixed")
                .option(Options.URL, zendesk.url())
                .option(Options.OAUTH_ACCESS_TOKEN, "over")
                .open()) {
            HttpClient client = ZendeskHttpClient.over(HttpClient.newHttpClient(), fixed);

            assertThat(client.send(get(tickets()), BodyHandlers.ofString()).body())
                    .contains("invalid_token");
            assertThat(client.sendAsync(get(tickets()), BodyHandlers.ofString())
                            .get(1, TimeUnit.MINUTES)
                            .body())
                    .contains("invalid_token");
        }
    }

    @Test
    void withoutATokenNothingIsSentAndTheErrorSaysWhy() {
        try (TokenManager person = robot().option(Options.AUTH_SCHEME, AuthScheme.OAuth)
                .option(Options.INITIATE_OAUTH, InitiateOAuth.REFRESH)
                .open()) {
            HttpClient client = ZendeskHttpClient.over(HttpClient.newHttpClient(), person);

            assertThatThrownBy(() -> client.send(get(tickets()), BodyHandlers.ofString()))
                    .isInstanceOf(AuthorizationRequired.class);
            assertThat(client.sendAsync(get(tickets()), BodyHandlers.ofString()))
                    .failsWithin(1, TimeUnit.MINUTES)
                    .withThrowableOfType(Exception.class)
                    .withCauseInstanceOf(AuthorizationRequired.class);
            assertThat(zendesk.apiRequests()).isEmpty();
        }
    }

    private TokenManagerBuilder robot() {
        RegisteredClient robot = zendesk.confidentialClient("nightly");
        return TokenManagerBuilder.connection("acme")
                .option(Options.URL, zendesk.url())
                .option(Options.AUTH_SCHEME, AuthScheme.OAuthClient)
                .option(Options.OAUTH_CLIENT_ID, robot.identifier())
                .option(Options.OAUTH_CLIENT_SECRET, robot.secret())
                .option(
                        Options.OAUTH_SETTINGS_LOCATION,
                        directory.resolve("s.json").toString());
    }

    private HttpClient client(HttpClient.Builder builder) {
        return ZendeskHttpClient.over(builder.build(), acme);
    }

    private void killTheToken() throws IOException {
        zendesk.revoke(acme.await().headerValue().substring("Bearer ".length()));
    }

    private HttpRequest post() {
        return HttpRequest.newBuilder(tickets())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(TICKET))
                .build();
    }

    private static HttpRequest get(URI address) {
        return HttpRequest.newBuilder(address).build();
    }

    private URI tickets() {
        return URI.create(zendesk.url() + "/api/v2/tickets.json");
    }

    private URI foreign() {
        return URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/");
    }
}
