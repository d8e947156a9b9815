package io.github.camelzendesk.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelzendesk.auth.monitor.MonitoredConnection;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A token manager is open for as long as somebody uses it, and no longer. */
class ManagersGivenBackTest {
    private static final int RELOADS = 100;
    private static final int NAMES = 2000;

    private final String place = "memory:" + UUID.randomUUID();
    private final Operators operators = new Operators();
    private final CamelFixture camel = operators.camel;

    private enum Way {
        ENDPOINT {
            @Override
            void use(RouteDefinition route, String uri) {
                route.to(uri);
            }
        },
        POLICY {
            @Override
            void use(RouteDefinition route, String uri) {
                route.policy(new ZendeskAuthPolicy(uri)).to("mock:in").end();
            }
        };

        abstract void use(RouteDefinition route, String uri);
    }

    @AfterEach
    void stop() {
        operators.close();
    }

    @ParameterizedTest
    @EnumSource
    void aHundredReloadsOfARouteWithAnotherSecretLeaveOneManagerOpen(Way way) throws Exception {
        List<TokenManager> before = new ArrayList<>();
        for (int reload = 0; reload < RELOADS; reload++) {
            removeRoute("tickets");
            addRoute(way, "tickets", service("acme", "s" + reload));
            assertThat(component().observed())
                    .extracting(MonitoredConnection::label)
                    .containsExactly("acme");
            before.add(component().observed().get(0).manager());
        }

        assertThat(before).doesNotHaveDuplicates();
        before.subList(0, RELOADS - 1).forEach(ManagersGivenBackTest::assertThatItIsClosed);
        removeRoute("tickets");
        assertThat(component().observed()).isEmpty();
    }

    @Test
    void whatOperatorsSeeGoesWithTheManager() throws Exception {
        addRoute(Way.ENDPOINT, "tickets", service("acme", "s"));
        assertThat(checks()).contains("zendesk-auth:acme");
        assertThat(Operators.server().isRegistered(operators.mbean("acme"))).isTrue();
        int meters = operators.meters.getMeters().size();
        removeRoute("tickets");

        assertThat(checks()).doesNotContain("zendesk-auth:acme");
        assertThat(Operators.server().isRegistered(operators.mbean("acme"))).isFalse();
        assertThat(operators.meters.getMeters())
                .hasSizeLessThan(meters)
                .extracting(meter -> meter.getId().getTag("connection"))
                .doesNotContain("acme");
    }

    @ParameterizedTest
    @EnumSource
    void aManagerThatAnotherRouteUsesStaysOpen(Way way) throws Exception {
        addRoute(Way.ENDPOINT, "tickets", service("acme", "s"));
        addRoute(way, "users", service("acme", "s"));
        addRoute(way, "sites", service("acme", "s") + "&marketplaceName=shop");
        TokenManager manager = component().observed().get(0).manager();

        removeRoute("tickets");
        removeRoute("users");
        assertThat(component().observed()).containsExactly(new MonitoredConnection("acme", manager));
        removeRoute("sites");
        assertThat(component().observed()).isEmpty();
        assertThatItIsClosed(manager);
    }

    @Test
    void aManagerOfTheApplicationIsShownForAsLongAsARouteUsesItAndNeverClosed() throws Exception {
        TokenManager ours = StaticTokens.manager("ours");
        camel.context.getRegistry().bind("ours", ours);
        addRoute(Way.ENDPOINT, "tickets", "zendesk-auth:acme?tokenManager=#ours");
        assertThat(component().observed()).containsExactly(new MonitoredConnection("acme", ours));
        removeRoute("tickets");

        assertThat(component().observed()).isEmpty();
        assertThat(ours.fresh()).isNotNull();
    }

    @Test
    void aConnectionThatIsConfiguredByNameKeepsItsManagerUntilTheStop() throws Exception {
        ZendeskAuthConfiguration acme = new ZendeskAuthConfiguration();
        acme.setUrl("acme");
        acme.setOauthAccessToken("t");
        camel.context.getRegistry().bind("acme", acme);
        addRoute(Way.ENDPOINT, "tickets", "zendesk-auth:acme");
        TokenManager manager = component().observed().get(0).manager();
        for (int message = 0; message < NAMES; message++) {
            camel.authorization("zendesk-auth:acme?onBehalfOf=" + message);
        }
        removeRoute("tickets");

        assertThat(component().observed()).containsExactly(new MonitoredConnection("acme", manager));
        assertThat(component().users()).isLessThan(NAMES * 3 / 4);
    }

    @Test
    void namesThatComeWithMessagesHoldNoMoreManagersThanCamelHoldsEndpointsAndThoseOfTheLastFew() throws Exception {
        camel.context.getGlobalOptions().put(Exchange.MAXIMUM_ENDPOINT_CACHE_SIZE, "100");
        addRoute(Way.ENDPOINT, "tickets", token("kept"));
        TokenManager kept = endpoint(token("kept")).getTokenManager();
        for (int message = 0; message < NAMES; message++) {
            assertThat(camel.authorization(token("tenant" + message))).isEqualTo("Bearer tenant" + message);
        }

        assertThat(component().users()).isLessThan(NAMES * 3 / 4);
        assertThat(component().observed()).hasSize(component().users()).contains(new MonitoredConnection("kept", kept));
    }

    /** As a late hand-over or a producer of Camel's pool keeps one. */
    @Test
    void anEndpointThatCamelHasForgottenStillHasAManagerWhenItIsAsked() throws Exception {
        ZendeskAuthEndpoint forgotten = endpoint(service("acme", "s"));
        TokenManager before = forgotten.getTokenManager();
        camel.context.removeEndpoint(forgotten);
        assertThatItIsClosed(before);
        assertThat(component().observed()).isEmpty();

        TokenManager after = forgotten.getTokenManager();
        assertThat(after).isNotSameAs(before).isSameAs(forgotten.getTokenManager());
        assertThat(component().observed()).containsExactly(new MonitoredConnection("acme", after));
    }

    static void assertThatItIsClosed(TokenManager manager) {
        assertThatThrownBy(() -> manager.authorization().join())
                .rootCause()
                .isInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("closed");
    }

    private void addRoute(Way way, String id, String uri) throws Exception {
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                way.use(from("direct:" + id).routeId(id), uri);
            }
        });
    }

    private void removeRoute(String id) throws Exception {
        camel.context.getRouteController().stopRoute(id);
        camel.context.removeRoute(id);
    }

    private Set<String> checks() {
        return operators.readiness().stream()
                .map(result -> result.getCheck().getId())
                .collect(Collectors.toSet());
    }

    private ZendeskAuthEndpoint endpoint(String uri) {
        return camel.context.getEndpoint(uri, ZendeskAuthEndpoint.class);
    }

    private ZendeskAuthComponent component() {
        return camel.context.getComponent("zendesk-auth", ZendeskAuthComponent.class);
    }

    private String service(String name, String secret) {
        return "zendesk-auth:" + name + "?url=https://acme.zendesk.com&authScheme=OAuthClient&oauthClientId=robot"
                + "&oauthClientSecret=" + secret + "&oauthSettingsLocation=" + place;
    }

    private static String token(String name) {
        return "zendesk-auth:" + name + "?url=https://acme.zendesk.com&oauthAccessToken=" + name;
    }
}
