package io.github.camelzendesk.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.camelzendesk.benchmarks.Table;

/** What a connection takes on the disk: when its row is new, and when it was rotated with autovacuum on. */
final class Rows {
    private static final List<Documents> ALL =
            List.of(Documents.PLAIN, new Documents(false, true), new Documents(true, false), new Documents(true, true));
    private static final int MANY = 1_000_000;
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
    private final Table table = new Table("Bytes a row", "document", "rows", "rotations", "document", "table", "index");

    Rows(Server server) {
        this.server = server;
    }

    void run(int rows) throws Exception {
        for (Documents documents : ALL) {
            // Ten gigabytes of the larger ones would tell nothing new.
            if (rows < MANY || documents.equals(Documents.PLAIN)) {
                measure(documents, rows);
            }
        }
    }

    private void measure(Documents documents, int rows) throws Exception {
        // The store remembers of a name that it has made the table.
        TenantTable tenants = TenantTable.create(server, "bytes_" + tables++, documents, rows);
        row(tenants, rows, 0);
        server.execute(ROTATE.formatted(tenants.table()));
        for (int rotations = 2; rotations <= 4; rotations += 2) {
            rotate(documents);
            rotate(documents);
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2)); // The statistics come a second late.
            row(tenants, rows, rotations);
            awaitVacuum(tenants.table());
        }
        tenants.drop();
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

    private void awaitVacuum(String name) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(VACUUM_SECONDS);
        while (server.number("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = '" + name + "'") > 1_000
                && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private void row(TenantTable tenants, int rows, int rotations) throws SQLException {
        String name = tenants.table();
        table.row(
                tenants.documents().label(),
                rows,
                rotations,
                server.number("SELECT max(length(settings)) FROM " + name),
                server.number("SELECT pg_table_size('" + name + "')") / rows,
                server.number("SELECT pg_indexes_size('" + name + "')") / rows);
    }
}
