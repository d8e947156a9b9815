package io.github.camelzendesk.auth.oauth;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection at one moment, without a secret. Immutable.
 *
 * @param connection the connection's name
 * @param url the origin of the account
 * @param authScheme the name of the {@code authScheme}
 * @param settings what is stored; null for credentials that never change
 * @param renewal what this process does about it; null for credentials that never change
 */
public record ConnectionStatus(
        String connection,
        String url,
        String authScheme,
        ConnectionState state,
        @Nullable Settings settings,
        @Nullable Renewal renewal) {

    /**
     * What the settings location holds, and memory where that is newer. Immutable.
     *
     * @param location the store's identity
     * @param dirty whether memory holds what the settings do not: the process must not end
     * @param unavailable why the settings cannot be read; null when they can
     * @param generation the number of rotations; null while it is unknown
     * @param tokens null when there are none
     * @param authorizationRequired why a person must log in, a constant of {@link AuthorizationRequired.Reason}; null when
     *     nobody must
     */
    public record Settings(
            String location,
            boolean dirty,
            @Nullable String unavailable,
            @Nullable Long generation,
            @Nullable Tokens tokens,
            @Nullable String authorizationRequired) {}

    /**
     * The pair of tokens, without the tokens. Immutable.
     *
     * @param expiresAt end of the access token; null while it is unknown
     * @param refreshExpiresAt end of the refresh token; null while it is unknown
     * @param rotationDue when the refresh token is to be rotated even if nobody uses the access token, so that it does not
     *     expire; null when it never expires, as far as we know
     * @param scope null when Zendesk named none
     * @param refreshable whether there is a refresh token
     * @param warning why the refresh token is about to lapse; null when it is not
     */
    public record Tokens(
            Instant obtainedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant refreshExpiresAt,
            @Nullable Instant rotationDue,
            @Nullable String scope,
            boolean refreshable,
            @Nullable String warning) {}

    /**
     * What this process does about the tokens. Immutable.
     *
     * @param underWay whether a token request, or a login, is under way
     * @param lastOutcome what became of the last attempt, and when
     * @param nextRefresh when the timer renews the access token; null when it will not
     * @param shortfall why there is no valid token; null when there is one, or the next caller may try
     * @param login the address that a person opens, while a login waits; null when none does. It is for the people of
     *     this machine, so the map does not have it
     */
    public record Renewal(
            boolean underWay,
            String lastOutcome,
            @Nullable Instant nextRefresh,
            @Nullable String shortfall,
            @Nullable URI login) {}

    /** The status of credentials that never change. */
    public static ConnectionStatus fixed(String connection, String url, String authScheme) {
        return new ConnectionStatus(connection, url, authScheme, ConnectionState.READY, null, null);
    }

    /** Whether memory holds what the settings do not: the process must not end. */
    public boolean isDirty() {
        return settings != null && settings.dirty();
    }

    /** The address that a person opens, while a login waits; null when none does. */
    public @Nullable URI login() {
        return renewal == null ? null : renewal.login();
    }

    /** Null when there are none. */
    public @Nullable Tokens tokens() {
        return settings == null ? null : settings.tokens();
    }

    /** Plain values by the names of the status map in the operations page; what is unknown is left out. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("connection", connection);
        map.put("url", url);
        map.put("authScheme", authScheme);
        map.put("state", state.name());
        if (settings != null) {
            put(map, settings);
        }
        if (renewal != null) {
            put(map, "refreshing", renewal.underWay() ? true : null);
            map.put("lastOutcome", renewal.lastOutcome());
            put(map, "nextRefresh", renewal.nextRefresh());
            put(map, "shortfall", renewal.shortfall());
        }
        return map;
    }

    private static void put(Map<String, Object> map, Settings settings) {
        map.put("settingsLocation", settings.location());
        map.put("settingsDirty", settings.dirty());
        put(map, "reason", settings.unavailable());
        put(map, "generation", settings.generation());
        if (settings.tokens() != null) {
            put(map, settings.tokens());
        }
        put(map, "authorizationRequired", settings.authorizationRequired());
    }

    private static void put(Map<String, Object> map, Tokens tokens) {
        put(map, "warning", tokens.warning());
        put(map, "obtainedAt", tokens.obtainedAt());
        put(map, "expiresAt", tokens.expiresAt());
        put(map, "refreshTokenExpiresAt", tokens.refreshExpiresAt());
        put(map, "scope", tokens.scope());
        map.put("refreshable", tokens.refreshable());
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value instanceof Instant instant ? instant.toString() : value);
        }
    }
}
