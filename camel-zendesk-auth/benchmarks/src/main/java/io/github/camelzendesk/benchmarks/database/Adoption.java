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
import java.util.concurrent.atomic.AtomicInteger;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

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
    private volatile long began;
    private volatile CountDownLatch untold = new CountDownLatch(0);
    private final AtomicInteger ended = new AtomicInteger();
    private volatile Latencies each = new Latencies(0);
    private volatile String expected = "";

    Adoption(Server server) {
        this.server = server;
    }

    void run(int rows) throws Exception {
        Tenants tenants = Tenants.create(server, "adoption", Documents.PLAIN, rows);
        Report report = Report.of(
                "adoption",
                "From the begin of a save to those who listen",
                "replicas",
                "save p50 ms",
                "save p99 ms",
                "a replica p50 ms",
                "a replica p99 ms",
                "the last p50 ms",
                "the last p99 ms",
                "rotations/s, 1 writer",
                "rotations/s, " + WRITERS + " writers");
        for (int replicas : REPLICAS) {
            listen(replicas - listening.size());
            row(report, tenants, replicas);
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
                        each.add(System.nanoTime() - began);
                        untold.countDown();
                    }
                }
            }
        } catch (SQLException e) {
            ended.incrementAndGet();
        }
    }

    private void row(Report report, Tenants tenants, int replicas) throws Exception {
        Latencies save = new Latencies(SAVES);
        Latencies last = new Latencies(SAVES);
        each = new Latencies(SAVES * replicas);
        try (HikariDataSource pool = Pools.connections(server, WRITERS)) {
            for (int i = 0; i < SAVES; i++) {
                save(tenants.store(pool, 1), replicas, save, last);
            }
            expected = "";
            report.row(
                    Integer.toString(replicas),
                    save.millis(50),
                    save.millis(99),
                    each.millis(50),
                    each.millis(99),
                    last.millis(50),
                    last.millis(99),
                    rotationsASecond(tenants, pool, 1),
                    rotationsASecond(tenants, pool, WRITERS));
        }
    }

    private void save(SettingsStore store, int replicas, Latencies save, Latencies last) throws Exception {
        try (SettingsTransaction transaction =
                store.begin(Duration.ofSeconds(30)).orElseThrow()) {
            OAuthSettings next = Documents.PLAIN.next(transaction.load().orElseThrow());
            long version = server.number("SELECT version FROM adoption WHERE name = '" + Tenants.name(1) + "'");
            expected = Tenants.name(1) + " " + (version + 1);
            untold = new CountDownLatch(replicas);
            began = System.nanoTime();
            transaction.save(next);
            save.add(System.nanoTime() - began);
            if (!untold.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(untold.getCount() + " were not told, " + ended + " have ended");
            }
            last.add(System.nanoTime() - began);
        }
    }

    private static double rotationsASecond(Tenants tenants, HikariDataSource pool, int writers) throws Exception {
        long begun = System.nanoTime();
        Pools.inThreads(writers, number -> {
            for (int i = 0; i < ROTATIONS; i++) {
                int tenant = 2 + number + writers * ThreadLocalRandom.current().nextInt(1000);
                Writers.rotate(tenants.store(pool, tenant), tenants.documents(), Duration.ZERO);
            }
        });
        return writers * ROTATIONS * 1e9 / (System.nanoTime() - begun);
    }
}
