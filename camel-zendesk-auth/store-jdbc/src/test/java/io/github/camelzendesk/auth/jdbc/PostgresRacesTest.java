package io.github.camelzendesk.auth.jdbc;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What two sessions do at the same moment. */
@ExtendWith(SecretLeakExtension.class)
class PostgresRacesTest {
    private static final String WAITING =
            "SELECT pid FROM pg_stat_activity" + " WHERE application_name = 'waiter' AND wait_event_type = 'Lock'";
    private static final String GRANTED = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String table = PostgresServer.newTable();
    private PostgresServer server;

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.running();
    }

    /** The server grants the lock, and reports that the limit has passed. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLockThatIsGrantedWhileTheLimitOfTheWaitPassesIsUsedAndGivenBack() throws Exception {
        SettingsStore waiter = store("waiter");
        SettingsTransaction held = begin(store("holder"), PATIENCE).orElseThrow();
        // A store that is watched keeps idle connections, as a pool does: the lock does not end with one that is
        // closed.
        try (SettingsStore.Watch watch = waiter.watch(() -> {}).orElseThrow()) {
            CompletableFuture<Optional<SettingsTransaction>> late =
                    CompletableFuture.supplyAsync(() -> begin(waiter, Duration.ofSeconds(3)));
            await().until(() -> !server.query(WAITING).isEmpty());
            String session = server.query(WAITING).get(0);
            signal("-STOP", session);
            held.close();
            assertThat(server.query(GRANTED)).containsExactly(session);
            server.query("SELECT pg_sleep(3)");
            signal("-CONT", session);

            try (SettingsTransaction transaction = late.join().orElseThrow()) {
                assertThat(transaction.isExclusive()).isTrue();
            }
            assertThat(server.query(GRANTED)).isEmpty();
        }
    }

    @Test
    void aProcessThatIsBetweenTheTwoTablesWhenAnotherCreatesThemHindersItNot() throws Exception {
        try (Connection other = server.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "CREATE TABLE " + table + " (name varchar(255) PRIMARY KEY, generation bigint NOT NULL,"
                            + " version bigint NOT NULL, settings text NOT NULL, updated_at timestamp with time zone NOT NULL)");
            CompletableFuture<Optional<SettingsTransaction>> first =
                    CompletableFuture.supplyAsync(() -> begin(store("waiter"), PATIENCE));
            await().until(() -> !server.query(WAITING).isEmpty());
            other.commit();

            first.join().orElseThrow().close();
        }
    }

    private SettingsStore store(String application) {
        return Managers.store(
                server.url() + "&zendesk.table=" + table + "&ApplicationName=" + application,
                "https://acme.zendesk.com");
    }

    private static Optional<SettingsTransaction> begin(SettingsStore store, Duration patience) {
        try {
            return store.begin(patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void signal(String name, String process) throws Exception {
        Process kill = new ProcessBuilder(List.of("kill", name, process)).start();
        assertThat(kill.waitFor()).isZero();
    }
}
