package io.github.camelzendesk.auth.jdbc;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The version of each row of which its watchers were told last, so that after a time without news only those are told
 * whose row has another one. For one thread at a time: the one that tells.
 */
final class NotifiedVersions {
    private final Map<String, Long> told = new HashMap<>();
    private Map<String, Long> recent = Map.of();

    /** Notes what was told; a text that is no number is the message of somebody else. */
    void tell(String key, String version) {
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
    void read(Map<String, Long> versions) {
        told.putAll(recent);
        recent = versions;
    }

    /** Which rows are others than those that were told of. They are taken as told. */
    List<String> changed(Collection<String> keys, Map<String, Long> now) {
        recent = Map.of();
        // Of a list each key would be looked for from its beginning.
        told.keySet().retainAll(Set.copyOf(keys));
        return keys.stream()
                .filter(key -> {
                    Long version = now.getOrDefault(key, Row.NONE);
                    return !version.equals(told.put(key, version));
                })
                .toList();
    }
}
