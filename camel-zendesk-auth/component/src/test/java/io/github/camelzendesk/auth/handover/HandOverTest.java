package io.github.camelzendesk.auth.handover;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.github.tomakehurst.wiremock.http.Request;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(ZendeskExtension.class)
class HandOverTest {
    private static final String LATE = "?httpClientConfigurer=#late";
    private static final String FOLLOWING = LATE + "&followRedirects=true";
    private static final int CALLS = 200;

    @TempDir
    Path directory;

    @Test
    void aCallToTheAccountCarriesTheToken(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            Exchange exchange = world.camel.send(world.tickets + LATE);

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody(String.class)).contains("My printer is on fire");
            assertThat(world.lastRequest().header("Authorization")).startsWith("Bearer ");
        }
    }

    @Test
    void aCallToAnotherHostCarriesNothingAndAsksForNoToken(ZendeskServer zendesk) {
        try (HandOverFixture world = withHeaders(zendesk);
                ForeignServer elsewhere = new ForeignServer()) {
            Exchange exchange = world.camel.send(elsewhere.url() + LATE);

            assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("welcome");
            assertThat(elsewhere.requests()).singleElement().satisfies(HandOverTest::carriesNothing);
            assertThat(zendesk.tokenRequestCount()).isZero();
        }
    }

    @Test
    void aProxyThatCouldReadTheTokenGetsNone(ZendeskServer zendesk) {
        try (HandOverFixture world = withHeaders(zendesk);
                ForeignServer proxy = new ForeignServer()) {
            int port = URI.create(proxy.url()).getPort();
            world.camel.send(world.tickets + LATE + "&proxyHost=127.0.0.1&proxyPort=" + port);

            assertThat(proxy.requests()).singleElement().satisfies(HandOverTest::carriesNothing);
        }
    }

    @Test
    void anotherNameOfTheSameMachineIsAnotherHost(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            world.camel.send(world.tickets.replace("127.0.0.1", "localhost") + LATE);

            assertThat(world.lastRequest().header("Authorization")).isNull();
        }
    }

    @Test
    void aForeignHostKeepsTheAuthorizationThatTheMessageBroughtForIt(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory);
                ForeignServer elsewhere = new ForeignServer()) {
            world.camel.send(elsewhere.url() + LATE, Map.of("Authorization", "Basic its-own"));

            assertThat(elsewhere.requests()).singleElement().satisfies(request -> assertThat(
                            request.getHeader("Authorization"))
                    .isEqualTo("Basic its-own"));
        }
    }

    @Test
    void aRedirectToAnotherHostCarriesNeitherTheTokenNorTheHeaders(ZendeskServer zendesk) {
        try (HandOverFixture world = withHeaders(zendesk);
                ForeignServer elsewhere = new ForeignServer()) {
            zendesk.nextApiRequest(ApiFault.redirect(elsewhere.url()));
            Exchange exchange = world.camel.send(world.tickets + FOLLOWING);

            assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("welcome");
            assertThat(world.lastRequest().header("Authorization")).startsWith("Bearer ");
            assertThat(world.lastRequest().header("X-Zendesk-Marketplace-Name")).isEqualTo("Shop");
            assertThat(elsewhere.requests()).singleElement().satisfies(HandOverTest::carriesNothing);
        }
    }

    @Test
    void aRedirectOnTheSameHostKeepsTheToken(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            zendesk.nextApiRequest(ApiFault.redirect(world.tickets + "?page=2"));
            Exchange exchange = world.camel.send(world.tickets + FOLLOWING);

            assertThat(exchange.getException()).isNull();
            assertThat(zendesk.apiRequests()).hasSize(2).allSatisfy(seen -> assertThat(seen.header("Authorization"))
                    .startsWith("Bearer "));
        }
    }

    @Test
    void aRedirectHomeFromAnotherHostGetsTheToken(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory);
                ForeignServer elsewhere = new ForeignServer()) {
            elsewhere.sendOnTo(world.tickets);
            Exchange exchange = world.camel.send(elsewhere.url() + FOLLOWING);

            assertThat(exchange.getException()).isNull();
            assertThat(elsewhere.requests()).singleElement().satisfies(HandOverTest::carriesNothing);
            assertThat(world.lastRequest().header("Authorization")).startsWith("Bearer ");
        }
    }

    @Test
    void whatTheMessageBroughtForTheAccountIsReplaced(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            Exchange exchange = world.camel.send(
                    world.tickets + LATE,
                    Map.of("authorization", List.of("Basic one", "Basic two"), "X-On-Behalf-Of", "a@stranger"));

            assertThat(exchange.getException()).isNull();
            assertThat(world.lastRequest().header("Authorization")).startsWith("Bearer ");
            assertThat(world.lastRequest().header("X-On-Behalf-Of")).isNull();
        }
    }

    @Test
    void aTokenThatWasKilledIsReplacedOnceAndTheBodySentAgain(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            world.killTheToken();
            world.wantTheWholeTicket();
            Exchange exchange = post(world, HandOverFixture.TICKET);

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(201);
            assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 201);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void aBodyThatCanBeReadOnceIsNotSentAgainButTheNextCallGetsAnotherToken(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            world.killTheToken();
            Exchange refused = post(world, new ByteArrayInputStream(HandOverFixture.TICKET.getBytes()));
            Exchange next = world.camel.send(world.tickets + LATE);

            assertThat(refused.getException(HttpOperationFailedException.class).getResponseBody())
                    .contains("invalid_token");
            assertThat(next.getException()).isNull();
            assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 200);
        }
    }

    @Test
    void anEndUserWhomNobodyKnowsIsTriedOnceMoreAndThenReported(ZendeskServer zendesk) {
        String options = "&authScheme=OAuthClient&onBehalfOf=nobody@example.com";
        try (HandOverFixture world = new HandOverFixture(zendesk, directory, options)) {
            Exchange exchange = world.camel.send(world.tickets + LATE);

            assertThat(exchange.getException(HttpOperationFailedException.class).getResponseBody())
                    .contains("invalid_token");
            assertThat(zendesk.apiRequests()).hasSize(2).allSatisfy(seen -> assertThat(seen.header("X-On-Behalf-Of"))
                    .isEqualTo("nobody@example.com"));
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void anotherKindOf401IsNotAboutTheTokenAndReachesTheCallerWhole(ZendeskServer zendesk) {
        String long401 = "{\"error\":\"Couldn't authenticate you\",\"padding\":\"" + "x".repeat(20_000) + "\"}";
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            zendesk.nextApiRequest(new ApiFault(
                    ApiFault.Kind.ANSWER, 401, Map.of("Content-Type", "application/json"), long401, Duration.ZERO));
            Exchange exchange = world.camel.send(world.tickets + LATE);

            assertThat(exchange.getException(HttpOperationFailedException.class).getResponseBody())
                    .isEqualTo(long401);
            assertThat(zendesk.apiRequests()).hasSize(1);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void a403IsNeverTriedAgainAndCostsNoRotation(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            zendesk.nextApiRequest(ApiFault.forbidden(), ApiFault.forbiddenEmpty(), ApiFault.forbiddenObject());
            for (int i = 0; i < 3; i++) {
                Exchange exchange = world.camel.send(world.tickets + LATE);
                assertThat(exchange.getException(HttpOperationFailedException.class)
                                .getStatusCode())
                        .isEqualTo(403);
            }
            assertThat(zendesk.apiRequests()).hasSize(3);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void theExchangeHoldsNoTokenAfterwardsAlsoOnFailure(ZendeskServer zendesk) {
        try (HandOverFixture world = withHeaders(zendesk)) {
            zendesk.nextApiRequest(ApiFault.delay(Duration.ZERO), ApiFault.forbidden());
            for (int i = 0; i < 2; i++) {
                Exchange exchange = world.camel.send(world.tickets + LATE);
                String token = world.lastRequest().header("Authorization");
                assertThat(exchange.getMessage().getHeaders())
                        .doesNotContainKeys("Authorization", "X-Zendesk-Marketplace-Name");
                assertThat(exchange.getMessage().getHeaders().values().toString())
                        .doesNotContain(token);
                assertThat(exchange.getAllProperties().values().toString()).doesNotContain(token);
            }
        }
    }

    @Test
    void aLogWithAllHeadersAndTheMessageHistoryShowNone(ZendeskServer zendesk) throws Exception {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            world.camel.context.setMessageHistory(true);
            world.camel.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(world.tickets + LATE).to("log:late-handover?showAll=true&multiline=true");
                }
            });
            zendesk.nextApiRequest(ApiFault.delay(Duration.ZERO), ApiFault.forbidden());
            world.camel.send("direct:in");
            world.camel.send("direct:in");

            String token = world.lastRequest().header("Authorization").substring("Bearer ".length());
            assertThat(Files.readString(TestLog.FILE))
                    .contains("late-handover")
                    .contains("Message History")
                    .doesNotContain(token);
        }
    }

    @Test
    void twoHundredCallsThatMeetAKilledTokenMakeOneTokenRequest(ZendeskServer zendesk) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLS);
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            world.camel.send(world.tickets + LATE);
            world.killTheToken();
            CountDownLatch together = new CountDownLatch(CALLS);
            Callable<Exchange> call = () -> {
                together.countDown();
                together.await();
                return world.camel.send(world.tickets + LATE + "&connectionsPerRoute=50");
            };
            for (Future<Exchange> exchange : callers.invokeAll(Collections.nCopies(CALLS, call))) {
                assertThat(exchange.get().getException()).isNull();
            }
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void withoutAGrantTheExchangeSaysThatAPersonMustLogInAndNothingIsSent(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.withoutAGrant(zendesk, directory)) {
            Exchange exchange = world.camel.send(world.tickets + LATE);

            AuthorizationRequired error = exchange.getException(AuthorizationRequired.class);
            assertThat(error.reason()).isEqualTo(AuthorizationRequired.Reason.NO_GRANT);
            assertThat(error).hasMessageContaining("acme");
            assertThat(zendesk.apiRequests()).isEmpty();
        }
    }

    @Test
    void aGrantThatDiedWithItsTokenFailsTheExchangeWithTheRemedy(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.withAGrant(zendesk, directory)) {
            world.killTheToken();

            assertThat(world.camel.send(world.tickets + LATE).getException(AuthorizationRequired.class))
                    .isNotNull();
            assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401);
        }
    }

    @Test
    void aBeanWithItsEndpointInAPropertyAndOneWithATokenManagerHandOverTheSame(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            world.camel.context.getPropertiesComponent().addInitialProperty("connection", world.connection);
            ZendeskHttpClientConfigurer bean = new ZendeskHttpClientConfigurer();
            bean.setEndpoint("{{connection}}");
            world.camel.context.getRegistry().bind("bean", bean);
            world.camel.context.getRegistry().bind("manager", new ZendeskHttpClientConfigurer(world.manager()));

            for (String name : List.of("bean", "manager")) {
                assertThat(world.camel
                                .send(world.tickets + "?httpClientConfigurer=#" + name)
                                .getException())
                        .isNull();
            }
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void aConfigurerWithoutAConnectionSaysWhatItNeeds(ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.getRegistry().bind("empty", new ZendeskHttpClientConfigurer());
            camel.context.getRegistry().bind("other", new ZendeskHttpClientConfigurer("direct:other"));

            for (String bean : List.of("empty", "other")) {
                assertThatThrownBy(() -> camel.send(zendesk.url() + "?httpClientConfigurer=#" + bean))
                        .hasRootCauseInstanceOf(ConfigurationRefused.class)
                        .hasStackTraceContaining("zendesk-auth:acme");
            }
        }
    }

    private HandOverFixture withHeaders(ZendeskServer zendesk) {
        return new HandOverFixture(zendesk, directory, "&authScheme=OAuthClient&marketplaceName=Shop");
    }

    private static Exchange post(HandOverFixture world, Object body) {
        return world.camel.context.createProducerTemplate().send(world.tickets + LATE, exchange -> exchange.getMessage()
                .setBody(body));
    }

    private static void carriesNothing(Request request) {
        assertThat(request.getAllHeaderKeys())
                .noneMatch(name -> name.equalsIgnoreCase("Authorization"))
                .noneMatch(name -> name.startsWith("X-"));
    }
}
