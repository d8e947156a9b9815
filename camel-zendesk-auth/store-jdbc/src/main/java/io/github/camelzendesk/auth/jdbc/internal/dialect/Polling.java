package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.github.camelzendesk.auth.jdbc.internal.changes.RowWatchers;
import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;
import io.github.camelzendesk.auth.jdbc.internal.connections.Connections;

/** Looks at the versions of all rows that are waited for once a second, many in one statement. Stateless. */
record Polling(Connections connections, Table table) {
    private static final long EVERY_MILLIS = 1_000;

    void follow(RowWatchers watchers) throws SQLException, InterruptedException {
        do {
            watchers.versions().changed(versions(watchers.keys())).forEach(watchers::tell);
        } while (!watchers.awaitStop(EVERY_MILLIS));
    }

    private Map<String, Long> versions(List<String> keys) throws SQLException {
        try (BorrowedConnection lease = BorrowedConnection.take(connections)) {
            return table.versions(lease.connection(), keys);
        }
    }
}
