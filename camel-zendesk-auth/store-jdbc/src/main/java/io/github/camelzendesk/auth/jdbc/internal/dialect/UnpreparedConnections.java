package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

import io.github.camelzendesk.auth.jdbc.internal.connections.Connections;

/**
 * Connections to PostgreSQL through a pooler, on which the driver prepares no statement by name: the pooler may give
 * its next use to another session, which does not know it. Thread-safe.
 */
public final class UnpreparedConnections implements Connections {
    private final Connections connections;
    // A connection of the application goes back to it as it came.
    private final Map<Connection, Integer> thresholds = Collections.synchronizedMap(new IdentityHashMap<>());

    public UnpreparedConnections(Connections connections) {
        this.connections = connections;
    }

    @Override
    public String shown() {
        return connections.shown();
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = connections.open();
        try {
            thresholds.put(connection, PostgreSql.replaceThreshold(connection, 0));
            return connection;
        } catch (SQLException e) {
            giveBack(connection);
            throw e;
        }
    }

    @Override
    public void giveBack(Connection connection) throws SQLException {
        Integer threshold = thresholds.remove(connection);
        try {
            if (threshold != null && !connection.isClosed()) {
                PostgreSql.replaceThreshold(connection, threshold);
            }
        } finally {
            connections.giveBack(connection);
        }
    }

    @Override
    public boolean arePooled() {
        return connections.arePooled();
    }

    @Override
    public void keepAtHand(boolean keep) {
        connections.keepAtHand(keep);
    }

    @Override
    public String redact(String message) {
        return connections.redact(message);
    }
}
