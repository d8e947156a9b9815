package io.github.camelzendesk.auth.connections;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.RuntimeMBeanException;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.Operators;
import io.github.camelzendesk.auth.monitor.ZendeskAuthEvent;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The connections that are too many to be shown each by itself. */
@ExtendWith(ZendeskExtension.class)
class ConnectionGroupTest {
    @Test
    void theLoginThatSomeMissDoesNotTakeTheOthersOutOfService() {
        try (Operators operators = Operators.showingAlone(0)) {
            operators.camel.context.getEndpoint(ready("a"));
            operators.camel.context.getEndpoint(withoutGrant("b"));
            operators.camel.context.getEndpoint(withoutGrant("c"));

            Awaitility.await()
                    .untilAsserted(() -> assertThat(operators.health("others").getDetails())
                            .containsEntry("AUTHORIZATION_REQUIRED", 2)
                            .containsEntry("inTrouble", "b, c"));
            HealthCheck.Result health = operators.health("others");
            assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(health.getCheck().getGroup()).isEqualTo("zendesk-auth");
            assertThat(health.getDetails())
                    .containsEntry("READY", 1)
                    .containsEntry("IDLE", 0)
                    .containsEntry("FAILING", 0)
                    .containsEntry("DIRTY", 0);
        }
    }

    @Test
    void whenNoneOfThemCanServeTheyAreDown() {
        try (Operators operators = Operators.showingAlone(1)) {
            List.of(ready("a"), withoutGrant("b"), withoutGrant("c")).forEach(operators.camel.context::getEndpoint);

            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(operators.health("others").getState()).isEqualTo(HealthCheck.State.DOWN));
            assertThat(operators.health("others").getMessage())
                    .contains(
                            "None of 2 connections can serve: a person must log in for 2, and the last attempt failed for"
                                    + " 0. The log says why.");
            assertThat(operators.health("a").getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    @Test
    void itIsAMatterOfReadinessAndNotOfLiveness() {
        try (Operators operators = Operators.showingAlone(0)) {
            operators.camel.context.getEndpoint(withoutGrant("a"));

            assertThat(HealthCheckHelper.invokeLiveness(operators.camel.context, "full"))
                    .noneMatch(result -> result.getCheck().getId().startsWith("zendesk-auth"));
        }
    }

    @Test
    void oneThatIsNotStoredTakesThemDownUntilItIs(ZendeskServer zendesk) {
        FullDisk store = new FullDisk();
        try (Operators operators = Operators.showingAlone(0)) {
            operators.camel.context.getRegistry().bind("full", store);
            operators.camel.context.getEndpoint(ready("a"));
            operators.camel.authorization(granted("b", zendesk) + "&oauthSettingsLocation=bean:full");

            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(operators.health("others").getState()).isEqualTo(HealthCheck.State.DOWN));
            assertThat(operators.health("others").getDetails()).containsEntry("DIRTY", 1);
            assertThat(operators.health("others").getMessage()).hasValueSatisfying(message -> assertThat(message)
                    .contains("1 connection(s) do not: b. Do not end this process")
                    .doesNotContain(IssuedSecrets.all()));

            store.free = true;
            Awaitility.await().until(() -> operators.health("others").getState() == HealthCheck.State.UP);
        }
    }

    @Test
    void theyShareTheirCountersAndKeepTheirNamesInEvents(ZendeskServer zendesk) {
        try (Operators operators = Operators.showingAlone(1)) {
            for (String name : List.of("a", "b", "c")) {
                operators.camel.authorization(
                        granted(name, zendesk) + "&oauthSettingsLocation=memory:" + UUID.randomUUID());
            }

            Awaitility.await().untilAsserted(() -> {
                assertThat(refreshed(operators, "a")).isEqualTo(1);
                assertThat(refreshed(operators, "others")).isEqualTo(2);
            });
            assertThat(operators
                            .meters
                            .get("zendesk.auth.refresh.duration")
                            .tag("connection", "others")
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(operators.meters.getMeters())
                    .extracting(meter -> meter.getId().getTag("connection"))
                    .doesNotContain("b", "c");
            Awaitility.await().untilAsserted(() -> assertThat(operators.events)
                    .extracting(ZendeskAuthEvent::getConnection)
                    .containsExactlyInAnyOrder("a", "b", "c"));
        }
    }

    @Test
    void gaugesCountAllConnectionsByTheirCondition() {
        try (Operators operators = Operators.showingAlone(1)) {
            operators.camel.context.getComponent("zendesk-auth");
            assertThat(connections(operators, "READY")).isZero();
            List.of(ready("a"), ready("b"), withoutGrant("c")).forEach(operators.camel.context::getEndpoint);

            Awaitility.await().untilAsserted(() -> {
                assertThat(connections(operators, "READY")).isEqualTo(2);
                assertThat(connections(operators, "AUTHORIZATION_REQUIRED")).isEqualTo(1);
            });
            operators.camel.context.removeComponent("zendesk-auth");
            assertThat(operators.meters.getMeters()).isEmpty();
        }
    }

    @Test
    void jmxCountsThemAndReadsTheStatusOfOneByItsName() throws JMException {
        try (Operators operators = Operators.showingAlone(1)) {
            List.of(ready("a"), ready("b"), withoutGrant("c")).forEach(operators.camel.context::getEndpoint);

            Awaitility.await().untilAsserted(() -> {
                assertThat(attribute(operators, "AuthorizationRequired")).isEqualTo(1);
                assertThat(attribute(operators, "InTrouble")).isEqualTo("c");
            });
            assertThat(attribute(operators, "Connections")).isEqualTo(2);
            assertThat(attribute(operators, "Ready")).isEqualTo(1);
            assertThat(attribute(operators, "Idle")).isEqualTo(0);
            assertThat(attribute(operators, "Failing")).isEqualTo(0);
            assertThat(attribute(operators, "Dirty")).isEqualTo(0);
            assertThat(status(operators, "b")).contains("connection=b", "state=READY");
            assertThat(status(operators, "a")).contains("connection=a");
            assertThatThrownBy(() -> status(operators, "z"))
                    .isInstanceOfAny(MBeanException.class, RuntimeMBeanException.class)
                    .hasRootCauseMessage("there is no connection of this name");

            operators.camel.context.removeComponent("zendesk-auth");
            assertThat(Operators.server().isRegistered(operators.mbean("others")))
                    .isFalse();
        }
    }

    @Test
    void thatTheyAreShownTogetherIsSaidOnceWithWhereToLook() {
        int before = TestLog.lines("WARN", "others").size();
        try (Operators operators = Operators.showingAlone(1)) {
            List.of(ready("a"), ready("b"), ready("c")).forEach(operators.camel.context::getEndpoint);
        }

        List<String> lines = TestLog.lines("WARN", "others");
        assertThat(lines).hasSize(before + 1);
        assertThat(lines.get(before))
                .contains("more than 1 connections", "health check", "MBean", "meters", "developer console");
    }

    private static String ready(String name) {
        return "zendesk-auth:" + name + "?url=https://" + name
                + ".zendesk.com&authScheme=OAuth&initiateOAuth=OFF&oauthAccessToken=t";
    }

    private static String withoutGrant(String name) {
        return "zendesk-auth:" + name + "?url=https://" + name
                + ".zendesk.com&oauthClientId=app&oauthClientSecret=s&initiateOAuth=REFRESH&oauthSettingsLocation=memory:"
                + UUID.randomUUID();
    }

    private static String granted(String name, ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        return "zendesk-auth:" + name + "?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret="
                + client.secret() + "&initiateOAuth=REFRESH&oauthRefreshToken="
                + zendesk.issue(client, "read write").refreshToken();
    }

    private static double refreshed(Operators operators, String connection) {
        return operators
                .meters
                .get("zendesk.auth.refreshes")
                .tags("connection", connection, "outcome", "REFRESHED")
                .counter()
                .count();
    }

    private static double connections(Operators operators, String state) {
        return operators
                .meters
                .get("zendesk.auth.connections")
                .tag("state", state)
                .gauge()
                .value();
    }

    private static Object attribute(Operators operators, String name) throws JMException {
        return Operators.server().getAttribute(operators.mbean("others"), name);
    }

    private static String status(Operators operators, String name) throws JMException {
        return (String) Operators.server()
                .invoke(operators.mbean("others"), "status", new Object[] {name}, new String[] {"java.lang.String"});
    }

    /** Takes the note that a request is under way, and then no more until there is space. */
    private static final class FullDisk implements SettingsStore {
        private final Semaphore lock = new Semaphore(1);
        private volatile OAuthSettings stored;
        private volatile boolean free;

        @Override
        public String identity() {
            return "test:full-" + System.identityHashCode(this);
        }

        @Override
        public Optional<OAuthSettings> load() {
            return Optional.ofNullable(stored);
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) {
            return lock.tryAcquire() ? Optional.of(new Open()) : Optional.empty();
        }

        private final class Open implements SettingsTransaction {
            @Override
            public Optional<OAuthSettings> load() {
                return FullDisk.this.load();
            }

            @Override
            public void save(OAuthSettings settings) {
                if (settings.pending() == null && !free) {
                    throw new SettingsStoreException("there is no space left.");
                }
                stored = settings;
            }

            @Override
            public void close() {
                lock.release();
            }
        }
    }
}
