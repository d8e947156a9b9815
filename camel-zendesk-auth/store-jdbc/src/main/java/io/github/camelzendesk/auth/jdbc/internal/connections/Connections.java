package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections to a database come from. Implementations are thread-safe. */
public interface Connections {
    /** What may be shown of the place. */
    String shown();

    Connection open() throws SQLException;

    void giveBack(Connection connection) throws SQLException;

    /** Whether others use the connections as well, so that each one that is kept is one less for them. */
    boolean arePooled();

    /** Whether it pays to keep an idle connection: a store waits for changes. */
    default void keepAtHand(boolean keep) {}

    /** A message of the driver or the pool without what it may have quoted. */
    String redact(String message);
}
