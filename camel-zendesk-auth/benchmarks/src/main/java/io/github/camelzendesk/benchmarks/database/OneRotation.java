package io.github.camelzendesk.benchmarks.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.DefaultTokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.benchmarks.Table;

/**
 * What the server counts for one rotation by a real manager that listens, as every replica does: the difference of many
 * rotations and few, each in sessions of their own, so that opening and closing drop out.
 */
final class OneRotation {
    private static final int FEW = 20;
    private static final int MANY = 220;
    private static final String COUNTERS =
            """
            SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat%'
            UNION ALL SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = 'postgres'
            UNION ALL SELECT wal_sync FROM pg_stat_wal
            UNION ALL SELECT wal_bytes FROM pg_stat_wal""";

    private final Server server;

    OneRotation(Server server) {
        this.server = server;
    }

    void run() throws Exception {
        sample(FEW); // Creates the table.
        double[] few = sample(FEW);
        double[] many = sample(MANY);
        Object[] each = new Object[few.length];
        for (int i = 0; i < few.length; i++) {
            each[i] = (many[i] - few[i]) / (MANY - FEW);
        }
        new Table(
                        "One rotation by the operation refresh, with the status that it returns",
                        "statements",
                        "transactions",
                        "WAL fsyncs",
                        "WAL bytes")
                .row(each);
    }

    private double[] sample(int rotations) throws Exception {
        server.execute("CHECKPOINT");
        double[] before = counters();
        try (ZendeskServer zendesk = ZendeskServer.start();
                TokenManager manager = manager(zendesk)) {
            for (int i = 0; i < rotations; i++) {
                manager.refresh().get(30, TimeUnit.SECONDS);
                // One by one: the manager has looked at what the last one's NOTIFY told it.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            }
        }
        awaitEndOfSessions();
        double[] after = counters();
        for (int i = 0; i < after.length; i++) {
            after[i] -= before[i];
        }
        return after;
    }

    private TokenManager manager(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        SettingsStore store = SettingsStores.open(
                server.url() + "&zendesk.table=one_rotation",
                "acme@" + zendesk.port(),
                SettingsCodec.of(zendesk.url(), client.identifier(), null),
                TenantTable.beans("none"));
        Connection connection = new Connection(
                "acme",
                zendesk.url(),
                new Credentials.Grant(
                        new OAuthClient(client.identifier(), Secret.of(client.secret())),
                        "http://localhost:33333",
                        "read write",
                        new Credentials.Bootstrap(
                                null,
                                Secret.of(zendesk.issue(client, "read write").refreshToken()),
                                null,
                                null)),
                new Connection.Endpoints(zendesk.url() + "/oauth/tokens", zendesk.url() + "/oauth/authorizations/new"),
                new Connection.Lifetimes(Duration.ofMinutes(30), Duration.ofDays(30)),
                new Connection.Timeouts(
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
        return server.query(COUNTERS).stream().mapToDouble(Double::parseDouble).toArray();
    }
}
