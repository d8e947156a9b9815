package io.github.camelzendesk.auth.testkit;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A token request that reached the stand-in. Immutable. */
public record TokenRequestSeen(Instant at, String contentType, Map<String, String> parameters) {
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    public String grantType() {
        return parameters.getOrDefault("grant_type", "");
    }

    @Override
    public String toString() {
        return "TokenRequestSeen[" + grantType() + ", " + parameters.keySet() + "]";
    }
}
