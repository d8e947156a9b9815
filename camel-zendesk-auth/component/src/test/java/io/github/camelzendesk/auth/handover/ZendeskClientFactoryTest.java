package io.github.camelzendesk.auth.handover;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zendesk.client.v2.Zendesk;
import org.zendesk.client.v2.ZendeskException;
import org.zendesk.client.v2.ZendeskResponseException;
import org.zendesk.client.v2.model.Comment;
import org.zendesk.client.v2.model.Ticket;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskClientFactory;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(ZendeskExtension.class)
class ZendeskClientFactoryTest {
    private static final String IMPERSONATING =
            "&onBehalfOf=jane@acme.test&marketplaceName=AcmeApp&marketplaceOrganizationId=1&marketplaceAppId=2&marketplaceBotId=3";

    private final CamelFixture camel = new CamelFixture();

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void theClientCallsZendeskWithTheConnectionsToken(ZendeskServer zendesk) {
        assertThat(subjects(unattended(zendesk))).containsExactly("My printer is on fire", "Where is my order?");
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void theClientGoesOnAfterARotationThatKilledItsToken(ZendeskServer zendesk) {
        String uri = withGrant(zendesk);
        Zendesk client = client(uri);
        assertThat(subjects(client)).hasSize(2);

        camel.send(uri + "&operation=refresh");

        assertThat(subjects(client)).hasSize(2);
        assertThat(statuses(zendesk)).containsOnly(200);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    @Test
    void aTokenThatDiedInMidFlightIsReplacedOnce(ZendeskServer zendesk) {
        Zendesk client = client(withGrant(zendesk));
        zendesk.nextApiRequest(ApiFault.invalidToken());

        assertThat(subjects(client)).hasSize(2);
        assertThat(statuses(zendesk)).containsExactly(401, 200);
        assertThat(zendesk.rotationCount()).isEqualTo(1);
    }

    @Test
    void eachPageOfResultsMayReplaceATokenOfItsOwn(ZendeskServer zendesk) {
        Zendesk client = client(withGrant(zendesk));

        for (int page = 1; page <= 2; page++) {
            zendesk.nextApiRequest(ApiFault.invalidToken());
            assertThat(subjects(client)).hasSize(2);
        }
        assertThat(statuses(zendesk)).containsExactly(401, 200, 401, 200);
    }

    @Test
    void aSecond401IsTheAnswer(ZendeskServer zendesk) {
        Zendesk client = client(withGrant(zendesk));
        zendesk.nextApiRequest(ApiFault.invalidToken(), ApiFault.invalidToken());

        assertThatThrownBy(() -> subjects(client))
                .isInstanceOfSatisfying(ZendeskResponseException.class, error -> assertThat(error.getStatusCode())
                        .isEqualTo(401));
        assertThat(statuses(zendesk)).containsExactly(401, 401);
        assertThat(zendesk.rotationCount()).isEqualTo(1);
    }

    @Test
    void a403IsNeverTriedAgain(ZendeskServer zendesk) {
        Zendesk client = client(withGrant(zendesk));
        zendesk.nextApiRequest(ApiFault.forbidden());

        assertThatThrownBy(() -> subjects(client)).isInstanceOf(ZendeskResponseException.class);
        assertThat(statuses(zendesk)).containsExactly(403);
        assertThat(zendesk.rotationCount()).isZero();
    }

    @Test
    void theBodyOfAWriteIsSentAgainWithTheNewToken(ZendeskServer zendesk) {
        Zendesk client = client(withGrant(zendesk));
        zendesk.nextApiRequest(ApiFault.invalidToken());

        Ticket created = client.createTicket(new Ticket(new Ticket.Requester("a@b.test"), "Broken", new Comment("!")));

        assertThat(created.getId()).isEqualTo(3);
        assertThat(statuses(zendesk)).containsExactly(401, 201);
    }

    @Test
    void anExpiredTokenIsRenewedBeforeTheCall(ZendeskServer zendesk) {
        Zendesk client = client(withGrant(
                zendesk, System.currentTimeMillis() - Duration.ofHours(1).toMillis()));

        assertThat(subjects(client)).hasSize(2);
        assertThat(statuses(zendesk)).containsExactly(200);
        assertThat(zendesk.rotationCount()).isEqualTo(1);
    }

    @Test
    void aTokenThatExpiredByZendesksClockAloneIsReplaced(ZendeskServer zendesk) {
        Zendesk client = unattended(zendesk);
        assertThat(subjects(client)).hasSize(2);
        zendesk.advance(Duration.ofMinutes(31));

        assertThat(subjects(client)).hasSize(2);
        assertThat(statuses(zendesk)).containsExactly(200, 401, 200);
    }

    @Test
    void manyCallsWhoseTokenDiedShareOneNewToken(ZendeskServer zendesk) {
        Zendesk client = unattended(zendesk);
        subjects(client);
        zendesk.advance(Duration.ofMinutes(31));

        ExecutorService threads = Executors.newCachedThreadPool();
        List<CompletableFuture<List<String>>> calls = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> subjects(client), threads))
                .limit(30)
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).hasSize(2));
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        threads.shutdown();
    }

    @Test
    void aRevokedGrantTellsThatAPersonMustLogIn(ZendeskServer zendesk) {
        RegisteredClient app = zendesk.confidentialClient("app");
        IssuedTokens pair = zendesk.issue(app, "read write");
        zendesk.revoke(pair.accessToken());
        Zendesk client = client(uri(zendesk, app, pair, 0));

        assertThatThrownBy(() -> subjects(client))
                .isInstanceOf(ZendeskException.class)
                .hasRootCauseInstanceOf(AuthorizationRequired.class)
                .satisfies(error -> assertThat(error.toString()).doesNotContain(IssuedSecrets.all()));
    }

    @Test
    void aPageOnAnotherOriginGetsNoToken(ZendeskServer zendesk) {
        try (ZendeskServer foreign = ZendeskServer.start()) {
            StubMapping elsewhere = zendesk.wireMock()
                    .stubFor(WireMock.get(WireMock.urlPathMatching("/api/v2/tickets.*"))
                            .willReturn(WireMock.okJson(pageBefore(foreign.url() + "/api/v2/tickets.json"))));
            try {
                assertThatThrownBy(() -> subjects(unattended(zendesk))).isInstanceOf(ZendeskResponseException.class);
            } finally {
                zendesk.wireMock().removeStub(elsewhere);
            }
            assertNothingCarried(foreign);
        }
    }

    private static String pageBefore(String next) {
        return """
                {"tickets": [{"id": 1, "subject": "First"}], "meta": {"has_more": true}, "links": {"next": "%1$s"},
                 "next_page": "%1$s"}
                """
                .formatted(next);
    }

    @Test
    void aRedirectToAnotherOriginTakesNoTokenAlong(ZendeskServer zendesk) {
        try (ZendeskServer foreign = ZendeskServer.start()) {
            zendesk.nextApiRequest(ApiFault.redirect(foreign.url() + "/api/v2/tickets.json"));

            assertThatThrownBy(() -> subjects(unattended(zendesk))).isInstanceOf(ZendeskResponseException.class);
            assertNothingCarried(foreign);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301,127.0.0.1",
        "302,127.0.0.1",
        "303,127.0.0.1",
        "307,127.0.0.1",
        "308,127.0.0.1",
        "301,localhost",
        "302,localhost",
        "303,localhost",
        "307,localhost",
        "308,localhost"
    })
    void aRedirectToAnotherOriginTakesNoHeaderOfTheEndpointAlong(int status, String host, ZendeskServer zendesk) {
        try (ZendeskServer foreign = ZendeskServer.start()) {
            String elsewhere = "http://" + host + ":" + foreign.port() + "/api/v2/tickets/1.json";
            StubMapping redirect = redirect(zendesk, "/api/v2/tickets/1.json", status, elsewhere);
            try {
                Zendesk client = client(withGrant(zendesk) + IMPERSONATING);
                assertThatThrownBy(() -> client.getTicket(1)).isInstanceOf(ZendeskResponseException.class);
                Ticket ticket = new Ticket();
                ticket.setId(1L);
                assertThatThrownBy(() -> client.updateTicket(ticket)).isInstanceOf(ZendeskResponseException.class);
            } finally {
                zendesk.wireMock().removeStub(redirect);
            }
            assertNothingCarried(foreign);
            assertThat(foreign.apiRequests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectOfTheAccountToItselfKeepsThem(int status, ZendeskServer zendesk) {
        zendesk.addUser("jane@acme.test");
        StubMapping redirect = redirect(zendesk, "/api/v2/tickets/1.json", status, "/api/v2/tickets/2.json");
        try {
            client(withGrant(zendesk) + IMPERSONATING).getTicket(1);
        } finally {
            zendesk.wireMock().removeStub(redirect);
        }
        assertThat(zendesk.apiRequests())
                .filteredOn(request -> request.path().contains("/tickets/"))
                .isNotEmpty()
                .allSatisfy(request -> {
                    assertThat(request.header("Authorization")).startsWith("Bearer ");
                    assertThat(request.header("X-On-Behalf-Of")).isEqualTo("jane@acme.test");
                    assertThat(request.header("X-Zendesk-Marketplace-Name")).isEqualTo("AcmeApp");
                });
    }

    private static StubMapping redirect(ZendeskServer zendesk, String path, int status, String location) {
        return zendesk.wireMock()
                .stubFor(WireMock.any(WireMock.urlPathEqualTo(path))
                        .willReturn(WireMock.aResponse().withStatus(status).withHeader("Location", location)));
    }

    @Test
    void theClientActsOnBehalfOfWhomTheEndpointNames(ZendeskServer zendesk) {
        zendesk.addUser("end-user@acme.test");

        assertThat(subjects(client(withGrant(zendesk) + "&onBehalfOf=end-user@acme.test")))
                .hasSize(2);

        assertThat(zendesk.apiRequests().get(0).headers()).containsEntry("X-On-Behalf-Of", "end-user@acme.test");
    }

    @Test
    void theClientEndsWithTheContext(ZendeskServer zendesk) {
        Zendesk client = unattended(zendesk);
        camel.close();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void theApplicationsOwnClientSettingsAreKept(ZendeskServer zendesk) {
        ZendeskClientFactory factory = new ZendeskClientFactory();
        factory.setEndpoint(withGrant(zendesk));
        factory.setClientConfig(new DefaultAsyncHttpClientConfig.Builder()
                .setUserAgent("unused")
                .setRequestTimeout(Duration.ofSeconds(9))
                .build());
        assertThat(subjects(factory.create(camel.context))).hasSize(2);
    }

    @Test
    void withoutAConnectionTheFactoryTellsWhatToSet() {
        assertThatThrownBy(() -> new ZendeskClientFactory().create(camel.context))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("set its endpoint");
    }

    private Zendesk unattended(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("unattended");
        return client("zendesk-auth:acme?authScheme=OAuthClient&url=" + zendesk.url() + "&oauthClientId="
                + client.identifier() + "&oauthClientSecret=" + client.secret() + memory());
    }

    private static String withGrant(ZendeskServer zendesk) {
        return withGrant(zendesk, System.currentTimeMillis());
    }

    private static String withGrant(ZendeskServer zendesk, long issued) {
        RegisteredClient app = zendesk.confidentialClient("app");
        return uri(zendesk, app, zendesk.issue(app, "read write"), issued);
    }

    private static String uri(ZendeskServer zendesk, RegisteredClient app, IssuedTokens pair, long issued) {
        return "zendesk-auth:acme?initiateOAuth=REFRESH&url=" + zendesk.url() + "&oauthClientId=" + app.identifier()
                + "&oauthClientSecret=" + app.secret() + "&oauthAccessToken=" + pair.accessToken()
                + "&oauthRefreshToken=" + pair.refreshToken()
                + "&oauthExpiresIn=1800&oauthTokenTimestamp=" + issued + memory();
    }

    private static String memory() {
        return "&oauthSettingsLocation=memory:" + UUID.randomUUID();
    }

    private Zendesk client(String uri) {
        return new ZendeskClientFactory(uri).create(camel.context);
    }

    private static List<String> subjects(Zendesk client) {
        return StreamSupport.stream(client.getTickets().spliterator(), false)
                .map(Ticket::getSubject)
                .toList();
    }

    /** Of the calls for tickets: the manager asks for a token's end as well. */
    private static List<Integer> statuses(ZendeskServer zendesk) {
        return zendesk.apiRequests().stream()
                .filter(request -> request.path().startsWith("/api/v2/tickets"))
                .map(ApiRequestSeen::status)
                .toList();
    }

    private static void assertNothingCarried(ZendeskServer foreign) {
        assertThat(foreign.apiRequests()).isNotEmpty().allSatisfy(request -> assertThat(
                        request.headers().keySet())
                .noneMatch(header -> header.equalsIgnoreCase("authorization"))
                .noneMatch(header -> header.equalsIgnoreCase("x-on-behalf-of"))
                .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("x-zendesk-marketplace")));
    }
}
