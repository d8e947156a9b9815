package io.github.camelzendesk.auth.routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthConfiguration;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;
import io.github.camelzendesk.auth.options.ConnectionParser;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class FailureModesTest {
    @TempDir
    Path directory;

    private RegisteredClient client;
    private IssuedTokens seed;

    @BeforeEach
    void issueAGrant(ZendeskServer zendesk) {
        client = zendesk.confidentialClient("app");
        seed = zendesk.issue(client, "read write");
    }

    @Test
    void anAnswerThatCannotBeUnderstoodIsKeptForItsOwnerOnly(ZendeskServer zendesk) throws Exception {
        zendesk.nextTokenRequest(TokenFault.garbage());
        try (CamelFixture camel = new CamelFixture()) {
            camel.send(uri(zendesk));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().contains(".unparsed-"))
                            .toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file)).contains("welcome"));
        }
    }

    @Test
    void aRevokedGrantIsAskedForOnceAndRememberedAcrossARestart(ZendeskServer zendesk) {
        zendesk.revoke(seed.accessToken());
        for (int restart = 0; restart < 3; restart++) {
            try (CamelFixture camel = new CamelFixture()) {
                assertThat(camel.send(uri(zendesk))
                                .getException(AuthorizationRequired.class)
                                .reason())
                        .isEqualTo(AuthorizationRequired.Reason.REFUSED);
            }
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void aWrongClientSecretIsAMatterOfConfigurationAndSpendsNothing(ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send(uri(zendesk).replace(client.secret(), "wrong"))
                            .getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("oauthClientSecret");
            assertThat(zendesk.liveRefreshTokens()).contains(seed.refreshToken());
        }
    }

    @Test
    void aMissingRefreshTokenInTheAnswerKeepsTheOldOne(ZendeskServer zendesk) throws Exception {
        zendesk.nextTokenRequest(TokenFault.missing("refresh_token", "scope"));
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri(zendesk));
        }
        assertThat(Files.readString(directory.resolve("s.json"))).contains(seed.refreshToken());
    }

    @Test
    void withoutASettingsLocationThatCanBeWrittenNoTokenIsSpent(ZendeskServer zendesk) throws Exception {
        Path file = Files.createFile(directory.resolve("in-the-way"));
        try (CamelFixture camel = new CamelFixture()) {
            Exchange exchange = camel.send(uri(zendesk).replace("/s.json", "/in-the-way/s.json"));

            assertThat(exchange.getException())
                    .isInstanceOf(SettingsUnavailable.class)
                    .hasMessageContaining("oauthSettingsLocation")
                    .hasMessageContaining("No refresh token was spent");
            assertThat(zendesk.tokenRequestCount()).isZero();
            assertThat(file).exists();
        }
    }

    @Test
    void aHangingEndpointFailsACallerWithoutATokenAtItsJoinTimeout() throws Exception {
        EngineFixture world = new EngineFixture();
        TokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        CountDownLatch done = new CountDownLatch(1);
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.getRegistry().bind("hanging", manager);
            Endpoint endpoint = camel.context.getEndpoint("zendesk-auth:acme?tokenManager=#hanging");
            AsyncProducer producer = endpoint.createAsyncProducer();
            producer.start();
            Exchange exchange = endpoint.createExchange();
            world.duringRequest = () -> {
                producer.process(exchange, sync -> done.countDown());
                world.pass(EngineFixture.JOIN);
            };
            manager.authorization();

            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(exchange.getException())
                    .isInstanceOf(TokenEndpointUnavailable.class)
                    .hasMessageContaining("joinTimeout");
        }
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void theTimeoutsOfAConnectionAreThoseOfItsOptions() {
        ZendeskAuthConfiguration options = new ZendeskAuthConfiguration();
        options.setUrl("acme");
        options.setOauthAccessToken("t");
        options.setConnectTimeout(Duration.ofSeconds(1));
        options.setExchangeTimeout(Duration.ofSeconds(2));
        options.setJoinTimeout(Duration.ofSeconds(3));
        options.setLoginTimeout(Duration.ofSeconds(4));

        assertThat(ConnectionParser.connection("acme", options.toOptions()).timeouts())
                .isEqualTo(new Connection.Timeouts(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4)));
    }

    @Test
    void aStopLetsTheExchangeUnderWayLand(ZendeskServer zendesk) {
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));
        CamelFixture camel = new CamelFixture();
        TokenManager manager = manager(camel, uri(zendesk));
        manager.authorization();
        Awaitility.await().until(() -> zendesk.tokenRequestCount() == 1);
        CompletableFuture<?> next = manager.exchangeCode(new AuthorizationCode(Secret.of("c"), Secret.of("v")));

        CompletableFuture<Void> stop = CompletableFuture.runAsync(camel::close);
        // What waits for its turn is answered before what is under way.
        assertThat(next).failsWithin(Duration.ofMinutes(1));
        answer.countDown();
        stop.join();

        try (CamelFixture restarted = new CamelFixture()) {
            assertThat(restarted.authorization(uri(zendesk))).startsWith("Bearer ");
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void aRefusedTokenIsReplacedOnceAndAnOlderRefusalChangesNothing(ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            TokenManager manager = manager(camel, uri(zendesk));
            Authorization first = manager.authorization().join();
            assertThat(manager.reject(first.generation())).isTrue();
            assertThat(manager.fresh()).isNull();
            Authorization second = manager.authorization().join();
            assertThat(second.generation()).isGreaterThan(first.generation());
            assertThat(manager.reject(first.generation())).isTrue();
            assertThat(manager.authorization().join().generation()).isEqualTo(second.generation());
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void aCallersCancelCancelsNothingButItsOwnWait(ZendeskServer zendesk) {
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));
        try (CamelFixture camel = new CamelFixture()) {
            TokenManager manager = manager(camel, uri(zendesk));
            manager.authorization().cancel(true);
            answer.countDown();

            assertThat(manager.authorization().join().headerValue()).startsWith("Bearer ");
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void endpointsWithTheSameSettingsShareOneManager(ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(manager(camel, uri(zendesk)))
                    .isSameAs(manager(camel, uri(zendesk) + "&operation=refresh"))
                    .isNotSameAs(manager(camel, uri(zendesk) + "&scope=read"));
        }
    }

    @Test
    void aContextThatIsStoppedAndStartedAgainGoesOn(ZendeskServer zendesk) throws Exception {
        String uri = uri(zendesk);
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(uri);
                }
            });
            String before = camel.authorization("direct:in");
            camel.context.stop();
            camel.context.start();

            assertThat(camel.authorization("direct:in")).isEqualTo(before);
            camel.send(uri + "&operation=refresh");
            assertThat(camel.authorization("direct:in")).isNotEqualTo(before);
        }
    }

    private static TokenManager manager(CamelFixture camel, String uri) {
        return camel.context.getEndpoint(uri, ZendeskAuthEndpoint.class).getTokenManager();
    }

    private String uri(ZendeskServer zendesk) {
        return "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken()
                + "&oauthSettingsLocation=" + directory.resolve("s.json");
    }
}
