package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;

/**
 * Connections by a plain URL. As long as somebody waits for changes, those that are idle are kept: as many as there are
 * threads that renew, so that many rows are read without a login at the database for each. One is kept for good, the
 * others until nobody has needed them for a while. Thread-safe.
 */
public final class PlainConnections implements Connections {
    private static final int VALID_SECONDS = 5;
    private static final int MOST_IDLE = 16;
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    private final JdbcUrl url;
    private final LongSupplier nanoTime;
    // The one that was used last comes first, so that those beyond need stay at the end.
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean keeps;

    /** A connection that nobody uses, and since when. */
    private record Idle(Connection connection, long since) {}

    public PlainConnections(JdbcUrl url, LongSupplier nanoTime) {
        this.url = url;
        this.nanoTime = nanoTime;
    }

    @Override
    public String shown() {
        return url.toString();
    }

    @Override
    public Connection open() throws SQLException {
        for (Idle kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.connection.isValid(VALID_SECONDS)) {
                return kept.connection;
            }
            closeQuietly(kept);
        }
        return DriverManager.getConnection(url.reveal());
    }

    @Override
    public void giveBack(Connection connection) {
        Idle back = new Idle(connection, nanoTime.getAsLong());
        if (!keeps || isClosed(connection) || idle.size() >= MOST_IDLE) {
            closeQuietly(back);
            return;
        }
        idle.push(back);
        closeLongIdle(back.since);
        // After whatever was put there: it may have been said meanwhile that nobody waits any more.
        if (!keeps) {
            closeAll();
        }
    }

    /** All but the first of those that were not needed for a while. */
    private void closeLongIdle(long now) {
        for (Idle last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (idle.isEmpty() || now - last.since <= LONGEST_IDLE.toNanos()) {
                idle.addLast(last);
                return;
            }
            closeQuietly(last);
        }
    }

    private void closeAll() {
        for (Idle kept = idle.poll(); kept != null; kept = idle.poll()) {
            closeQuietly(kept);
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
            closeAll();
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

    private static void closeQuietly(Idle kept) {
        try {
            kept.connection.close();
        } catch (SQLException e) {
            // It was of no use any more.
        }
    }
}
