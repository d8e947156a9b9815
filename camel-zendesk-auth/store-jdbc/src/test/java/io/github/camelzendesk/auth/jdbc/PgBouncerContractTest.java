package io.github.camelzendesk.auth.jdbc;

import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.store.testkit.SettingsStoreContract;

import static org.assertj.core.api.Assertions.assertThat;

/** Behind a pooler that shares sessions no lock of a session excludes anybody; the lock of a row does. */
@ExtendWith(LogScanner.class)
class PgBouncerContractTest extends SettingsStoreContract {
    private static PostgresServer server;
    private static PgBouncer bouncer;

    private final String table = PostgresServer.newTable();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.running();
        bouncer = PgBouncer.start(server);
    }

    @AfterAll
    static void stop() throws Exception {
        if (bouncer != null) {
            bouncer.close();
        }
    }

    @Test
    void noAdvisoryLockIsTaken() throws Exception {
        try (SettingsTransaction held = Managers.store(location(), "https://acme.zendesk.com")
                .begin(Duration.ofSeconds(10))
                .orElseThrow()) {
            assertThat(held.isExclusive()).isTrue();
            assertThat(server.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"))
                    .isEmpty();
        }
    }

    @Override
    protected String location() {
        return bouncer.url() + "&zendesk.table=" + table;
    }

    @Override
    protected byte @Nullable [] stored(String name) throws SQLException {
        return server.settings(table, name);
    }

    @Override
    protected void overwrite(String name, byte[] content) throws SQLException {
        server.overwrite(table, name, content);
    }

    @Override
    protected boolean breakLock(String name) throws SQLException {
        return !server.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE state = 'idle in transaction'")
                .isEmpty();
    }
}
