package io.github.camelzendesk.benchmarks.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.DefaultTokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * What the server counts for one rotation by a real manager that listens, as every replica does. A few rotations and
 * many are run, each in sessions of their own; what is shown is the difference, so that opening and closing drop out.
 */
final class OneRotation {
    private static final int FEW = 20;
    private static final int MANY = 220;
    private static final String TABLE = "one_rotation";
    private static final String STATEMENTS =
            " FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat%' AND query NOT LIKE '%one_rotation_outside%'";

    private final Server server;
    private final Map<String, Double> byStatement = new TreeMap<>();

    OneRotation(Server server) {
        this.server = server;
    }

    void run() throws Exception {
        Report report = Report.of(
                "rotation",
                "One rotation by the operation refresh: with the status that it answers, and the look that its NOTIFY causes",
                "connections",
                "statements",
                "SQL transactions",
                "round trips",
                "new connections",
                "bytes on the wire",
                "WAL bytes",
                "WAL fsyncs");
        row(report, "pool of 10", true);
        row(report, "plain URL", false);
        Report statements = Report.of("statements", "Its statements (plain URL)", "statement", "calls a rotation");
        byStatement.forEach((sql, calls) -> statements.row('`' + sql + '`', calls));
    }

    private void row(Report report, String label, boolean pooled) throws Exception {
        sample(pooled, FEW);
        byStatement.clear();
        double[] few = sample(pooled, FEW);
        byStatement.replaceAll((sql, calls) -> -calls);
        double[] many = sample(pooled, MANY);
        byStatement.replaceAll((sql, calls) -> calls / (MANY - FEW));
        byStatement.values().removeIf(calls -> calls < 0.01);
        Double[] each = new Double[few.length];
        for (int i = 0; i < few.length; i++) {
            each[i] = (many[i] - few[i]) / (MANY - FEW);
        }
        report.row(label, each);
    }

    private double[] sample(boolean pooled, int rotations) throws Exception {
        server.execute("DROP TABLE IF EXISTS one_rotation", "SELECT pg_stat_statements_reset()", "CHECKPOINT");
        double[] before = counters();
        try (CountingProxy proxy = new CountingProxy(server.port());
                TokenServer zendesk = new TokenServer()) {
            if (pooled) {
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl(Server.url(proxy.port()));
                try (HikariDataSource pool = new HikariDataSource(config)) {
                    rotate("jdbc:bean:pool?createTable=true&table=" + TABLE, pool, zendesk.url(), rotations);
                }
            } else {
                rotate(Server.url(proxy.port()) + "&zendesk.table=" + TABLE, proxy, zendesk.url(), rotations);
            }
            awaitEndOfSessions();
            double[] after = counters();
            statements();
            return new double[] {
                after[0],
                after[1] - before[1],
                proxy.roundTrips.sum(),
                proxy.connections.sum(),
                proxy.bytes.sum(),
                after[2] - before[2],
                after[3] - before[3]
            };
        }
    }

    private static void rotate(String location, Object bean, String zendesk, int rotations) throws Exception {
        SettingsStore store = SettingsStores.open(
                location, "acme@acme.zendesk.com", SettingsCodec.of(zendesk, "app", null), Tenants.beans(bean));
        try (SettingsTransaction transaction =
                store.begin(Duration.ofSeconds(10)).orElseThrow()) {
            OAuthSettings empty = OAuthSettings.empty(zendesk, "app");
            transaction.save(
                    empty.withNewLineage("a-lineage", Documents.PLAIN.first().tokens()));
        }
        try (TokenManager manager = manager(store, zendesk)) {
            for (int i = 0; i < rotations; i++) {
                manager.refresh().get(30, TimeUnit.SECONDS);
                // Rotations come one by one: what the last one told has been looked at.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            }
        }
    }

    private static TokenManager manager(SettingsStore store, String url) {
        io.github.camelzendesk.auth.oauth.Connection connection = new io.github.camelzendesk.auth.oauth.Connection(
                "acme",
                url,
                new Credentials.Grant(
                        new OAuthClient("app", Secret.of("secret")),
                        "http://localhost:33333",
                        "read write",
                        Credentials.Bootstrap.NONE),
                new io.github.camelzendesk.auth.oauth.Connection.Endpoints(
                        url + "/oauth/tokens", url + "/oauth/authorizations/new"),
                new io.github.camelzendesk.auth.oauth.Connection.Lifetimes(Duration.ofMinutes(30), Duration.ofDays(30)),
                new io.github.camelzendesk.auth.oauth.Connection.Timeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMinutes(5)));
        return DefaultTokenManager.open(connection, store, Transport.DEFAULT, null, TokenListener.NONE);
    }

    /** Sessions report what they did when they end. */
    private void awaitEndOfSessions() throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (server.number("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'") > 1
                && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private double[] counters() throws SQLException {
        return new double[] {
            server.number("SELECT coalesce(sum(calls), 0)" + STATEMENTS),
            server.number("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = 'postgres'"),
            server.number("SELECT pg_current_wal_lsn() - '0/0'"),
            server.number("SELECT wal_sync FROM pg_stat_wal")
        };
    }

    private void statements() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT regexp_replace(query, '\\s+', ' ', 'g'), sum(calls)" + STATEMENTS + " GROUP BY 1")) {
            while (row.next()) {
                String sql = row.getString(1);
                byStatement.merge(
                        sql.substring(0, Math.min(sql.length(), 90)).replace('|', '/'), row.getDouble(2), Double::sum);
            }
        }
    }
}
