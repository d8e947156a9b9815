package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.Renewal;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.Settings;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.State;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.Tokens;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Makes the status of a connection. Reads the settings. Thread-safe.
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

    ConnectionStatus status() {
        String scheme = connection.credentials().authScheme();
        return coordinator == null
                ? ConnectionStatus.fixed(connection.name(), connection.url(), scheme)
                : status(scheme, coordinator);
    }

    private ConnectionStatus status(String scheme, RefreshCoordinator able) {
        try {
            OAuthSettings known = able.source().known();
            return status(scheme, state(known, able), settings(known, able), able);
        } catch (SettingsStoreException e) {
            Settings unknown =
                    new Settings(store.identity(), able.source().isDirty(), e.getMessage(), null, null, null);
            return status(scheme, State.SETTINGS_UNAVAILABLE, unknown, able);
        }
    }

    private ConnectionStatus status(String scheme, State state, Settings settings, RefreshCoordinator able) {
        ZendeskAuthException shortfall = able.health().shortfall();
        Renewal renewal = new Renewal(
                able.health().lastOutcome(),
                able.health().nextRefresh(),
                shortfall == null ? null : shortfall.getMessage());
        return new ConnectionStatus(connection.name(), connection.url(), scheme, state, settings, renewal);
    }

    private Settings settings(OAuthSettings known, RefreshCoordinator able) {
        return new Settings(
                store.identity(),
                able.source().isDirty(),
                null,
                known.generation(),
                known.tokens() == null ? null : tokens(known.tokens()),
                known.ended() == null ? null : known.ended().reason());
    }

    private State state(OAuthSettings known, RefreshCoordinator able) {
        if (able.health().isUnderWay()) {
            return State.REFRESHING;
        }
        boolean over = known.ended() != null || known.tokens() == null;
        if (over && able.source().canBegin(known)) {
            return State.NO_TOKEN;
        }
        if (known.ended() != null) {
            return State.AUTHORIZATION_REQUIRED;
        }
        if (known.tokens() == null) {
            return connection.credentials() instanceof Credentials.Grant ? State.NO_GRANT : State.NO_TOKEN;
        }
        return isFresh(able.token(), clock) ? State.READY : State.EXPIRED;
    }

    private Tokens tokens(TokenPair tokens) {
        return new Tokens(
                tokens.obtainedAt(),
                tokens.expiresAt(),
                tokens.refreshExpiresAt(),
                tokens.scope(),
                tokens.refreshToken() != null,
                KeepAlive.isEndangered(tokens, clock.instant())
                        ? "the refresh token expires within a week, and could not be rotated so far"
                        : null);
    }

    /** Does not count as a use of the token, which would have it renewed ahead of its end. */
    private static boolean isFresh(@Nullable ExpiringAuthorization authorization, InstantSource clock) {
        return authorization != null && authorization.isFresh(clock.millis());
    }
}
