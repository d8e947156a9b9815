package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.Authorizer;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.Renewal;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.Settings;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.Tokens;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
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
    private final @Nullable Authorizer authorizer;

    StatusView(
            Connection connection,
            SettingsStore store,
            @Nullable RefreshCoordinator coordinator,
            EngineContext context) {
        this.connection = connection;
        this.store = store;
        this.coordinator = coordinator;
        this.clock = context.clock();
        this.authorizer = context.authorizer();
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
            boolean over = able.source().needsPerson(known);
            return status(scheme, able.health().state(over), settings(known, over, able), able);
        } catch (SettingsStoreException e) {
            Settings unknown =
                    new Settings(store.identity(), able.source().isDirty(), e.getMessage(), null, null, null);
            return status(scheme, able.health().state(), unknown, able);
        }
    }

    private ConnectionStatus status(String scheme, ConnectionState state, Settings settings, RefreshCoordinator able) {
        ZendeskAuthException shortfall = able.health().shortfall();
        Renewal renewal = new Renewal(
                able.health().isUnderWay(),
                able.health().lastOutcome(),
                able.health().nextRefresh(),
                shortfall == null ? null : shortfall.getMessage(),
                authorizer == null ? null : authorizer.address());
        return new ConnectionStatus(connection.name(), connection.url(), scheme, state, settings, renewal);
    }

    private Settings settings(OAuthSettings known, boolean over, RefreshCoordinator able) {
        String missing = over ? AuthorizationRequired.Reason.NO_GRANT.name() : null;
        return new Settings(
                store.identity(),
                able.source().isDirty(),
                null,
                known.generation(),
                known.tokens() == null ? null : tokens(known.tokens()),
                known.ended() == null ? missing : known.ended().reason());
    }

    private Tokens tokens(TokenPair tokens) {
        return new Tokens(
                tokens.obtainedAt(),
                tokens.expiresAt(),
                tokens.refreshExpiresAt(),
                KeepAlive.due(tokens),
                tokens.scope(),
                tokens.refreshToken() != null,
                KeepAlive.isEndangered(tokens, clock.instant())
                        ? "the refresh token expires within a week, and could not be rotated so far"
                        : null);
    }
}
