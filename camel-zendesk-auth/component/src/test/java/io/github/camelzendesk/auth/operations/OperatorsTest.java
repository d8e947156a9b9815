package io.github.camelzendesk.auth.operations;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.Operators;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.monitor.ZendeskAuthEvent;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The developer console, JMX, the events and the meters of a connection. */
@ExtendWith(ZendeskExtension.class)
class OperatorsTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private IssuedTokens seed;
    private String uri;

    @BeforeEach
    void issueAGrant(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        seed = zendesk.issue(client, "read write");
        uri = "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken()
                + "&oauthSettingsLocation=memory:" + UUID.randomUUID();
    }

    @Test
    void theConsoleShowsAllConnectionsOfTheContext(ZendeskServer zendesk) {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            operators.camel.context.getEndpoint(
                    "zendesk-auth:other?url=" + zendesk.url() + "&user=me@example.com&apiToken=zpt_x");

            assertThat((String) operators.console(DevConsole.MediaType.TEXT))
                    .contains("acme:", "state: READY", "generation: 2", "expiresAt: ", "lastOutcome: succeeded at")
                    .contains("other:", "nextRefresh: ");
            JsonArray connections =
                    ((JsonObject) operators.console(DevConsole.MediaType.JSON)).getCollection("connections");
            assertThat(connections)
                    .extracting(connection -> ((JsonObject) connection).getString("name"))
                    .containsExactly("acme", "other");
            assertThat((JsonObject) connections.get(0)).containsEntry("state", "READY");
        }
    }

    @Test
    void theConsoleShowsTheAddressToLogInWhileALoginWaits(ZendeskServer zendesk) throws Exception {
        BlockingQueue<URI> opened = new LinkedBlockingQueue<>();
        try (Operators operators = new Operators()) {
            operators.camel.context.getRegistry().bind("browser", (Browser) opened::add);
            operators.camel.send("zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=s"
                    + "&initiateOAuth=GETANDREFRESH&callbackUrl=http://localhost:" + CamelFixture.freePort()
                    + "&joinTimeout=1ms"
                    + "&oauthSettingsLocation=memory:" + UUID.randomUUID());
            URI address = opened.poll(1, TimeUnit.MINUTES);

            JsonObject page = (JsonObject) operators.console(DevConsole.MediaType.JSON);
            assertThat((JsonObject) page.getCollection("connections").iterator().next())
                    .containsEntry("refreshing", true)
                    .containsEntry("login", address.toString());
        }
    }

    @Test
    void theConsoleOfAContextWithoutConnectionsSaysSo() {
        try (Operators operators = new Operators()) {
            assertThat((String) operators.console(DevConsole.MediaType.TEXT)).contains("No connections");
        }
    }

    @Test
    void jmxShowsTheStatusAndRefreshesAndVerifies(ZendeskServer zendesk) throws JMException {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            assertThat(operators.attribute("State")).isEqualTo("READY");
            assertThat(operators.attribute("Generation")).isEqualTo(2L);
            assertThat(operators.attribute("SettingsDirty")).isEqualTo(false);
            assertThat(operators.attribute("AuthorizationRequired")).isNull();
            assertThat((String) operators.attribute("NextRefresh")).startsWith("20");

            assertThat(operators.invoke("verify")).contains("verified=true");
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
            assertThat(operators.invoke("refresh")).contains("state=READY", "generation=3");
            assertThat(operators.attribute("Generation")).isEqualTo(3L);
        }
    }

    @Test
    void jmxNeitherRevokesNorHandsOutTheManager() throws JMException {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);

            assertThat(Operators.server().getMBeanInfo(operators.mbean("acme")).getOperations())
                    .extracting(MBeanOperationInfo::getName)
                    .contains("refresh", "verify")
                    .doesNotContain("revoke", "exchangeCode", "authorization");
            assertThat(Operators.server().queryNames(null, null).stream()
                            .filter(name -> name.getDomain().equals("org.apache.camel"))
                            .flatMap(name -> attributes(name).stream()))
                    .doesNotContain("TokenManager", "Configuration");
        }
    }

    private static List<String> attributes(ObjectName name) {
        try {
            return Arrays.stream(Operators.server().getMBeanInfo(name).getAttributes())
                    .map(attribute -> attribute.getName())
                    .toList();
        } catch (JMException e) {
            return List.of();
        }
    }

    @Test
    void anOperationThatFailsTellsWhyInPlainWords(ZendeskServer zendesk) {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            zendesk.always(TokenFault.throttled(Duration.ofMinutes(5)));

            assertThatThrownBy(() -> operators.invoke("refresh"))
                    .rootCause()
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("429");
        }
    }

    @Test
    void jmxForgetsAConnectionAtTheStop() throws JMException {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            assertThat(Operators.server().isRegistered(operators.mbean("acme"))).isTrue();
            operators.camel.context.removeComponent("zendesk-auth");

            assertThat(Operators.server().isRegistered(operators.mbean("acme"))).isFalse();
            assertThat(operators.meters.getMeters()).isEmpty();
        }
    }

    @Test
    void aContextWithoutJmxGoesOnWithoutIt() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.getEndpoint(uri);
            context.start();

            assertThat(context.createProducerTemplate()
                            .send(uri, exchange -> {})
                            .getException())
                    .isNull();
        }
    }

    @Test
    void aConnectionThatIsOpenedBeforeTheContextStartsIsShownOnceItHas() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getEndpoint(uri, ZendeskAuthEndpoint.class).getTokenManager();
            context.start();

            assertThat(Operators.server()
                            .queryNames(
                                    new ObjectName("org.apache.camel:context=" + context.getManagementName()
                                            + ",type=zendesk-auth,*"),
                                    null))
                    .hasSize(1);
        }
    }

    @Test
    void aManagerThatTheApplicationBringsIsShownToo() throws JMException {
        try (Operators operators = new Operators();
                CamelFixture owner = new CamelFixture()) {
            owner.authorization(uri);
            operators
                    .camel
                    .context
                    .getRegistry()
                    .bind(
                            "mine",
                            owner.context
                                    .getEndpoint(uri, ZendeskAuthEndpoint.class)
                                    .getTokenManager());
            operators.camel.authorization("zendesk-auth:acme?tokenManager=#bean:mine");
            operators.camel.authorization("zendesk-auth:acme?tokenManager=#bean:mine&operation=authenticate");

            assertThat(operators.attribute("State")).isEqualTo("READY");
            assertThat(operators.readiness())
                    .filteredOn(result -> result.getCheck().getId().startsWith("zendesk-auth"))
                    .hasSize(1);
        }
    }

    @Test
    void notifiersHearOfTheEndOfAGrant(ZendeskServer zendesk) {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            zendesk.always(TokenFault.error(400, "invalid_grant"));
            operators.camel.send(uri + "&operation=refresh");

            Awaitility.await().until(() -> operators.events.size() == 2);
            assertThat(operators.events.get(1)).isInstanceOf(ZendeskAuthEvent.AuthorizationRequired.class);
        }
    }

    @Test
    void notifiersHearOfRotationsAndOfFailures(ZendeskServer zendesk) {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            zendesk.always(TokenFault.throttled(Duration.ofMinutes(5)));
            operators.camel.send(uri + "&operation=refresh");
            Awaitility.await().until(() -> operators.events.size() == 2);

            assertThat(operators.events.get(0)).isInstanceOf(ZendeskAuthEvent.Refreshed.class);
            assertThat(operators.events.get(1)).isInstanceOfSatisfying(ZendeskAuthEvent.Failed.class, failed -> {
                assertThat(failed.getType()).isEqualTo(CamelEvent.Type.Custom);
                assertThat(failed.getContext()).isSameAs(operators.camel.context);
                assertThat(failed.getConnection()).isEqualTo("acme");
                assertThat(failed.getGeneration()).isEqualTo(2);
                assertThat(failed.getTimestamp()).isPositive();
                assertThat(failed.getCause()).hasMessageContaining("429");
                assertThat(failed).asString().startsWith("Zendesk connection 'acme': Failed (generation 2");
            });
        }
    }

    @Test
    void aNotifierThatThrowsKeepsNeitherTheTokensNorTheOtherNotifiers() {
        try (Operators operators = new Operators()) {
            List<ZendeskAuthEvent> heard = new CopyOnWriteArrayList<>();
            operators.listen(new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof ZendeskAuthEvent) {
                        throw new IllegalStateException("scripted");
                    }
                }
            });
            operators.listen(new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof ZendeskAuthEvent ours) {
                        heard.add(ours);
                    }
                }
            });
            operators.camel.authorization(uri);
            assertThat(operators.camel.send(uri + "&operation=refresh").getException())
                    .isNull();

            Awaitility.await().until(() -> heard.size() == 3 && operators.events.size() == 3);
        }
    }

    @Test
    void metersCountWhatBecameOfAttempts(ZendeskServer zendesk) {
        try (Operators operators = new Operators()) {
            operators.camel.context.getEndpoint(uri);
            assertThat(operators.refreshes("REFRESHED")).isZero();
            assertThat(operators.gauge("zendesk.auth.token.expires")).isNaN();
            operators.camel.authorization(uri);
            zendesk.always(TokenFault.throttled(Duration.ofMinutes(5)));
            operators.camel.send(uri + "&operation=refresh");

            Awaitility.await().until(() -> operators.refreshes("TOKEN_ENDPOINT_UNAVAILABLE") == 1);
            assertThat(operators.refreshes("REFRESHED")).isEqualTo(1);
            assertThat(operators
                            .meters
                            .get("zendesk.auth.refresh.duration")
                            .timer()
                            .totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
        }
    }

    @Test
    void gaugesShowTheStateAndTheTimeLeft() {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);

            Awaitility.await().until(() -> operators.gauge("zendesk.auth.state", "state", "READY") == 1);
            assertThat(operators.gauge("zendesk.auth.state", "state", "IDLE")).isZero();
            assertThat(operators.gauge("zendesk.auth.token.expires")).isBetween(1700.0, 1800.0);
            assertThat(operators.gauge("zendesk.auth.refresh.token.expires")).isBetween(29.9 * 86400, 30.0 * 86400);
            assertThat(operators.gauge("zendesk.auth.settings.dirty")).isZero();
        }
    }

    @Test
    void askingAThousandTimesCostsNoRequestAndNoRotationAndIsNoUse() throws JMException {
        EngineFixture world = new EngineFixture();
        world.grants("a1", "r1", LIFETIME);
        try (Operators operators = new Operators()) {
            operators.camel.context.getRegistry().bind("asked", world.manager(EngineFixture.grant(null, "r0")));
            operators.camel.send("zendesk-auth:acme?tokenManager=#asked&operation=refresh");
            // A token that nobody uses is not renewed, and so it shows whether asking is a use.
            for (int i = 0; i < 1000; i++) {
                operators.health();
                operators.console(DevConsole.MediaType.JSON);
                operators.attribute("State");
                operators.gauge("zendesk.auth.token.expires");
            }
            assertThat(operators.attribute("State")).isEqualTo("READY");
            world.pass(LIFETIME);
            assertThat(operators.attribute("State")).isEqualTo("IDLE");
            operators.health();

            assertThat(world.requests).hasSize(1);
            assertThat(world.descriptions).isZero();
        }
    }

    @Test
    void nothingThatOperatorsSeeHoldsASecret(ZendeskServer zendesk) throws JMException {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            String all = operators.everything() + operators.invoke("refresh") + operators.invoke("verify");
            zendesk.always(TokenFault.error(400, "invalid_grant"));
            operators.camel.send(uri + "&operation=refresh");
            Awaitility.await().until(() -> operators.events.size() == 5);
            assertThat(operators.events)
                    .hasAtLeastOneElementOfType(ZendeskAuthEvent.RefreshedByHand.class)
                    .filteredOn(ZendeskAuthEvent.Verified.class::isInstance)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getDetail()).matches("user \\d+, \\w+"));
            all += operators.everything();

            assertThat(all)
                    .contains("AUTHORIZATION_REQUIRED", "READY")
                    .doesNotContain(IssuedSecrets.all())
                    .doesNotContain("zat_", "zrt_", "zcs_");
        }
    }
}
