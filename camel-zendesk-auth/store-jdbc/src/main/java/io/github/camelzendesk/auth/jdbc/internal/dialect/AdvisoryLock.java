package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;

/**
 * An advisory lock of a PostgreSQL session, which ends with the session. For one thread at a time.
 *
 * <p>Reads and writes go through the same session, so that one connection is enough, and a session that was cut can
 * write nothing. No SQL transaction is open meanwhile: a server may end those that are idle.
 */
final class AdvisoryLock implements RowLock {
    private static final Duration SLICE = Duration.ofSeconds(20);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final BorrowedConnection lease;
    private final long number;

    private AdvisoryLock(BorrowedConnection lease, long number) {
        this.lease = lease;
        this.number = number;
    }

    /** Takes over the lease, and gives it back when the lock is not to be had. */
    static Optional<RowLock> take(BorrowedConnection lease, Table table, String key, Duration patience)
            throws SQLException {
        try {
            AdvisoryLock lock = new AdvisoryLock(lease, number(lease.connection(), table, key));
            if (lock.acquire(patience)) {
                return Optional.of(lock);
            }
        } catch (SQLException | RuntimeException e) {
            lease.abort();
            throw e;
        }
        lease.close();
        return Optional.empty();
    }

    @Override
    public Connection connection() {
        return lease.connection();
    }

    @Override
    public boolean isHeld() {
        try {
            return !lease.isOver() && isGranted();
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean isGranted() throws SQLException {
        String sql = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                + " AND objsubid = 1 AND (classid::bigint << 32) | objid::bigint = ?";
        return ask(sql, number).isPresent();
    }

    @Override
    public void close() {
        if (lease.isOver()) {
            return;
        }
        try {
            if (ask("SELECT 1 WHERE pg_advisory_unlock(?)", number).isPresent()) {
                lease.close();
                return;
            }
        } catch (SQLException e) {
            // Whether it was given back is unknown: then the session must go.
        }
        lease.abort();
    }

    /** One number for one row, however the table is spelt: it is made of what the name of the table leads to. */
    private static long number(Connection connection, Table table, String key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT hashtextextended(?, to_regclass(?)::oid::bigint)")) {
            select.setString(1, key);
            select.setString(2, table.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long number = row.getLong(1);
                if (row.wasNull()) {
                    throw new SQLException("There is no table " + table.name(), "42P01");
                }
                return number;
            }
        }
    }

    private boolean acquire(Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            // First without waiting, which is one statement instead of four. It does not overtake waiters.
            if (ask("SELECT 1 WHERE pg_try_advisory_lock(?)", number).isPresent()) {
                return true;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            if (await(Math.min(left, SLICE.toMillis()))) {
                return true;
            }
        }
    }

    /**
     * Waits in the server's queue. Its limits are those of this SQL transaction, which ends with the wait; the lock
     * stays.
     */
    private boolean await(long millis) throws SQLException {
        Connection connection = lease.connection();
        connection.setAutoCommit(false);
        try {
            ask("SELECT set_config('lock_timeout', ?::text, true), set_config('statement_timeout', '0', true)", millis);
            ask("SELECT pg_advisory_lock(?)", number);
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                // A lock that is granted while the limit passes is the session's, although the statement fails.
                return isGranted();
            }
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private Optional<Object> ask(String sql, long parameter) throws SQLException {
        try (PreparedStatement select = lease.connection().prepareStatement(sql)) {
            select.setLong(1, parameter);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(sql) : Optional.empty();
            }
        }
    }
}
