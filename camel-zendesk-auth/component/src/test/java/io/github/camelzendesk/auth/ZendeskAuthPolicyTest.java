package io.github.camelzendesk.auth;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(ZendeskExtension.class)
class ZendeskAuthPolicyTest {
    private CamelFixture camel;
    private String uri;
    private String tickets;

    @BeforeEach
    void startCamel(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens seed = zendesk.issue(client, "read write");
        camel = new CamelFixture();
        uri = "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken()
                + "&oauthSettingsLocation=memory:" + UUID.randomUUID();
        tickets = zendesk.url() + "/api/v2/tickets.json";
    }

    @AfterEach
    void stopCamel() {
        camel.close();
    }

    @Test
    void theBlockHasTheCredentialsAndWhatComesAfterItHasNone(ZendeskServer zendesk) throws Exception {
        List<Object> inside = new ArrayList<>();
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .policy(new ZendeskAuthPolicy(uri + "&marketplaceName=shop"))
                        .process(exchange -> inside.add(exchange.getMessage().getHeader("Authorization")))
                        .to(tickets + "?httpMethod=GET")
                        .end()
                        .to("mock:after");
            }
        });
        Exchange done = camel.send("direct:in", Map.of("Authorization", "Bearer theirs"));

        assertThat(done.getException()).isNull();
        assertThat(inside).singleElement().asString().startsWith("Bearer zat_");
        assertThat(after().getMessage().getHeaders()).doesNotContainKeys("Authorization", "X-Zendesk-Marketplace-Name");
        assertThat(zendesk.apiRequests().get(0).header("X-Zendesk-Marketplace-Name"))
                .isEqualTo("shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpMethod=POST", "httpMethod=POST&throwExceptionOnFailure=false"})
    void aTokenThatDiesInMidFlightIsReplacedAndTheStreamIsSentAgain(String options, ZendeskServer zendesk)
            throws Exception {
        List<String> sent = new ArrayList<>();
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .policy(new ZendeskAuthPolicy(uri))
                        .process(exchange -> sent.add(exchange.getMessage().getBody(String.class)))
                        .to(tickets + "?" + options)
                        .end();
            }
        });
        zendesk.nextApiRequest(ApiFault.invalidToken());
        Exchange done = camel.context.createProducerTemplate().send("direct:in", exchange -> exchange.getMessage()
                .setBody(new ByteArrayInputStream("{\"ticket\":{}}".getBytes(StandardCharsets.UTF_8))));

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);
        assertThat(done.getMessage().getHeaders()).doesNotContainKey("Authorization");
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 201);
        assertThat(sent).containsExactly("{\"ticket\":{}}", "{\"ticket\":{}}");
        assertThat(zendesk.apiRequests())
                .extracting(seen -> seen.header("Authorization"))
                .doesNotHaveDuplicates();
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    /** The answer of another call before the block, or a message that says it is one. */
    @Test
    void a401ThatCameWithTheMessageIsNotTheAnswerOfTheBlock(ZendeskServer zendesk) throws Exception {
        List<String> ran = new ArrayList<>();
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .policy(new ZendeskAuthPolicy(uri))
                        .process(exchange -> ran.add("once"))
                        .end();
            }
        });
        for (Object body : List.of(
                "{\"error\":\"invalid_token\"}",
                new ByteArrayInputStream("{\"error\":\"invalid_token\"}".getBytes(StandardCharsets.UTF_8)))) {
            ran.clear();
            camel.context.createProducerTemplate().send("direct:in", exchange -> {
                exchange.getMessage().setBody(body);
                exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 401);
            });

            assertThat(ran).containsExactly("once");
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void a403IsNeverAnsweredWithAnotherTokenNorAnotherTry(ZendeskServer zendesk) throws Exception {
        calling(tickets + "?httpMethod=GET");
        zendesk.nextApiRequest(ApiFault.forbidden());

        assertThat(camel.send("direct:in").getException()).hasMessageContaining("403");
        assertThat(zendesk.apiRequests()).hasSize(1);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void a401OfAWrongOnBehalfOfIsTriedOnceMoreAndThenStands(ZendeskServer zendesk) throws Exception {
        uri += "&onBehalfOfFromHeader=true";
        calling(tickets + "?httpMethod=GET");
        Exchange done = camel.send("direct:in", Map.of(ZendeskAuthConstants.ON_BEHALF_OF, "nobody@example.com"));

        assertThat(done.getException()).hasMessageContaining("401");
        assertThat(done.getMessage().getHeaders()).doesNotContainKeys("Authorization", "X-On-Behalf-Of");
        assertThat(zendesk.apiRequests()).hasSize(2);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void a401OfAnotherKindCostsOneCallAndNoToken(ZendeskServer zendesk) throws Exception {
        calling(tickets + "?httpMethod=GET");
        zendesk.nextApiRequest(new ApiFault(
                ApiFault.Kind.ANSWER,
                401,
                Map.of("Content-Type", "application/json"),
                "{\"error\":\"Couldn't authenticate you\"}",
                Duration.ZERO));

        assertThat(camel.send("direct:in").getException()).hasMessageContaining("401");
        assertThat(zendesk.apiRequests()).hasSize(1);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void aBlockThatAnswersInAnOutLeavesTheCredentialsInNeitherMessage() {
        AuthenticatedBlock block = new AuthenticatedBlock(
                camel.context.getEndpoint(uri, ZendeskAuthEndpoint.class),
                exchange -> exchange.setOut(exchange.getIn().copy()),
                false);
        Exchange exchange = new DefaultExchange(camel.context);
        CompletableFuture<Boolean> done = new CompletableFuture<>();

        block.process(exchange, done::complete);
        done.join();

        assertThat(exchange.hasOut()).isTrue();
        assertThat(List.of(exchange.getIn(), exchange.getMessage()))
                .allSatisfy(message -> assertThat(message.getHeaders()).doesNotContainKey("Authorization"));
    }

    @Test
    void withoutAGrantTheBlockDoesNotRun(ZendeskServer zendesk) throws Exception {
        uri = uri.replaceFirst("&oauthRefreshToken=[^&]*", "");
        calling("mock:inside");

        assertThat(camel.send("direct:in", Map.of("Authorization", "Bearer theirs"))
                        .getException())
                .isInstanceOf(AuthorizationRequired.class);
        assertThat(inside().getReceivedCounter()).isZero();
    }

    @Test
    void aRedeliveryRunsTheWholeBlockAgain(ZendeskServer zendesk) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                from("direct:in")
                        .policy(new ZendeskAuthPolicy(uri))
                        .to(tickets + "?httpMethod=GET")
                        .end();
            }
        });
        zendesk.nextApiRequest(ApiFault.forbidden());

        assertThat(camel.send("direct:in").getException()).isNull();
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(403, 200);
    }

    @Test
    void aBlockThatGoesOnElsewhereIsFollowedThere(ZendeskServer zendesk) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .policy(new ZendeskAuthPolicy(uri))
                        .threads(2)
                        .to(tickets + "?httpMethod=GET")
                        .end()
                        .end()
                        .to("mock:after");
            }
        });
        zendesk.nextApiRequest(ApiFault.invalidToken());
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(camel.context.createProducerTemplate().asyncSend("direct:in", exchange -> {}));
        }
        sent.forEach(exchange -> assertThat(exchange.join().getException()).isNull());
        assertNoCredentials("mock:after", 50);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void aPolicyWithoutAnEndpointIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> route(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in")
                                .policy(new ZendeskAuthPolicy())
                                .to("mock:inside")
                                .end();
                    }
                }))
                .hasStackTraceContaining("ZendeskAuthPolicy has no endpoint");
    }

    @Test
    void itsTextHoldsNoSecret() {
        assertThat(new ZendeskAuthPolicy("zendesk-auth:acme?url=acme&oauthClientSecret=zcs_1&oauthVerifier=zac_1"))
                .asString()
                .contains("zendesk-auth:acme")
                .doesNotContain("zcs_1", "zac_1");
    }

    private void calling(String to) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").policy(new ZendeskAuthPolicy(uri)).to(to).end();
            }
        });
    }

    private void route(RouteBuilder routes) throws Exception {
        camel.context.addRoutes(routes);
    }

    private MockEndpoint inside() {
        return camel.context.getEndpoint("mock:inside", MockEndpoint.class);
    }

    private Exchange after() {
        return camel.context
                .getEndpoint("mock:after", MockEndpoint.class)
                .getExchanges()
                .get(0);
    }

    private void assertNoCredentials(String mock, int messages) {
        assertThat(camel.context.getEndpoint(mock, MockEndpoint.class).getExchanges())
                .hasSize(messages)
                .allSatisfy(exchange ->
                        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("Authorization"));
    }
}
