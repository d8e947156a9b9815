package io.github.camelzendesk.auth.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.store.testkit.SettingsStoreContract;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Behind a pooler that shares sessions no lock of a session excludes anybody; the lock of a row does. */
@ExtendWith(SecretLeakExtension.class)
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

    /** The driver would prepare each of them by name after the fifth time, in sessions that change. */
    @Test
    void manyRotationsNeedNoOptionOfTheUrl() throws Exception {
        SettingsStore one = Managers.store(location(), "https://acme.zendesk.com");
        SettingsStore other = Managers.store(location() + "&ApplicationName=other", "https://acme.zendesk.com");
        for (long generation = 1; generation <= 20; generation++) {
            rotate(one, 2 * generation - 1);
            rotate(other, 2 * generation);
        }
        assertThat(one.load().orElseThrow().generation()).isEqualTo(40);
    }

    @Test
    void neitherDoesAPoolOfTheApplication() throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(bouncer.url());
            pool.setMaximumPoolSize(3);
            SettingsStore store = SettingsStores.open(
                    "jdbc:bean:pool?createTable=true&table=" + PostgresServer.newTable(),
                    Managers.NAME,
                    SettingsCodec.of("https://acme.zendesk.com", Managers.CLIENT, null),
                    beans(pool));
            for (long generation = 1; generation <= 20; generation++) {
                rotate(store, generation);
            }
            assertThat(store.load().orElseThrow().generation()).isEqualTo(20);
        }
    }

    private static void rotate(SettingsStore store, long generation) throws InterruptedException {
        try (SettingsTransaction transaction =
                store.begin(Duration.ofSeconds(30)).orElseThrow()) {
            transaction.load();
            transaction.reserve();
            transaction.save(Managers.settings(generation));
        }
    }

    private static BeanLookup beans(DataSource pool) {
        return new BeanLookup() {
            @Override
            public <T> T find(String name, Class<T> type) {
                return type.cast(pool);
            }
        };
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
