package io.github.camelzendesk.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a connection takes on the disk: when its row is new, and when it was rotated twice with autovacuum on. */
final class Rows {
    private static final List<Documents> ALL =
            List.of(Documents.PLAIN, new Documents(false, true), new Documents(true, false), new Documents(true, true));
    private static final int MANY = 1_000_000;
    private static final int ROTATIONS = 2;
    private static final long VACUUM_SECONDS = 20;

    /** As the store does it, one row after the other in an order that is none, with a commit for each write. */
    private static final String ROTATE =
            """
            CREATE OR REPLACE PROCEDURE rotate(pending text, next text) LANGUAGE plpgsql AS $$
            DECLARE
              key text;
            BEGIN
              FOR key IN SELECT name FROM %1$s ORDER BY hashtext(name) LOOP
                UPDATE %1$s SET version = version + 1, settings = pending, updated_at = now() WHERE name = key;
                COMMIT;
                UPDATE %1$s SET generation = generation + 1, version = version + 1, settings = next,
                  updated_at = now() WHERE name = key;
                COMMIT;
              END LOOP;
            END $$""";

    private final Server server;
    private int tables;
    private final Report report = Report.of(
            "rows",
            "Bytes a row",
            "document, rows, state",
            "document",
            "heap",
            "TOAST",
            "index",
            "all",
            "all, MB",
            "HOT updates, %");

    Rows(Server server) {
        this.server = server;
    }

    void run(List<Integer> sizes) throws Exception {
        for (int rows : sizes) {
            for (Documents documents : ALL) {
                // Ten gigabytes of the larger ones would tell nothing new.
                if (rows < MANY || documents.equals(Documents.PLAIN)) {
                    measure(documents, rows);
                }
            }
        }
    }

    private void measure(Documents documents, int rows) throws Exception {
        Tenants tenants = Tenants.create(server, "bytes_" + tables++, documents, rows);
        row(tenants, rows, "new");
        server.execute(ROTATE.formatted(tenants.table()));
        rotate(documents, tenants, rows, "rotated twice");
        if (rows < MANY) {
            awaitVacuum(tenants.table());
            rotate(documents, tenants, rows, "rotated four times");
        }
        tenants.drop();
    }

    private void rotate(Documents documents, Tenants tenants, int rows, String state) throws SQLException {
        for (int i = 0; i < ROTATIONS; i++) {
            rotate(documents);
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2)); // The statistics come a second late.
        row(tenants, rows, state);
    }

    private void rotate(Documents documents) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                PreparedStatement call = connection.prepareStatement("CALL rotate(?, ?)")) {
            // What is measured here is space.
            statement.execute("SET synchronous_commit = off");
            call.setString(1, documents.encoded(Documents.pending(documents.first())));
            call.setString(2, documents.encoded(documents.first()));
            call.execute();
        }
    }

    private void awaitVacuum(String table) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(VACUUM_SECONDS);
        while (server.number("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = '" + table + "'") > 1_000
                && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private void row(Tenants tenants, int rows, String state) throws SQLException {
        double heap = size("pg_relation_size('%s')", tenants);
        double index = size("pg_indexes_size('%s')", tenants);
        double all = size("pg_total_relation_size('%s')", tenants);
        report.row(
                "%s, %d, %s".formatted(tenants.documents().label(), rows, state),
                size("max(length(settings)) FROM " + tenants.table(), tenants),
                heap / rows,
                (all - heap - index) / rows,
                index / rows,
                all / rows,
                all / (1 << 20),
                size(
                        "coalesce(100 * n_tup_hot_upd / nullif(n_tup_upd, 0), 0) FROM pg_stat_user_tables"
                                + " WHERE relname = '%s'",
                        tenants));
    }

    private double size(String what, Tenants tenants) throws SQLException {
        return server.number("SELECT " + what.replace("%s", tenants.table()));
    }
}
