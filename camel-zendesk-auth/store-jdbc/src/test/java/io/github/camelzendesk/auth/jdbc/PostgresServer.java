package io.github.camelzendesk.auth.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** One PostgreSQL for all tests of this JVM. */
final class PostgresServer extends LocalPostgres {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static PostgresServer running;

    private PostgresServer(Path programs) throws IOException, InterruptedException {
        // It is never ended by force while its rows count.
        super(programs, "max_connections=60", "fsync=off");
    }

    /** Skips the test where the package is not installed. */
    static synchronized PostgresServer running() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        assumeTrue(programs.isPresent(), "PostgreSQL is missing: apt-get install postgresql");
        if (running == null) {
            running = new PostgresServer(programs.get());
        }
        return running;
    }

    static String newTable() {
        return "settings_" + TABLES.incrementAndGet();
    }

    /** What a row holds, as bytes; null when there is no such row. */
    byte @Nullable [] settings(String table, String name) throws SQLException {
        List<String> rows = query("SELECT settings FROM " + table + " WHERE name = '" + name + "'");
        return rows.isEmpty() ? null : rows.get(0).getBytes(StandardCharsets.UTF_8);
    }

    /** Replaces what a row holds, as an operator could. */
    void overwrite(String table, String name, byte[] content) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE " + table + " SET settings = ? WHERE name = ?")) {
            update.setString(1, new String(content, StandardCharsets.UTF_8));
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    /** Cuts the sessions that hold an advisory lock, and waits until they are gone. */
    boolean breakLocks() throws SQLException {
        return !query("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted")
                .isEmpty();
    }
}
