package io.github.camelzendesk.auth.testkit;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * An API request that reached the stand-in. Immutable.
 *
 * @param status what was answered; 0 for a connection that was reset instead
 */
public record ApiRequestSeen(Instant at, String method, String path, int status, Map<String, String> headers) {
    /** A header, whatever its case. */
    public @Nullable String header(String name) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return anyCase.get(name);
    }

    @Override
    public String toString() {
        return "ApiRequestSeen[" + method + " " + path + " " + status + "]";
    }
}
