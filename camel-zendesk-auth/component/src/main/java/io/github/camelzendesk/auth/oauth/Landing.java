package io.github.camelzendesk.auth.oauth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Brings the tokens of an answer into the store, and remembers when that failed: then memory holds the only copy. For one
 * thread at a time, within a transaction of the store; {@link #isDirty} may be asked by any.
 */
final class Landing {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private volatile boolean dirty;

    Landing(Connection connection) {
        this.connection = connection;
    }

    static String newLineage() {
        return UUID.randomUUID().toString();
    }

    /** Whether memory holds tokens that the store does not. */
    boolean isDirty() {
        return dirty;
    }

    /** Somebody else's tokens have taken the place of those that could not be stored. */
    void forgetDirty() {
        dirty = false;
    }

    /** Stores settings that are valid already; false when the store refuses, which costs nothing yet. */
    boolean keep(SettingsTransaction transaction, OAuthSettings settings) {
        try {
            transaction.save(settings);
            dirty = false;
            return true;
        } catch (SettingsStoreException e) {
            LOG.warn("Connection {}: the settings could not be stored. {}", connection.describe(), e.getMessage());
            return false;
        }
    }

    OAuthSettings land(
            SettingsTransaction transaction,
            OAuthSettings before,
            TokenRequest request,
            TokenResponse response,
            Instant sentAt) {
        OAuthSettings next = next(before, request, response, sentAt);
        save(transaction, next, request);
        LOG.info(
                "Connection {}: obtained an access token ({}, generation {}, expires {})",
                connection.describe(),
                request.grantType(),
                next.generation(),
                response.expiresIn() == null ? "at an unknown time" : "at " + sentAt.plus(response.expiresIn()));
        if (!(request instanceof TokenRequest.Refresh)) {
            warnWhenNarrower(response.scope());
        }
        return next;
    }

    private static OAuthSettings next(
            OAuthSettings before, TokenRequest request, TokenResponse response, Instant sentAt) {
        TokenPair old = before.tokens();
        if (request instanceof TokenRequest.Refresh && old != null) {
            return before.withNextTokens(renewed(response, old, sentAt));
        }
        TokenPair first = issued(response, sentAt);
        return request instanceof TokenRequest.ClientCredentials && old != null
                ? before.withNextTokens(first)
                : before.withNewLineage(newLineage(), first);
    }

    private static TokenPair issued(TokenResponse response, Instant sentAt) {
        return new TokenPair(
                response.accessToken(),
                response.refreshToken(),
                response.scope(),
                sentAt,
                Expiry.after(sentAt, response.expiresIn()),
                Expiry.after(sentAt, response.refreshExpiresIn()));
    }

    /** RFC 6749 section 6: without a new refresh token the old one stays in force, and without a scope its scope. */
    private static TokenPair renewed(TokenResponse response, TokenPair old, Instant sentAt) {
        TokenPair issued = issued(response, sentAt);
        boolean kept = issued.refreshToken() == null;
        return new TokenPair(
                issued.accessToken(),
                kept ? old.refreshToken() : issued.refreshToken(),
                issued.scope() == null ? old.scope() : issued.scope(),
                sentAt,
                issued.expiresAt(),
                kept && issued.refreshExpiresAt() == null ? old.refreshExpiresAt() : issued.refreshExpiresAt());
    }

    private void save(SettingsTransaction transaction, OAuthSettings next, TokenRequest request) {
        try {
            transaction.save(next);
            dirty = false;
        } catch (SettingsStoreException e) {
            if (request instanceof TokenRequest.ClientCredentials) {
                LOG.warn(
                        "Connection {}: the access token is kept in memory only. {}",
                        connection.describe(),
                        e.getMessage());
                return;
            }
            dirty = true;
            LOG.error(
                    "Connection {}: the new refresh token is in memory ONLY, and this process must not end before it"
                            + " is stored; storing is repeated until it succeeds. {}",
                    connection.describe(),
                    e.getMessage());
        }
    }

    /** Zendesk drops scopes that it does not know without a word, and the first call fails much later. */
    private void warnWhenNarrower(@Nullable String granted) {
        String asked = connection.credentials() instanceof Credentials.Grant grant
                ? grant.scope()
                : ((Credentials.ClientCredentials) connection.credentials()).scope();
        if (asked == null || granted == null) {
            return;
        }
        List<String> missing = new ArrayList<>(List.of(asked.split(" ")));
        missing.removeAll(List.of(granted.split(" ")));
        if (!missing.isEmpty()) {
            LOG.warn(
                    "Connection {}: Zendesk granted the scope '{}' and left out {}. Check the spelling in the option"
                            + " scope, and the allowed scopes of the OAuth client in Admin Center.",
                    connection.describe(),
                    granted,
                    missing);
        }
    }
}
