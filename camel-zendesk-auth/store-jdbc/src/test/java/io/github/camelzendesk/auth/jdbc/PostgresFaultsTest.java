package io.github.camelzendesk.auth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

import io.github.camelzendesk.auth.jdbc.internal.Database;
import io.github.camelzendesk.auth.jdbc.internal.Databases;
import io.github.camelzendesk.auth.jdbc.internal.JdbcLocation;
import io.github.camelzendesk.auth.jdbc.internal.connections.JdbcUrl;
import io.github.camelzendesk.auth.jdbc.internal.dialect.PostgreSql;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;

import static io.github.camelzendesk.auth.jdbc.Managers.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What goes wrong with a real server. */
@ExtendWith(SecretLeakExtension.class)
class PostgresFaultsTest {
    private static final String URL = "https://acme.zendesk.com";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String table = PostgresServer.newTable();
    private PostgresServer server;
    private SettingsStore store;

    @BeforeEach
    void open() throws Exception {
        server = PostgresServer.running();
        store = store(server.url());
    }

    @Test
    void aConnectionThatIsCutDuringAnExchangeCostsNoToken() throws Exception {
        try (SettingsTransaction transaction = begin(store)) {
            transaction.save(pending(1));
            transaction.reserve();
            assertThat(server.breakLocks()).isTrue();

            assertThat(transaction.isExclusive()).isFalse();
            transaction.save(settings(2));

            assertThat(transaction.isExclusive()).isTrue();
            assertThat(store.begin(Duration.ZERO)).isEmpty();
        }
        assertThat(store.load().orElseThrow().generation()).isEqualTo(2);
        assertThat(locks()).isEmpty();
    }

    @Test
    void aConnectionThatIsCutBeforeTheExchangeLetsNothingBeSpent() throws Exception {
        try (SettingsTransaction transaction = begin(store)) {
            transaction.save(pending(1));
            assertThat(server.breakLocks()).isTrue();

            assertThatThrownBy(transaction::reserve)
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContaining("is not locked any more: the connection that held the lock was cut");
        }
    }

    @Test
    void whatAnotherHasBegunMeanwhileIsNotWrittenOver() throws Exception {
        try (SettingsTransaction cut = begin(store)) {
            cut.save(pending(1));
            assertThat(server.breakLocks()).isTrue();
            try (SettingsTransaction next = begin(store)) {
                assertThatThrownBy(() -> cut.save(settings(2))).hasMessageContaining("locked or changed by another");
                next.save(pending(1));
            }

            assertThatThrownBy(() -> cut.save(settings(2))).hasMessageContaining("locked or changed by another");
            assertThat(cut.isExclusive()).isFalse();
        }
        assertThat(store.load().orElseThrow().generation()).isEqualTo(1);
        assertThat(locks()).isEmpty();
    }

    @Test
    void nothingOfATransactionStaysOpenWhileItWaitsForZendesk() throws Exception {
        try (SettingsTransaction transaction = begin(store)) {
            transaction.save(pending(1));
            transaction.reserve();

            assertThat(server.query("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"))
                    .containsExactly("0");
        }
    }

    @Test
    void aRestartLosesNothingAndWhatIsSavedAfterItIsToldOf() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (SettingsStore.Watch watch = store.watch(told::incrementAndGet).orElseThrow();
                SettingsTransaction transaction = begin(store)) {
            transaction.save(pending(1));
            await().until(() -> told.get() > 0);
            server.stop();
            try {
                assertThatThrownBy(() -> transaction.save(settings(2)))
                        .isInstanceOf(SettingsStoreException.class)
                        .hasMessageContaining("the database cannot be reached");
                assertThatThrownBy(store::load).hasMessageContaining("Check that it runs");
            } finally {
                told.set(0);
                server.start();
            }

            transaction.save(settings(2));

            await().until(() -> told.get() > 0);
        }
        assertThat(store.load().orElseThrow().generation()).isEqualTo(2);
    }

    @Test
    void aTableThatIsMissingAndMayNotBeCreatedIsNamedWithItsScript() throws Exception {
        server.execute("CREATE ROLE " + table + "_guest LOGIN PASSWORD 'guest-password'");
        server.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        SettingsStore guest = store(server.url(table + "_guest", "guest-password"));

        assertThatThrownBy(guest::load)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("The settings row 'acme@acme.zendesk.com' in " + table)
                .hasMessageContaining("creating it failed: permission denied")
                .hasMessageContaining("zendesk-auth-settings-postgresql.sql");
        assertThat(JdbcSettingsStoreProvider.class.getResource("zendesk-auth-settings-postgresql.sql"))
                .isNotNull();

        begin(store).close();
        assertThatThrownBy(guest::load)
                .hasMessageContaining("GRANT SELECT, INSERT, UPDATE ON " + table + ", " + table + "_lock");
        server.execute("GRANT SELECT, INSERT, UPDATE ON " + table + ", " + table + "_lock TO " + table + "_guest");
        save(guest, settings(1));
        assertThat(guest.load()).isPresent();
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() {
        assertThatThrownBy(store(server.url("lab", "not-the-password"))::load)
                .hasMessageContaining("the database refuses the user")
                .hasMessageNotContaining("not-the-password");
    }

    @Test
    void aReadOnlyDatabaseIsNamedAsOne() throws Exception {
        save(store, settings(1));
        SettingsStore standby = store(server.url() + "&options=-c%20default_transaction_read_only=on");

        assertThat(standby.load()).isPresent();
        assertThatThrownBy(() -> save(standby, settings(2)))
                .hasMessageContaining("the database is read-only")
                .hasMessageContaining("Point oauthSettingsLocation at the primary");
    }

    @Test
    void whatIsToldToAllHoldsTheNameAndTheVersionOnly() throws Exception {
        try (Connection listener = server.connect();
                Statement statement = listener.createStatement()) {
            statement.execute("LISTEN " + PostgreSql.CHANNEL);
            save(store, settings(3));

            assertThat(listener.unwrap(PGConnection.class).getNotifications(60_000))
                    .extracting(notification -> notification.getParameter())
                    .containsExactly("acme@acme.zendesk.com 1");
        }
        assertThat(server.log()).doesNotContain("an-access-token", "a-refresh-token");
    }

    @Test
    void onlyThoseWhoWaitForARowAreTold() throws Exception {
        begin(store).close();
        Set<String> told = ConcurrentHashMap.newKeySet();
        Database database = Databases.of(JdbcLocation.parse(location()), JdbcUrl.of(server.url()), () -> {
            throw new AssertionError("the store's own is open");
        });
        try (SettingsStore.Watch mine = database.watch(Managers.NAME, () -> told.add("mine"));
                SettingsStore.Watch other = database.watch("other@example", () -> told.add("other"))) {
            await().until(() -> told.equals(Set.of("mine", "other")));
            told.clear();

            save(store, settings(1));

            await().until(() -> told.contains("mine"));
            assertThat(told).doesNotContain("other");
            assertThat(threads()).isEqualTo(1);
        }
        await().until(() -> threads() == 0);
    }

    @Test
    void aTableThatIsSpeltInTwoWaysHasOneLock() throws Exception {
        SettingsStore spelt = Managers.store(server.url() + "&zendesk.table=public." + table.toUpperCase(), URL);
        try (SettingsTransaction held = begin(store)) {
            assertThat(held.load()).isEmpty();
            assertThat(spelt.begin(Duration.ZERO)).isEmpty();
        }
        begin(spelt).close();
    }

    @Test
    void aCommitIsDurableAlsoWhereTheServerPutsOffItsWrites() throws Exception {
        server.execute("CREATE TABLE " + table + "_modes (mode text)");
        begin(store).close();
        server.execute("CREATE FUNCTION " + table + "_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "
                + table + "_modes VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$");
        server.execute("CREATE CONSTRAINT TRIGGER note AFTER INSERT OR UPDATE ON " + table
                + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION " + table + "_note()");

        save(store(server.url() + "&options=-c%20synchronous_commit=off"), settings(1));

        assertThat(server.query("SELECT mode FROM " + table + "_modes")).containsExactly("on");
    }

    @Test
    void anAnswerThatCouldNotBeUnderstoodIsKeptInARowOfItsOwnTenAtMost() throws Exception {
        try (SettingsTransaction transaction = begin(store)) {
            assertThat(transaction.keepUnparsed(new byte[] {0, 1}).orElseThrow())
                    .contains("acme@acme.zendesk.com.unparsed-", table);
            for (int i = 0; i < 12; i++) {
                transaction.keepUnparsed(new byte[] {0, 1});
            }
        }
        assertThat(store.load()).isEmpty();
        assertThat(server.query("SELECT settings FROM " + table)).hasSize(10).containsOnly("AAE=");
    }

    private String location() {
        return server.url() + "&zendesk.table=" + table;
    }

    private SettingsStore store(String url) {
        return Managers.store(url + "&zendesk.table=" + table, URL);
    }

    private static SettingsTransaction begin(SettingsStore store) throws InterruptedException {
        return store.begin(PATIENCE).orElseThrow();
    }

    private static void save(SettingsStore store, OAuthSettings settings) throws InterruptedException {
        try (SettingsTransaction transaction = begin(store)) {
            transaction.save(settings);
        }
    }

    private static OAuthSettings pending(long generation) {
        OAuthSettings settings = settings(generation);
        return settings.withPending(
                new PendingExchange("0f", generation + 1, settings.tokens().obtainedAt(), "this test"));
    }

    private List<String> locks() throws SQLException {
        return server.query("SELECT objid FROM pg_locks WHERE locktype = 'advisory'");
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("zendesk-auth-jdbc-changes"))
                .count();
    }
}
