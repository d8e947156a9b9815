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
 * Brings the tokens of an answer into the store, and remembers what could not be stored: then memory holds the only copy. For one
 * thread at a time, within a transaction of the store; {@link #isDirty} may be asked by any.
 */
final class Landing {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private volatile @Nullable Owed owed;

    /** What the store lacks, and the login that it held before. */
    private record Owed(OAuthSettings settings, String lineageBefore) {}

    Landing(Connection connection) {
        this.connection = connection;
    }

    static String newLineage() {
        return UUID.randomUUID().toString();
    }

    /** Whether memory holds what the store does not. */
    boolean isDirty() {
        return owed != null;
    }

    /** What memory holds and the store lacks, when it counts more than these; null otherwise. */
    @Nullable
    OAuthSettings outranking(@Nullable OAuthSettings stored) {
        Owed debt = owed;
        if (debt == null || stored == null) {
            return debt == null ? null : debt.settings;
        }
        // A login that somebody else has stored meanwhile is what a person wanted last.
        boolean known = stored.lineage().equals(debt.settings.lineage())
                || stored.lineage().equals(debt.lineageBefore);
        return known && stored.generation() <= debt.settings.generation() ? debt.settings : null;
    }

    /** Remembers what could not be stored. */
    void owe(OAuthSettings settings, String lineageBefore) {
        owed = new Owed(settings, lineageBefore);
    }

    /** Stores settings that descend from the latest there are, so that nothing is owed any more. */
    void store(SettingsTransaction transaction, OAuthSettings settings) {
        transaction.save(settings);
        owed = null;
    }

    /** Stores what is owed; false when the store refuses it still. */
    boolean settle(SettingsTransaction transaction) {
        OAuthSettings unsaved = outranking(transaction.load().orElse(null));
        if (unsaved == null) {
            owed = null;
            return true;
        }
        try {
            store(transaction, unsaved);
            return true;
        } catch (SettingsStoreException e) {
            // Said at its level when it began; this comes once a minute.
            LOG.debug("Connection {}: still unsaved. {}", connection.describe(), e.getMessage());
            return false;
        }
    }

    /** Stores settings that are valid already; false when the store refuses, which costs nothing yet. */
    boolean keep(SettingsTransaction transaction, OAuthSettings settings) {
        try {
            store(transaction, settings);
            return true;
        } catch (SettingsStoreException e) {
            LOG.warn("Connection {}: the settings could not be stored. {}", connection.describe(), e.getMessage());
            return false;
        }
    }

    /**
     * Stores the tokens of an answer, or remembers that they could not be.
     *
     * @param lineageBefore the login whose tokens the store holds so far
     * @param before the settings that these tokens descend from
     */
    OAuthSettings land(
            SettingsTransaction transaction,
            String lineageBefore,
            OAuthSettings before,
            TokenRequest request,
            TokenResponse response,
            Instant sentAt) {
        OAuthSettings next = next(before, request, response, sentAt);
        save(transaction, next, request, lineageBefore);
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

    private void save(SettingsTransaction transaction, OAuthSettings next, TokenRequest request, String lineageBefore) {
        try {
            store(transaction, next);
        } catch (SettingsStoreException e) {
            if (request instanceof TokenRequest.ClientCredentials) {
                LOG.warn(
                        "Connection {}: the access token is kept in memory only. {}",
                        connection.describe(),
                        e.getMessage());
                return;
            }
            owe(next, lineageBefore);
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
