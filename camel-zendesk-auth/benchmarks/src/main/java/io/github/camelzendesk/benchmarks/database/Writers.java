package io.github.camelzendesk.benchmarks.database;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.benchmarks.Latencies;
import io.github.camelzendesk.benchmarks.Table;

/** How many rotations a second one server takes, with fsync on. Zendesk answers at once, or after a while. */
final class Writers {
    private static final List<Integer> THREADS = List.of(1, 8, 32, 64);
    private static final long WARM_SECONDS = 2;
    private static final long SECONDS = 8;
    private static final int MOST = 1_000_000;
    private static final int LISTENS = 1;

    private static final String WRITE = "UPDATE writers SET version = version + 1, updated_at = now() WHERE name = ?";
    private static final String TELL = "WITH written AS (" + WRITE
            + " RETURNING name, version) SELECT pg_notify('camel_zendesk_auth', name || ' ' || version) FROM written";

    private final Server server;

    Writers(Server server) {
        this.server = server;
    }

    void run(int rows) throws Exception {
        TenantTable tenants = TenantTable.create(server, "writers", Documents.PLAIN, rows);
        Table rotations = new Table(
                "Rotations by the store: read, lock, read, PENDING, reserve, save, unlock",
                "writers",
                "pool",
                "ms at Zendesk",
                "rotations/s",
                "p50 ms",
                "p99 ms");
        for (int threads : THREADS) {
            rotations(rotations, tenants, rows, threads, threads + LISTENS, Duration.ZERO);
        }
        rotations(rotations, tenants, rows, 64, 10, Duration.ofMillis(200));
        rotations(rotations, tenants, rows, 64, 65, Duration.ofMillis(200));
        Table writes = new Table("Bare writes of a row", "writers", "UPDATE/s", "UPDATE with NOTIFY/s");
        for (int threads : THREADS) {
            writes.row(threads, writes(rows, threads, WRITE), writes(rows, threads, TELL));
        }
        tenants.drop();
    }

    private void rotations(Table table, TenantTable tenants, int rows, int threads, int connections, Duration zendesk)
            throws Exception {
        try (HikariDataSource pool = Pools.connections(server, connections)) {
            Latencies latencies = timed(threads, () -> () -> {
                int tenant = 1 + ThreadLocalRandom.current().nextInt(rows);
                rotate(tenants.store(pool, tenant), tenants.documents(), zendesk);
            });
            table.row(
                    threads,
                    connections,
                    zendesk.toMillis(),
                    latencies.count() / (double) SECONDS,
                    latencies.millis(50),
                    latencies.millis(99));
        }
    }

    /** The calls of the store that a rotation of the manager makes. */
    static void rotate(SettingsStore store, Documents documents, Duration zendesk) throws InterruptedException {
        store.load();
        try (SettingsTransaction transaction =
                store.begin(Duration.ofSeconds(30)).orElseThrow()) {
            OAuthSettings found = transaction.load().orElseThrow();
            transaction.save(Documents.pending(found));
            transaction.reserve();
            LockSupport.parkNanos(zendesk.toNanos());
            transaction.save(documents.next(found));
        }
    }

    private double writes(int rows, int threads, String sql) throws Exception {
        try (HikariDataSource pool = Pools.connections(server, threads)) {
            Latencies latencies = timed(threads, () -> {
                PreparedStatement statement = pool.getConnection().prepareStatement(sql);
                return () -> {
                    statement.setString(
                            1, TenantTable.name(1 + ThreadLocalRandom.current().nextInt(rows)));
                    statement.execute();
                };
            });
            return latencies.count() / (double) SECONDS;
        }
    }

    /** Each thread repeats work of its own; the first seconds do not count. */
    private static Latencies timed(int threads, Callable<Work> works) throws Exception {
        Latencies latencies = new Latencies(MOST);
        long from = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_SECONDS);
        long until = from + TimeUnit.SECONDS.toNanos(SECONDS);
        Pools.inThreads(threads, number -> {
            Work work = works.call();
            for (long begun = System.nanoTime(); begun < until; begun = System.nanoTime()) {
                work.run();
                if (begun >= from) {
                    latencies.add(System.nanoTime() - begun);
                }
            }
        });
        return latencies;
    }

    /** What a thread repeats. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
