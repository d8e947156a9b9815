package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * One exchange of something that can be spent once for tokens: note it durably, set space aside, send, land what comes
 * back. For one thread at a time, within a transaction of the store.
 */
final class Spend {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Connection connection;
    private final OAuthClient client;
    private final AuthorizationServer server;
    private final InstantSource clock;
    private final Engine engine;
    private final Runnable beforeSending;
    private volatile boolean dirty;
    // Also in memory: a refresh token that was refused is never sent again, even when the store cannot note it.
    private volatile @Nullable EndedGrant endedHere;

    Spend(
            Connection connection,
            OAuthClient client,
            AuthorizationServer server,
            InstantSource clock,
            Engine engine,
            Runnable beforeSending) {
        this.connection = connection;
        this.client = client;
        this.server = server;
        this.clock = clock;
        this.engine = engine;
        this.beforeSending = beforeSending;
    }

    static String newLineage() {
        return UUID.randomUUID().toString();
    }

    /** Whether memory holds tokens that the store does not. */
    boolean isDirty() {
        return dirty;
    }

    @Nullable
    EndedGrant endedHere() {
        return endedHere;
    }

    void forgetDirty() {
        dirty = false;
    }

    OAuthSettings refresh(SettingsTransaction transaction, OAuthSettings current, Secret refreshToken)
            throws InterruptedException {
        return exchange(transaction, current, new TokenRequest.Refresh(client, refreshToken));
    }

    OAuthSettings code(SettingsTransaction transaction, OAuthSettings current, AuthorizationCode code)
            throws InterruptedException {
        Credentials.Grant grant = (Credentials.Grant) connection.credentials();
        return exchange(transaction, current, new TokenRequest.Code(client, code, grant.redirectUri()));
    }

    OAuthSettings clientCredentials(SettingsTransaction transaction, OAuthSettings current)
            throws InterruptedException {
        Credentials.ClientCredentials grant = (Credentials.ClientCredentials) connection.credentials();
        return send(transaction, current, new TokenRequest.ClientCredentials(client, grant.scope()));
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

    private OAuthSettings exchange(SettingsTransaction transaction, OAuthSettings current, TokenRequest request)
            throws InterruptedException {
        // Either of the two may throw, and then nothing was spent.
        transaction.save(current.withPending(pending(current, request)));
        transaction.reserve();
        return send(transaction, current, request);
    }

    private PendingExchange pending(OAuthSettings current, TokenRequest request) {
        Instant first = lostAt(current, request);
        return new PendingExchange(
                request.fingerprint(),
                current.generation() + 1,
                first == null ? clock.instant() : first,
                "process " + ProcessHandle.current().pid());
    }

    private OAuthSettings send(SettingsTransaction transaction, OAuthSettings current, TokenRequest request)
            throws InterruptedException {
        beforeSending.run();
        Instant sentAt = clock.instant();
        Outcome outcome = server.request(request);
        boolean repeated = false;
        for (int attempt = 1; attempt < ATTEMPTS && isRepeatable(outcome); attempt++) {
            engine.pause(PAUSE.multipliedBy(attempt));
            outcome = server.request(request);
            repeated = true;
        }
        Instant lostAt = repeated ? sentAt : lostAt(current, request);
        return conclude(transaction, current, request, outcome, sentAt, lostAt);
    }

    /** The same token again is safe: if Zendesk did rotate, the answer is lost already and nothing more can be. */
    private static boolean isRepeatable(Outcome outcome) {
        return outcome instanceof Outcome.Ambiguous ambiguous && ambiguous.repeatable();
    }

    private static @Nullable Instant lostAt(OAuthSettings current, TokenRequest request) {
        PendingExchange earlier = current.pending();
        return earlier != null
                        && !request.fingerprint().isEmpty()
                        && earlier.fingerprint().equals(request.fingerprint())
                ? earlier.startedAt()
                : null;
    }

    private OAuthSettings conclude(
            SettingsTransaction transaction,
            OAuthSettings current,
            TokenRequest request,
            Outcome outcome,
            Instant sentAt,
            @Nullable Instant lostAt) {
        if (outcome instanceof Outcome.Granted granted) {
            return land(transaction, current, request, granted.response(), sentAt);
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return rejected(transaction, current, request, rejected, lostAt);
        }
        if (outcome instanceof Outcome.Unparsed unparsed) {
            throw Refusals.unparsed(connection, unparsed.why(), keepUnparsed(transaction, unparsed.body()));
        }
        if (outcome instanceof Outcome.Ambiguous ambiguous) {
            throw Refusals.ambiguous(connection, ambiguous);
        }
        // Nothing was spent, so nothing is pending any more, but for what was before.
        if (outcome instanceof Outcome.Unavailable unavailable) {
            Duration wait = unavailable.retryAfter();
            restore(
                    transaction,
                    current.withRetryAt(wait == null ? null : clock.instant().plus(wait)));
            throw Refusals.turnedAway(connection, unavailable);
        }
        restore(transaction, current);
        throw Refusals.notSent(connection, ((Outcome.NotSent) outcome).cause());
    }

    private OAuthSettings land(
            SettingsTransaction transaction,
            OAuthSettings current,
            TokenRequest request,
            TokenResponse response,
            Instant sentAt) {
        boolean refresh = request instanceof TokenRequest.Refresh;
        TokenPair tokens = tokens(response, refresh ? current.tokens() : null, sentAt);
        OAuthSettings next = refresh || current.tokens() != null && request instanceof TokenRequest.ClientCredentials
                ? current.withNextTokens(tokens)
                : current.withNewLineage(newLineage(), tokens);
        save(transaction, next, request);
        LOG.info(
                "Connection {}: obtained an access token ({}, generation {}{})",
                connection.describe(),
                request.grantType(),
                next.generation(),
                tokens.expiresAt() == null ? "" : ", expires at " + tokens.expiresAt());
        if (!refresh) {
            warnWhenNarrower(response.scope());
        }
        return next;
    }

    private static TokenPair tokens(TokenResponse response, @Nullable TokenPair before, Instant sentAt) {
        Instant refreshExpiresAt = Expiry.after(sentAt, response.refreshExpiresIn());
        Instant expiresAt = Expiry.after(sentAt, response.expiresIn());
        if (before == null) {
            return new TokenPair(
                    response.accessToken(),
                    response.refreshToken(),
                    response.scope(),
                    sentAt,
                    expiresAt,
                    refreshExpiresAt);
        }
        // RFC 6749 section 6: without a new refresh token the old one stays in force, and without a scope its scope.
        boolean kept = response.refreshToken() == null;
        return new TokenPair(
                response.accessToken(),
                kept ? before.refreshToken() : response.refreshToken(),
                response.scope() == null ? before.scope() : response.scope(),
                sentAt,
                expiresAt,
                kept && refreshExpiresAt == null ? before.refreshExpiresAt() : refreshExpiresAt);
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

    private OAuthSettings rejected(
            SettingsTransaction transaction,
            OAuthSettings current,
            TokenRequest request,
            Outcome.Rejected rejected,
            @Nullable Instant lostAt) {
        if (!rejected.error().equals("invalid_grant") || request instanceof TokenRequest.ClientCredentials) {
            restore(transaction, current);
            throw Refusals.clientRefused(connection, rejected);
        }
        if (request instanceof TokenRequest.Code) {
            restore(transaction, current);
            throw Refusals.codeRefused(connection, rejected);
        }
        return overtaken(transaction, current)
                .orElseThrow(() -> ended(transaction, current, request, rejected, lostAt));
    }

    private ZendeskAuthException ended(
            SettingsTransaction transaction,
            OAuthSettings current,
            TokenRequest request,
            Outcome.Rejected rejected,
            @Nullable Instant lostAt) {
        EndedGrant ended = new EndedGrant(
                request.fingerprint(), reason(current, lostAt).name(), lostAt == null ? clock.instant() : lostAt);
        endedHere = ended;
        restore(transaction, current.withPending(null).withEnded(ended));
        return Refusals.ended(connection, ended, rejected);
    }

    /** A newer grant that somebody wrote without the lock, as an operator with a text editor does. */
    private static Optional<OAuthSettings> overtaken(SettingsTransaction transaction, OAuthSettings current) {
        try {
            return transaction
                    .load()
                    .filter(stored ->
                            !stored.lineage().equals(current.lineage()) || stored.generation() > current.generation());
        } catch (SettingsStoreException e) {
            return Optional.empty();
        }
    }

    private AuthorizationRequired.Reason reason(OAuthSettings current, @Nullable Instant lostAt) {
        if (lostAt != null) {
            return AuthorizationRequired.Reason.RESPONSE_LOST;
        }
        TokenPair tokens = current.tokens();
        Instant lapse = tokens == null ? null : tokens.refreshExpiresAt();
        return lapse != null && !clock.instant().isBefore(lapse)
                ? AuthorizationRequired.Reason.EXPIRED
                : AuthorizationRequired.Reason.REFUSED;
    }

    private void restore(SettingsTransaction transaction, OAuthSettings settings) {
        try {
            transaction.save(settings);
        } catch (SettingsStoreException e) {
            LOG.debug("Connection {}: the settings keep the mark of a pending exchange", connection.describe(), e);
        }
    }

    private @Nullable String keepUnparsed(SettingsTransaction transaction, byte[] body) {
        try {
            return transaction.keepUnparsed(body).orElse(null);
        } catch (SettingsStoreException e) {
            LOG.error("Connection {}: {}", connection.describe(), e.getMessage());
            return null;
        }
    }
}
