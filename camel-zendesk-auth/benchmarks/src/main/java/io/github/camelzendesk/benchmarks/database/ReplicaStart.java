package io.github.camelzendesk.benchmarks.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.settings.SettingsStore;

/** A replica that starts, and so reads the row of each connection once. */
final class ReplicaStart {
    private static final long MOST_NANOS = 30_000_000_000L;

    private final Server server;
    private final Report report = Report.of(
            "start", "Reading all rows once", "threads, connections", "rows read", "rows/s", "p99 ms", "all, s");

    ReplicaStart(Server server) {
        this.server = server;
    }

    void run(int rows) throws Exception {
        Tenants tenants = Tenants.create(server, "start", Documents.PLAIN, rows);
        for (int connections : List.of(10, 20)) {
            try (HikariDataSource pool = Pools.connections(server, connections)) {
                for (int threads : List.of(16, 64)) {
                    List<SettingsStore> stores = stores(rows, tenant -> tenants.store(pool, tenant));
                    measure(threads + ", pool of " + connections, stores, threads);
                }
            }
        }
        for (int threads : List.of(16, 64)) {
            List<SettingsStore> stores = stores(rows, tenant -> tenants.store(server.url(), tenant));
            measure(threads + ", plain URL", stores, threads);
            try (SettingsStore.Watch watch = stores.get(0).watch(() -> {}).orElseThrow()) {
                measure(threads + ", plain URL with a watch", stores, threads);
            }
        }
        new LostListener(server, tenants).run(rows);
        tenants.drop();
    }

    static List<SettingsStore> stores(int count, IntFunction<SettingsStore> open) {
        List<SettingsStore> stores = new ArrayList<>();
        for (int tenant = 1; tenant <= count; tenant++) {
            stores.add(open.apply(tenant));
        }
        return stores;
    }

    private void measure(String label, List<SettingsStore> stores, int threads) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Latencies latencies = new Latencies(stores.size());
        long begun = System.nanoTime();
        Pools.inThreads(threads, number -> {
            for (int i = next.getAndIncrement();
                    i < stores.size() && System.nanoTime() - begun < MOST_NANOS;
                    i = next.getAndIncrement()) {
                long before = System.nanoTime();
                stores.get(i).load().orElseThrow();
                latencies.add(System.nanoTime() - before);
            }
        });
        double perSecond = latencies.count() * 1e9 / (System.nanoTime() - begun);
        report.row(label, latencies.count(), perSecond, latencies.millis(99), stores.size() / perSecond);
    }
}
