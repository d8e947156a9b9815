package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.SQLException;

/** That no connection could be had. Immutable. Its text and those of its causes are without URLs and passwords. */
final class ConnectFailure extends SQLException {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 5;

    private ConnectFailure(SQLException e, Connections connections) {
        super(connections.redact(String.valueOf(e.getMessage())), e.getSQLState(), e.getErrorCode());
        setStackTrace(e.getStackTrace());
        Throwable cause = e.getCause();
        if (cause != null) {
            initCause(redacted(cause, connections, DEEPEST));
        }
    }

    static ConnectFailure of(SQLException e, Connections connections) {
        return e instanceof ConnectFailure already ? already : new ConnectFailure(e, connections);
    }

    private static Throwable redacted(Throwable original, Connections connections, int depth) {
        Throwable cause = original.getCause();
        Exception copy = new Exception(
                original.getClass().getName() + ": " + connections.redact(String.valueOf(original.getMessage())),
                cause == null || depth == 0 ? null : redacted(cause, connections, depth - 1));
        copy.setStackTrace(original.getStackTrace());
        return copy;
    }
}
