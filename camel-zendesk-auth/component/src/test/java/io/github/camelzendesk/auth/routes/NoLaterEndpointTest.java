package io.github.camelzendesk.auth.routes;

import java.util.UUID;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.RouteDefinition;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.util.VersionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes after the call to Zendesk: another HTTP host, a redirect there, a log, a queue, a dead letter channel. */
@ExtendWith(ZendeskExtension.class)
class NoLaterEndpointTest {
    private enum Way {
        POLICY,
        LATE_HAND_OVER
    }

    private final WireMockServer stranger =
            new WireMockServer(WireMockConfiguration.wireMockConfig().dynamicPort());
    private CamelFixture camel;

    @BeforeEach
    void start() {
        stranger.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("hello")));
        stranger.start();
        camel = new CamelFixture();
    }

    @AfterEach
    void stop() {
        camel.close();
        stranger.stop();
    }

    @ParameterizedTest
    @EnumSource
    void everSeesTheCredentials(Way way, ZendeskServer zendesk) throws Exception {
        route(way, zendesk);
        camel.send("direct:in");
        boolean redirected = way == Way.LATE_HAND_OVER || theClientDropsAHeaderOnItsWayToAnotherHost();
        if (redirected) {
            zendesk.nextApiRequest(ApiFault.redirect(stranger.baseUrl() + "/redirected"));
            camel.send("direct:in");
        }
        zendesk.nextApiRequest(ApiFault.forbidden(), ApiFault.forbidden());
        camel.send("direct:in");

        assertThat(zendesk.apiRequests())
                .hasSizeGreaterThan(redirected ? 3 : 2)
                .allSatisfy(seen -> assertThat(seen.header("Authorization")).startsWith("Bearer "));
        assertThat(stranger.getAllServeEvents()).isNotEmpty().allSatisfy(event -> assertThat(
                        event.getRequest().getHeader("Authorization"))
                .as(event.getRequest().getUrl())
                .isNull());
        assertNoCredentials("mock:kafka", redirected ? 2 : 1);
        assertNoCredentials("mock:dead", 1);
        // The log endpoint's lines are searched after each class, for every secret that was ever issued.
        assertThat(TestLog.FILE).content().contains("after-" + way);
    }

    /** HttpClient does from 5.5 on. That of Camel 4.14 is older, and the header of a message is beyond our reach there. */
    private static boolean theClientDropsAHeaderOnItsWayToAnotherHost() {
        String release = VersionInfo.loadVersionInfo("org.apache.hc.client5", HttpClients.class.getClassLoader())
                .getRelease();
        return !release.startsWith("5.4");
    }

    private void route(Way way, ZendeskServer zendesk) throws Exception {
        String connection = connection(zendesk);
        ZendeskHttpClientConfigurer late = new ZendeskHttpClientConfigurer(connection);
        late.setCamelContext(camel.context);
        camel.context.getRegistry().bind("late", late);
        String tickets = zendesk.url() + "/api/v2/tickets.json?httpMethod=GET&followRedirects=true";
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(
                        deadLetterChannel("mock:dead").maximumRedeliveries(1).redeliveryDelay(0));
                RouteDefinition route = from("direct:in");
                if (way == Way.POLICY) {
                    route.policy(new ZendeskAuthPolicy(connection)).to(tickets).end();
                } else {
                    route.to(tickets + "&httpClientConfigurer=#late");
                }
                route.to("http://127.0.0.1:" + stranger.port() + "/other?httpMethod=GET")
                        .to("log:after-" + way + "?showHeaders=true")
                        .to("mock:kafka");
            }
        });
    }

    private static String connection(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        return "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthRefreshToken="
                + zendesk.issue(client, "read write").refreshToken() + "&oauthSettingsLocation=memory:"
                + UUID.randomUUID();
    }

    private void assertNoCredentials(String mock, int messages) {
        assertThat(camel.context.getEndpoint(mock, MockEndpoint.class).getExchanges())
                .hasSize(messages)
                .allSatisfy(exchange ->
                        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("Authorization"));
    }
}
