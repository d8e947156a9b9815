package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;

/**
 * The lock of a row in the lock table, held by an SQL transaction that stays open; reads and writes go through a second
 * connection, so that they are seen and durable at once. For one thread at a time.
 */
final class ForUpdateLock implements RowLock {
    private static final long SHORTEST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 250;

    private final BorrowedConnection locking;
    private final BorrowedConnection writing;
    private final Table table;
    private final String key;

    private ForUpdateLock(BorrowedConnection locking, BorrowedConnection writing, Table table, String key) {
        this.locking = locking;
        this.writing = writing;
        this.table = table;
        this.key = key;
    }

    /** Takes over both leases, and gives them back when the lock is not to be had. */
    static Optional<RowLock> take(
            BorrowedConnection locking, BorrowedConnection writing, Table table, String key, long deadline)
            throws SQLException, InterruptedException {
        ForUpdateLock lock = new ForUpdateLock(locking, writing, table, key);
        boolean taken = false;
        try {
            lock.ensureRow();
            locking.connection().setAutoCommit(false);
            taken = lock.poll(deadline);
            return taken ? Optional.of(lock) : Optional.empty();
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    @Override
    public Connection connection() {
        return writing.connection();
    }

    @Override
    public boolean isHeld() {
        try {
            return !locking.isOver() && select("");
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        writing.close();
        if (locking.isOver()) {
            return;
        }
        try {
            if (!locking.connection().getAutoCommit()) {
                locking.connection().rollback();
            }
            locking.close();
        } catch (SQLException e) {
            locking.abort();
        }
    }

    private void ensureRow() throws SQLException {
        if (select("")) {
            return;
        }
        try (PreparedStatement insert =
                locking.connection().prepareStatement("INSERT INTO " + table.lockName() + " (name) VALUES (?)")) {
            insert.setString(1, key);
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!Table.isDuplicate(e)) {
                throw e;
            }
            // Another process was quicker.
        }
    }

    /**
     * A row that is locked is skipped, so that no result means "busy". A wait in the database would be bounded by
     * other means in each, and end with another error.
     */
    private boolean poll(long deadline) throws SQLException, InterruptedException {
        long pause = SHORTEST_MILLIS;
        while (!select(" FOR UPDATE SKIP LOCKED")) {
            locking.connection().rollback();
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(
                    Math.min(left, ThreadLocalRandom.current().nextLong(pause / 2, pause)));
            pause = Math.min(LONGEST_MILLIS, pause * 2);
        }
        return true;
    }

    private boolean select(String suffix) throws SQLException {
        try (PreparedStatement select = locking.connection()
                .prepareStatement("SELECT name FROM " + table.lockName() + " WHERE name = ?" + suffix)) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
