package io.github.camelzendesk.benchmarks.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.settings.SettingsStore;

/**
 * A replica that waits for changes of all rows, and loses its connections, the one that listens among them. Each notified manager reads its row, on as
 * many threads as the engine of the component has.
 */
final class LostListener {
    private static final int THREADS = 16;
    private static final int CONNECTIONS = 20;
    /** After that the versions of all rows are known, as in any replica that has run for a moment. */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Server server;
    private final Tenants tenants;
    private final ExecutorService engine = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicLong lastLoad = new AtomicLong();
    private final AtomicLong noticed = new AtomicLong();

    LostListener(Server server, Tenants tenants) {
        this.server = server;
        this.tenants = tenants;
    }

    void run(int rows) throws Exception {
        Report report = Report.of(
                "lost-listener",
                "After all connections were cut",
                "pool of " + CONNECTIONS,
                "rows read",
                "quiet after s",
                "a changed row noticed after s",
                "longest wait for a thread s");
        List<SettingsStore.Watch> watches = new ArrayList<>();
        try (HikariDataSource pool = Pools.connections(server, CONNECTIONS)) {
            for (SettingsStore store : ReplicaStart.stores(rows, tenant -> tenants.store(pool, tenant))) {
                boolean last = watches.size() == rows - 1;
                watches.add(store.watch(() -> engine.execute(() -> load(store, last)))
                        .orElseThrow());
            }
            noticed.set(System.nanoTime()); // Nothing changes yet.
            awaitQuiet();
            LockSupport.parkNanos(SETTLED_NANOS);
            report.row("start", figures(0, System.nanoTime()));
            for (String time : List.of("first cut", "second cut")) {
                cut(report, time, rows);
            }
            watches.forEach(SettingsStore.Watch::close);
        }
        engine.shutdown();
    }

    private void cut(Report report, String time, int rows) throws SQLException {
        loads.set(0);
        noticed.set(0);
        long begun = System.nanoTime();
        // Changed while nobody listens.
        server.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
                "UPDATE start SET version = version + 1 WHERE name = '" + Tenants.name(rows) + "'");
        long longest = awaitQuiet();
        report.row(time, figures(longest, begun));
    }

    private Double[] figures(long longest, long begun) {
        return new Double[] {
            (double) loads.get(), seconds(lastLoad.get() - begun), seconds(noticed.get() - begun), seconds(longest)
        };
    }

    private static double seconds(long nanos) {
        return Math.max(0, nanos / 1e9);
    }

    private void load(SettingsStore store, boolean last) {
        store.load();
        loads.incrementAndGet();
        lastLoad.set(System.nanoTime());
        if (last) {
            noticed.compareAndSet(0, System.nanoTime());
        }
    }

    /** Waits until the change is noticed, and nothing was read for a while; the longest that a task had to wait for a thread meanwhile. */
    private long awaitQuiet() {
        long begun = System.nanoTime();
        AtomicLong longest = new AtomicLong();
        lastLoad.set(begun);
        while ((noticed.get() == 0 || System.nanoTime() - lastLoad.get() < QUIET_NANOS)
                && System.nanoTime() - begun < MOST_NANOS) {
            long asked = System.nanoTime();
            engine.execute(() -> longest.accumulateAndGet(System.nanoTime() - asked, Math::max));
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return longest.get();
    }
}
