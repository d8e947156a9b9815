package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.Connection;

/**
 * The lock of one row, which its holder's database session keeps, for as long as that lives. For one thread at a time.
 */
public interface RowLock extends AutoCloseable {
    /** A connection in autocommit mode, to read and write the row with. */
    Connection connection();

    /** Whether it still excludes others; asks the database. */
    boolean isHeld();

    /** Gives it back; when that is in doubt, ends the session rather than leave a lock behind. */
    @Override
    void close();
}
