package io.github.camelzendesk.auth.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Looks at the versions of all rows that are waited for once a second, many in one statement. Stateless. */
record Polling(Connections connections, Table table) {
    private static final long EVERY_MILLIS = 1_000;

    void follow(RowWatchers watchers) throws SQLException, InterruptedException {
        do {
            List<String> keys = watchers.keys();
            watchers.versions().changed(keys, versions(keys)).forEach(watchers::tell);
        } while (!watchers.awaitStop(EVERY_MILLIS));
    }

    private Map<String, Long> versions(List<String> keys) throws SQLException {
        try (BorrowedConnection lease = BorrowedConnection.take(connections)) {
            return table.versions(lease.connection(), keys);
        }
    }
}
