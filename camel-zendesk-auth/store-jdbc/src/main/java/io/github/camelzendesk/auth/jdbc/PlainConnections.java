package io.github.camelzendesk.auth.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Connections by a plain URL, of which one that is idle is kept as long as somebody waits for changes. Safe for use by
 * several threads.
 */
final class PlainConnections implements Connections {
    private static final int VALID_SECONDS = 5;

    private final JdbcUrl url;
    private final AtomicReference<@Nullable Connection> spare = new AtomicReference<>();
    private volatile boolean keeps;

    PlainConnections(JdbcUrl url) {
        this.url = url;
    }

    @Override
    public String shown() {
        return url.toString();
    }

    @Override
    public Connection open() throws SQLException {
        Connection kept = spare.getAndSet(null);
        if (kept != null && kept.isValid(VALID_SECONDS)) {
            return kept;
        }
        closeQuietly(kept);
        return DriverManager.getConnection(url.reveal());
    }

    @Override
    public void giveBack(Connection connection) {
        if (!keeps || isClosed(connection) || !spare.compareAndSet(null, connection)) {
            closeQuietly(connection);
        } else if (!keeps) {
            closeQuietly(spare.getAndSet(null));
        }
    }

    @Override
    public boolean arePooled() {
        return false;
    }

    @Override
    public void keepAtHand(boolean keep) {
        keeps = keep;
        if (!keep) {
            closeQuietly(spare.getAndSet(null));
        }
    }

    @Override
    public String redact(String message) {
        return url.redact(message);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // It was of no use any more.
        }
    }
}
