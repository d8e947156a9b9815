package io.github.camelzendesk.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

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
        Tenants tenants = Tenants.create(server, "writers", Documents.PLAIN, rows);
        Report rotations = Report.of(
                "writers",
                "Rotations by the store: read, lock, read, PENDING, reserve, save, unlock",
                "writers",
                "rotations/s",
                "p50 ms",
                "p99 ms",
                "WAL bytes a rotation");
        for (int threads : THREADS) {
            rotations(rotations, tenants, threads, threads + LISTENS, Duration.ZERO);
        }
        rotations(rotations, tenants, 16, 10, Duration.ofMillis(200));
        rotations(rotations, tenants, 64, 10, Duration.ofMillis(200));
        rotations(rotations, tenants, 64, 65, Duration.ofMillis(200));
        Report writes =
                Report.of("commits", "Bare writes of a row", "writers, statement", "writes/s", "p50 ms", "p99 ms");
        for (int threads : THREADS) {
            writes(writes, rows, threads, "UPDATE", WRITE);
            writes(writes, rows, threads, "UPDATE with NOTIFY", TELL);
        }
        tenants.drop();
    }

    private void rotations(Report report, Tenants tenants, int threads, int connections, Duration zendesk)
            throws Exception {
        long wal;
        Latencies latencies;
        try (HikariDataSource pool = Pools.connections(server, connections)) {
            AtomicLong begun = new AtomicLong();
            int rows = (int) server.number("SELECT count(*) FROM " + tenants.table());
            latencies = timed(threads, begun, number -> () -> {
                int tenant = 1 + ThreadLocalRandom.current().nextInt(rows);
                rotate(tenants.store(pool, tenant), tenants.documents(), zendesk);
            });
            wal = server.number("SELECT pg_current_wal_lsn() - '0/0'") - begun.get();
        }
        String exchange = zendesk.isZero() ? "" : ", " + zendesk.toMillis() + " ms at Zendesk";
        report.row(
                threads + ", pool of " + connections + exchange,
                latencies.count() / (double) SECONDS,
                latencies.millis(50),
                latencies.millis(99),
                (double) wal / Math.max(1, latencies.count()));
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

    private void writes(Report report, int rows, int threads, String label, String sql) throws Exception {
        try (HikariDataSource pool = Pools.connections(server, threads)) {
            Latencies latencies = timed(threads, new AtomicLong(), number -> {
                Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                return () -> {
                    statement.setString(
                            1, Tenants.name(1 + ThreadLocalRandom.current().nextInt(rows)));
                    statement.execute();
                };
            });
            report.row(
                    threads + ", " + label,
                    latencies.count() / (double) SECONDS,
                    latencies.millis(50),
                    latencies.millis(99));
        }
    }

    /** Each thread repeats work of its own. */
    private Latencies timed(int threads, AtomicLong walAtBeginning, Works works) throws Exception {
        Latencies latencies = new Latencies(MOST);
        AtomicBoolean counts = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        Thread clock = new Thread(() -> {
            try {
                TimeUnit.SECONDS.sleep(WARM_SECONDS);
                walAtBeginning.set(server.number("SELECT pg_current_wal_lsn() - '0/0'"));
                counts.set(true);
                TimeUnit.SECONDS.sleep(SECONDS);
                counts.set(false);
            } catch (Exception e) {
                e.printStackTrace();
            } finally {
                over.set(true);
            }
        });
        clock.start();
        Pools.inThreads(threads, number -> {
            Work work = works.of(number);
            while (!over.get()) {
                long begun = System.nanoTime();
                work.run();
                if (counts.get()) {
                    latencies.add(System.nanoTime() - begun);
                }
            }
        });
        clock.join();
        return latencies;
    }

    /** What a thread repeats. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** Makes it. */
    @FunctionalInterface
    private interface Works {
        Work of(int number) throws Exception;
    }
}
