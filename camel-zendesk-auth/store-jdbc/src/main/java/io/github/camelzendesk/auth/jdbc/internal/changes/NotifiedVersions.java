package io.github.camelzendesk.auth.jdbc.internal.changes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The version of each row of which its watchers were told last, so that after a time without news only those are told
 * whose row has another one. For one thread at a time: the one that tells.
 */
public final class NotifiedVersions {
    private final Map<String, Long> told = new HashMap<>();
    private Map<String, Long> recent = Map.of();

    /** Notes what was told; a text that is no number is the message of somebody else. */
    public void tell(String key, String version) {
        try {
            told.put(key, Long.valueOf(version));
        } catch (NumberFormatException e) {
            told.remove(key);
        }
    }

    /**
     * Notes the versions of rows whose watchers came while changes were told, and have read them since.
     *
     * <p>They count from the next time on: news of the same change that are on their way have arrived by then, or got
     * lost together with these.
     */
    public void read(Map<String, Long> versions) {
        told.putAll(recent);
        recent = versions;
    }

    /** Which rows are others than those that were told of. They are taken as told. */
    public List<String> changed(Map<String, Long> now) {
        recent = Map.of();
        told.keySet().retainAll(now.keySet());
        return now.entrySet().stream()
                .filter(row -> !row.getValue().equals(told.put(row.getKey(), row.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }
}
