package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.rotation.ErrorMessages;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Asks Zendesk whose credentials a connection has, without spending anything. Blocks on the store and on Zendesk.
 * Thread-safe.
 */
final class Verification {
    private final Connection connection;
    private final SettingsStore store;
    private final AuthorizationServer server;
    private final @Nullable RefreshCoordinator coordinator;
    private final InstantSource clock;

    Verification(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            @Nullable RefreshCoordinator coordinator,
            InstantSource clock) {
        this.connection = connection;
        this.store = store;
        this.server = server;
        this.coordinator = coordinator;
        this.clock = clock;
    }

    Map<String, Object> verify() {
        if (connection.credentials() instanceof Credentials.Fixed fixed) {
            return identity(fixed.header());
        }
        RefreshCoordinator able = Objects.requireNonNull(coordinator);
        OAuthSettings known = able.source().known();
        return able.source().settings().isUnseen(known)
                ? verifyConfigured(((Credentials.Grant) connection.credentials()).bootstrap())
                : verifyStored(able, known);
    }

    /** The next use begins with these tokens. */
    private Map<String, Object> verifyConfigured(Credentials.Bootstrap configured) {
        Secret token = configured.accessToken();
        if (token != null && !isOver(configured.expiresAt())) {
            return identity(bearer(token));
        }
        return unverified(
                configured.refreshToken() == null
                        ? "the configured access token has expired"
                        : "the configured refresh token is not used yet, and only its use could tell more");
    }

    private Map<String, Object> verifyStored(RefreshCoordinator able, OAuthSettings known) {
        ExpiringAuthorization current = able.token();
        if (current != null && current.isFresh(clock.millis())) {
            return identity(current.peek());
        }
        TokenPair stored = known.tokens();
        if (stored != null) {
            Secret token = isOver(stored.expiresAt()) ? null : stored.accessToken();
            return token != null
                    ? identity(bearer(token))
                    : unverified(
                            "the access token has expired, and only a rotation could tell more: the next use renews it");
        }
        if (able.source().canBegin(known)) {
            return unverified("the configured code is not used yet");
        }
        throw ErrorMessages.noGrant(connection, store);
    }

    private boolean isOver(@Nullable Instant end) {
        return end != null && !clock.instant().isBefore(end);
    }

    private static Secret bearer(Secret token) {
        return Secret.of("Bearer " + token.reveal());
    }

    private static Map<String, Object> unverified(String reason) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("verified", false);
        answer.put("reason", reason);
        return answer;
    }

    Map<String, Object> identity(Authorization authorization) {
        return identity(Secret.of(authorization.headerValue()));
    }

    private Map<String, Object> identity(Secret header) {
        Map<String, Object> identity = server.whoAmI(header);
        if (identity.isEmpty()) {
            throw nobody();
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("verified", true);
        answer.putAll(identity);
        return answer;
    }

    private ZendeskAuthException nobody() {
        String where = "Zendesk knows nobody by the credentials of connection " + connection.describe() + ": ";
        return switch (connection.credentials().authScheme()) {
            case "Basic" ->
                new ConfigurationRefused(where + "check user and password. Zendesk withdrew password access"
                        + " in January 2026: use OAuth (authScheme=OAuthClient, or initiateOAuth=GETANDREFRESH).");
            case "APIToken" ->
                new ConfigurationRefused(where + "check user and apiToken. All API tokens end on 30 April"
                        + " 2027: use OAuth (authScheme=OAuthClient, or initiateOAuth=GETANDREFRESH).");
            default ->
                new AuthorizationRequired(
                        AuthorizationRequired.Reason.REFUSED,
                        where
                                + "the access token was revoked or has expired. It is renewed when a call meets the refusal, or"
                                + " by operation=refresh.");
        };
    }
}
