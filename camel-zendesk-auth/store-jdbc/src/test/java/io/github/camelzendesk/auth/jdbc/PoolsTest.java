package io.github.camelzendesk.auth.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;

import static io.github.camelzendesk.auth.jdbc.Managers.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A DataSource of the application, which others use as well. */
@ExtendWith(SecretLeakExtension.class)
class PoolsTest {
    private final String table = PostgresServer.newTable();
    private HikariDataSource pool;

    @AfterEach
    void close() {
        if (pool != null) {
            pool.close();
        }
    }

    @Test
    void onPostgresAPoolOfOneIsEnoughAndIsPolledWith() throws Exception {
        pool = postgres(1, true);
        AtomicInteger told = new AtomicInteger();
        try (SettingsStore.Watch watch = store("").watch(told::incrementAndGet).orElseThrow()) {
            save(store(""), 1);
            await().until(() -> told.get() > 0);
            told.set(0);

            save(store(""), 2);

            await().until(() -> told.get() > 0);
        }
        assertThat(store("").load().orElseThrow().generation()).isEqualTo(2);
    }

    @Test
    void connectionsGoBackWithoutALockAndAsTheyCame() throws Exception {
        PostgresServer server = PostgresServer.running();
        pool = postgres(3, false);
        AtomicInteger told = new AtomicInteger();
        try (SettingsStore.Watch watch = store("").watch(told::incrementAndGet).orElseThrow()) {
            save(store(""), 1);
            await().until(() -> told.get() > 0);
        }

        await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
        assertThat(server.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"))
                .isEmpty();
        try (var connection = pool.getConnection()) {
            assertThat(connection.getAutoCommit()).isFalse();
        }
    }

    @Test
    void aSessionThatWasCutIsNotHandedOn() throws Exception {
        PostgresServer server = PostgresServer.running();
        pool = postgres(2, true);
        try (SettingsTransaction transaction = begin(store(""))) {
            transaction.save(settings(1));
            assertThat(server.breakLocks()).isTrue();
            transaction.save(settings(2));
        }
        assertThat(store("").load().orElseThrow().generation()).isEqualTo(2);
        await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    }

    @Test
    void withoutNotifyNoConnectionIsKept() throws Exception {
        pool = postgres(2, true);
        AtomicInteger told = new AtomicInteger();
        try (SettingsStore.Watch watch =
                store("&notify=false").watch(told::incrementAndGet).orElseThrow()) {
            await().until(() -> told.get() > 0);
            told.set(0);
            save(store(""), 1);

            await().until(() -> told.get() > 0);
            await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
        }
    }

    @Test
    void aTableThatNobodyAskedToCreateIsNotCreated() throws Exception {
        pool = postgres(1, true);

        assertThatThrownBy(() ->
                        open("jdbc:bean:pool?table=" + table, Managers.NAME).load())
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("createTable is not set")
                .hasMessageContaining("zendesk-auth-settings-postgresql.sql");
    }

    @Test
    void elsewhereAPoolOfOneIsRefusedInPlainWordsInsteadOfAHang() throws Exception {
        pool = h2(1);

        assertThatThrownBy(() -> store("").begin(Duration.ofSeconds(1)))
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("The lock takes two connections at a time")
                .hasMessageContaining("maximumPoolSize");
        await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
        assertThat(store("").load()).isEmpty();
    }

    @Test
    void elsewhereAPoolOfTwoServesManyConnectionsOneAfterTheOther() throws Exception {
        pool = h2(2);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Object>> changes = new ArrayList<>();
        for (int tenant = 0; tenant < 4; tenant++) {
            SettingsStore store = open("jdbc:bean:pool?createTable=true&table=" + table, "tenant-" + tenant);
            changes.add(() -> {
                for (int generation = 1; generation <= 5; generation++) {
                    save(store, generation);
                }
                return store;
            });
        }
        for (Future<Object> change : threads.invokeAll(changes)) {
            SettingsStore store = (SettingsStore) change.get();
            assertThat(store.load().orElseThrow().generation()).isEqualTo(5);
        }
        threads.shutdown();
    }

    @Test
    void twoPoolsOfOneNameAreTwoPlaces() throws Exception {
        pool = h2(2);
        SettingsStore one = store("");
        try (HikariDataSource other = h2(2)) {
            SettingsStore two = SettingsStores.open(
                    "jdbc:bean:pool?createTable=true&table=" + table, Managers.NAME, codec(), beans(other));

            assertThat(two.identity()).isNotEqualTo(one.identity());
        }
    }

    private static HikariDataSource postgres(int size, boolean autoCommit) throws Exception {
        return pool(PostgresServer.running().url(), size, autoCommit);
    }

    private HikariDataSource h2(int size) {
        return pool("jdbc:h2:mem:" + table + ";DB_CLOSE_DELAY=-1", size, true);
    }

    private static HikariDataSource pool(String url, int size, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    private SettingsStore store(String options) {
        return open("jdbc:bean:pool?createTable=true&table=" + table + options, Managers.NAME);
    }

    private SettingsStore open(String location, String name) {
        return SettingsStores.open(location, name, codec(), beans(pool));
    }

    private static SettingsCodec codec() {
        return SettingsCodec.of("https://acme.zendesk.com", Managers.CLIENT, null);
    }

    private static BeanLookup beans(DataSource dataSource) {
        return new BeanLookup() {
            @Override
            public <T> T find(String name, Class<T> type) {
                assertThat(name).isEqualTo("pool");
                return type.cast(dataSource);
            }
        };
    }

    private static SettingsTransaction begin(SettingsStore store) throws InterruptedException {
        return store.begin(Duration.ofSeconds(30)).orElseThrow();
    }

    private static void save(SettingsStore store, long generation) throws InterruptedException {
        try (SettingsTransaction transaction = begin(store)) {
            transaction.save(settings(generation));
        }
    }
}
