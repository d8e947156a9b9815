package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.jdbc.internal.changes.RowWatchers;

/** What databases do each in a way of their own. Implementations are thread-safe. */
public interface Dialect {
    /** The name of the file that creates the tables. */
    String script();

    /** Takes the lock of a row, there or not; empty when another held it for all of that time. */
    Optional<RowLock> lock(String key, Duration patience) throws SQLException, InterruptedException;

    /**
     * Writes a row, and tells those who wait for it where the database can.
     *
     * @param told whether it is of use to them
     * @param version that the row must have; {@link Row#NONE} when there must be none
     * @return false when that is not so, or a higher generation stands there
     */
    boolean write(Connection connection, String key, long version, long generation, String settings, boolean told)
            throws SQLException;

    /** Tells the watchers of changes until it is stopped. Throws when it cannot any more. */
    void follow(RowWatchers watchers) throws SQLException, InterruptedException;
}
