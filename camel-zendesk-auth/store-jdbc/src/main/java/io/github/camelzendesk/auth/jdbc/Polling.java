package io.github.camelzendesk.auth.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at the versions of all rows that are waited for once a second, many in one statement. Stateless. */
record Polling(Connections connections, Table table) {
    private static final long EVERY_MILLIS = 1_000;
    private static final int KEYS_A_STATEMENT = 500;

    void follow(Watchers watchers) throws SQLException, InterruptedException {
        Map<String, Long> seen = new HashMap<>();
        do {
            List<String> keys = watchers.keys();
            seen.keySet().retainAll(keys);
            Map<String, Long> now = versions(keys);
            for (String key : keys) {
                Long version = now.getOrDefault(key, Row.NONE);
                if (!version.equals(seen.put(key, version))) {
                    watchers.tell(key);
                }
            }
        } while (!watchers.awaitStop(EVERY_MILLIS));
    }

    private Map<String, Long> versions(List<String> keys) throws SQLException {
        Map<String, Long> all = new HashMap<>();
        try (Lease lease = Lease.take(connections)) {
            for (int from = 0; from < keys.size(); from += KEYS_A_STATEMENT) {
                int to = Math.min(keys.size(), from + KEYS_A_STATEMENT);
                all.putAll(table.versions(lease.connection(), keys.subList(from, to)));
            }
        }
        return all;
    }
}
