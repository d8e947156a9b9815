package io.github.camelzendesk.benchmarks.database;

import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.benchmarks.Latencies;
import io.github.camelzendesk.benchmarks.Table;

/** A replica that starts, and so reads the row of each connection once. */
final class ReplicaStart {
    private static final int[] POOLS = {10, 20};
    private static final int THREADS = 16;

    private final Server server;

    ReplicaStart(Server server) {
        this.server = server;
    }

    void run(int rows) throws Exception {
        TenantTable tenants = TenantTable.create(server, "start", Documents.PLAIN, rows);
        Table table = new Table(
                "Reading all rows once, on " + THREADS + " threads", "pool", "rows", "rows/s", "p99 ms", "all, s");
        for (int connections : POOLS) {
            try (HikariDataSource pool = Pools.connections(server, connections)) {
                measure(table, tenants, pool, rows);
            }
        }
        tenants.drop();
    }

    private static void measure(Table table, TenantTable tenants, HikariDataSource pool, int rows) throws Exception {
        AtomicInteger next = new AtomicInteger(1);
        Latencies latencies = new Latencies(rows);
        long begun = System.nanoTime();
        Pools.inThreads(THREADS, number -> {
            for (int tenant = next.getAndIncrement(); tenant <= rows; tenant = next.getAndIncrement()) {
                long before = System.nanoTime();
                tenants.store(pool, tenant).load().orElseThrow();
                latencies.add(System.nanoTime() - before);
            }
        });
        double seconds = (System.nanoTime() - begun) / 1e9;
        table.row(pool.getMaximumPoolSize(), rows, rows / seconds, latencies.millis(99), seconds);
    }
}
