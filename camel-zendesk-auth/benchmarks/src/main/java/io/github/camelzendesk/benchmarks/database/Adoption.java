package io.github.camelzendesk.benchmarks.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.benchmarks.Latencies;
import io.github.camelzendesk.benchmarks.Table;

/**
 * How long it takes until the last replica is told of a new token, and what that costs who writes it. A replica is a bare
 * connection here that listens, with a thread that waits for it; it reads no row.
 */
final class Adoption {
    private static final List<Integer> REPLICAS = List.of(1, 10, 100, 1000);
    private static final int SAVES = 200;
    private static final int WRITERS = 8;
    private static final int ROTATIONS = 100;
    private static final int STACK = 256 * 1024;

    private final Server server;
    private final List<Connection> listening = new ArrayList<>();
    private volatile CountDownLatch untold = new CountDownLatch(0);
    private volatile String expected = "";

    Adoption(Server server) {
        this.server = server;
    }

    void run(int rows) throws Exception {
        TenantTable tenants = TenantTable.create(server, "adoption", Documents.PLAIN, rows);
        Table table = new Table(
                "From the begin of a save until the last replica is told",
                "replicas",
                "p50 ms",
                "p99 ms",
                "rotations/s, " + WRITERS + " writers");
        for (int replicas : REPLICAS) {
            listen(replicas - listening.size());
            row(table, tenants, replicas, rows);
        }
        for (Connection connection : listening) {
            connection.close();
        }
        tenants.drop();
    }

    private void listen(int more) throws SQLException {
        for (int i = 0; i < more; i++) {
            Connection connection = server.connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN camel_zendesk_auth");
            }
            listening.add(connection);
            Thread thread = new Thread(null, () -> hear(connection), "replica", STACK);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void hear(Connection connection) {
        try {
            PGConnection session = connection.unwrap(PGConnection.class);
            while (true) {
                for (PGNotification told : session.getNotifications(0)) {
                    if (told.getParameter().equals(expected)) {
                        untold.countDown();
                    }
                }
            }
        } catch (SQLException e) {
            // Closed; one that was cut is missed by the count.
        }
    }

    private void row(Table table, TenantTable tenants, int replicas, int rows) throws Exception {
        Latencies last = new Latencies(SAVES);
        try (HikariDataSource pool = Pools.connections(server, WRITERS)) {
            for (int i = 0; i < SAVES; i++) {
                last.add(save(tenants.store(pool, 1), replicas));
            }
            expected = "";
            table.row(replicas, last.millis(50), last.millis(99), rotationsASecond(tenants, pool, rows));
        }
    }

    private long save(SettingsStore store, int replicas) throws Exception {
        try (SettingsTransaction transaction =
                store.begin(Duration.ofSeconds(30)).orElseThrow()) {
            OAuthSettings next = Documents.PLAIN.next(transaction.load().orElseThrow());
            String name = TenantTable.name(1);
            expected = name + " " + (server.number("SELECT version FROM adoption WHERE name = '" + name + "'") + 1);
            untold = new CountDownLatch(replicas);
            long began = System.nanoTime();
            transaction.save(next);
            if (!untold.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(untold.getCount() + " replicas were not told");
            }
            return System.nanoTime() - began;
        }
    }

    private static double rotationsASecond(TenantTable tenants, HikariDataSource pool, int rows) throws Exception {
        long begun = System.nanoTime();
        Pools.inThreads(WRITERS, number -> {
            for (int i = 0; i < ROTATIONS; i++) {
                int tenant = 2 + number + WRITERS * ThreadLocalRandom.current().nextInt(rows / WRITERS - 1);
                Writers.rotate(tenants.store(pool, tenant), tenants.documents(), Duration.ZERO);
            }
        });
        return WRITERS * ROTATIONS * 1e9 / (System.nanoTime() - begun);
    }
}
