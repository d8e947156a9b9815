package io.github.camelzendesk.auth.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A wait for the lock may end on both sides at once: the server grants the lock, and reports that the limit has passed. */
@ExtendWith(SecretLeakExtension.class)
class LateLockTest {
    private static final String WAITING = "SELECT pid FROM pg_stat_activity"
            + " WHERE application_name = 'late-lock' AND wait_event_type = 'Lock'";
    private static final String GRANTED = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted";

    private final String table = PostgresServer.newTable();

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLockThatIsGrantedWhileTheLimitOfTheWaitPassesIsUsedAndGivenBack() throws Exception {
        PostgresServer server = PostgresServer.running();
        SettingsStore holder = store(server, "holder");
        SettingsStore waiter = store(server, "late-lock");
        // A store that is watched keeps idle connections, as a pool does: the lock does not end with a connection that is closed.
        try (SettingsStore.Watch watch = waiter.watch(() -> {}).orElseThrow()) {
            SettingsTransaction held = holder.begin(Duration.ofSeconds(30)).orElseThrow();
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

    private SettingsStore store(PostgresServer server, String application) {
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
