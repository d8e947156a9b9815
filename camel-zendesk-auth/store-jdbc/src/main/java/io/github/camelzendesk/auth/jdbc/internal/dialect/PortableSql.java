package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.camelzendesk.auth.jdbc.internal.changes.RowWatchers;
import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;
import io.github.camelzendesk.auth.jdbc.internal.connections.Connections;

/**
 * H2 and other databases, and PostgreSQL behind a pooler: the lock is that of a row in an open SQL transaction, and
 * changes are polled for. Thread-safe.
 */
public final class PortableSql implements Dialect {
    /** Who does not want to wait for the lock waits for a pair of connections all the same. */
    private static final Duration LEAST_TURN = Duration.ofSeconds(5);

    private final Connections connections;
    private final Table table;
    private final String script;
    // One at a time: two who have one connection each would wait for their second one for ever.
    private final Semaphore pair = new Semaphore(1, true);

    public PortableSql(Connections connections, Table table, String script) {
        this.connections = connections;
        this.table = table;
        this.script = script;
    }

    @Override
    public String script() {
        return script;
    }

    @Override
    public Optional<RowLock> lock(String key, Duration patience) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        if (!pair.tryAcquire(Math.max(patience.toNanos(), LEAST_TURN.toNanos()), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        BorrowedConnection locking;
        BorrowedConnection writing;
        try {
            locking = BorrowedConnection.take(connections);
            writing = second(locking);
        } finally {
            pair.release();
        }
        return ForUpdateLock.take(locking, writing, table, key, deadline);
    }

    /** Taken now and not when it is needed: then the new token is there, and nowhere to put it. */
    private BorrowedConnection second(BorrowedConnection first) throws SQLException, InterruptedException {
        try {
            return connections.arePooled()
                    ? BorrowedConnection.takeSecond(connections)
                    : BorrowedConnection.take(connections);
        } catch (SQLException | InterruptedException e) {
            first.close();
            throw e;
        }
    }

    @Override
    public boolean write(
            Connection connection, String key, long version, long generation, String settings, boolean told)
            throws SQLException {
        return version == Row.NONE
                ? table.insert(connection, key, generation, settings)
                : table.update(connection, key, version, generation, settings);
    }

    @Override
    public void follow(RowWatchers watchers) throws SQLException, InterruptedException {
        new Polling(connections, table).follow(watchers);
    }
}
