package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * The status of a connection, as plain values without a secret. Reads the settings. Thread-safe.
 */
final class StatusView {
    private final Connection connection;
    private final SettingsStore store;
    private final @Nullable RefreshCoordinator coordinator;
    private final InstantSource clock;

    StatusView(
            Connection connection, SettingsStore store, @Nullable RefreshCoordinator coordinator, InstantSource clock) {
        this.connection = connection;
        this.store = store;
        this.coordinator = coordinator;
        this.clock = clock;
    }

    Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("connection", connection.name());
        status.put("url", connection.url());
        status.put("authScheme", connection.credentials().authScheme());
        if (coordinator == null) {
            status.put("state", "READY");
        } else {
            putSettings(status, coordinator);
        }
        return status;
    }

    private void putSettings(Map<String, Object> status, RefreshCoordinator able) {
        status.put("settingsLocation", store.identity());
        putKnown(status, able);
        status.put("settingsDirty", able.source().isDirty());
        status.put("lastOutcome", able.health().lastOutcome());
        put(status, "nextRefresh", able.health().nextRefresh());
        ZendeskAuthException shortfall = able.health().shortfall();
        put(status, "shortfall", shortfall == null ? null : shortfall.getMessage());
    }

    private void putKnown(Map<String, Object> status, RefreshCoordinator able) {
        try {
            OAuthSettings known = able.source().known();
            status.put("state", state(known, able));
            status.put("generation", known.generation());
            putTokens(status, known.tokens());
            if (known.ended() != null) {
                put(status, "authorizationRequired", known.ended().reason());
            }
        } catch (SettingsStoreException e) {
            status.put("state", "SETTINGS_UNAVAILABLE");
            put(status, "reason", e.getMessage());
        }
    }

    private String state(OAuthSettings known, RefreshCoordinator able) {
        if (able.health().isUnderWay()) {
            return "REFRESHING";
        }
        boolean over = known.ended() != null || known.tokens() == null;
        if (over && able.source().canBegin(known)) {
            return "NO_TOKEN";
        }
        if (known.ended() != null) {
            return "AUTHORIZATION_REQUIRED";
        }
        if (known.tokens() == null) {
            return connection.credentials() instanceof Credentials.Grant ? "NO_GRANT" : "NO_TOKEN";
        }
        return isFresh(able.token(), clock) ? "READY" : "EXPIRED";
    }

    private void putTokens(Map<String, Object> status, @Nullable TokenPair tokens) {
        if (tokens != null) {
            if (KeepAlive.isEndangered(tokens, clock.instant())) {
                put(status, "warning", "the refresh token expires within a week, and could not be rotated so far");
            }
            status.put("obtainedAt", tokens.obtainedAt().toString());
            put(status, "expiresAt", tokens.expiresAt());
            put(status, "refreshTokenExpiresAt", tokens.refreshExpiresAt());
            put(status, "scope", tokens.scope());
            status.put("refreshable", tokens.refreshToken() != null);
        }
    }

    /** Does not count as a use of the token, which would have it renewed ahead of its end. */
    private static boolean isFresh(@Nullable ExpiringAuthorization authorization, InstantSource clock) {
        return authorization != null && authorization.isFresh(clock.millis());
    }

    private static void put(Map<String, Object> status, String key, @Nullable Object value) {
        if (value != null) {
            status.put(key, value instanceof Instant instant ? instant.toString() : value);
        }
    }
}
