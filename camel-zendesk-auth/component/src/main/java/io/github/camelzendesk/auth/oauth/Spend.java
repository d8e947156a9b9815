package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.Setback;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * One exchange of something that can be spent once for tokens: note it durably, set space aside, send, land what comes
 * back ({@link Landing}). For one thread at a time, within a transaction of the store.
 */
final class Spend {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(250);
    // For the answer of the one request that goes on without the lock to be stored; no other is sent then.
    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    private final Connection connection;
    private final OAuthClient client;
    private final AuthorizationServer server;
    private final Surroundings surroundings;
    private final Runnable beforeSending;
    private final Landing landing;
    // Also in memory: a refresh token that was refused is never sent again, even when the store cannot note it.
    private volatile @Nullable EndedGrant endedHere;

    Spend(Connection connection, AuthorizationServer server, Surroundings surroundings, Runnable beforeSending) {
        this.connection = connection;
        this.client = ((Credentials.Renewable) connection.credentials()).client();
        this.server = server;
        this.surroundings = surroundings;
        this.beforeSending = beforeSending;
        this.landing = new Landing(connection);
    }

    /**
     * One exchange, as its outcome is judged.
     *
     * @param before the settings as they were found
     * @param noted the same with the note that this is under way; the same without one for what can be repeated
     * @param base the settings that the tokens of the answer descend from
     * @param lostAt since when an answer to the same request may have been lost; null when none was
     */
    private record Case(
            SettingsTransaction transaction,
            OAuthSettings before,
            OAuthSettings noted,
            OAuthSettings base,
            TokenRequest request,
            @Nullable Instant lostAt) {
        Case repeatedSince(Instant sentAt) {
            return new Case(transaction, before, noted, base, request, sentAt);
        }

        /** What to store when this attempt spent nothing: the note stays as long as an earlier one may have. */
        OAuthSettings unspent() {
            return lostAt == null ? before : noted;
        }
    }

    Landing landing() {
        return landing;
    }

    @Nullable
    EndedGrant endedHere() {
        return endedHere;
    }

    OAuthSettings refresh(SettingsTransaction transaction, OAuthSettings current, Secret refreshToken)
            throws InterruptedException {
        return send(noted(transaction, current, current, new TokenRequest.Refresh(client, refreshToken)));
    }

    /**
     * Exchanges the refresh token of the configuration. What is stored stays in the store until the answer takes its
     * place: the configuration may be older than it.
     *
     * @return null when Zendesk refuses it, and another grant is stored
     */
    @Nullable
    OAuthSettings seed(SettingsTransaction transaction, OAuthSettings found, OAuthSettings sown)
            throws InterruptedException {
        Secret refreshToken = sown.refreshToken();
        if (refreshToken == null) {
            return null;
        }
        EndedGrant ended = endedHere;
        if (ended != null && ended.fingerprint().equals(refreshToken.fingerprint())) {
            return orElse(found, Refusals.ended(connection, ended));
        }
        Case spent = noted(transaction, found, sown, new TokenRequest.Refresh(client, refreshToken));
        try {
            return send(spent);
        } catch (AuthorizationRequired e) {
            return orElse(found, e);
        }
    }

    private @Nullable OAuthSettings orElse(OAuthSettings found, AuthorizationRequired refused) {
        if (found.tokens() == null) {
            throw refused;
        }
        LOG.warn(
                "Connection {}: oauthRefreshToken is not taken, and what is stored goes on in its place. {}",
                connection.describe(),
                refused.getMessage());
        return null;
    }

    OAuthSettings code(SettingsTransaction transaction, OAuthSettings current, AuthorizationCode code)
            throws InterruptedException {
        Credentials.Grant grant = (Credentials.Grant) connection.credentials();
        return send(noted(transaction, current, current, new TokenRequest.Code(client, code, grant.redirectUri())));
    }

    OAuthSettings clientCredentials(SettingsTransaction transaction, OAuthSettings current)
            throws InterruptedException {
        Credentials.ClientCredentials grant = (Credentials.ClientCredentials) connection.credentials();
        TokenRequest request = new TokenRequest.ClientCredentials(client, grant.scope());
        return send(new Case(transaction, current, current, current, request, null));
    }

    private Case noted(SettingsTransaction transaction, OAuthSettings found, OAuthSettings base, TokenRequest request) {
        Instant lostAt = lostAt(found, request);
        OAuthSettings noted = found.withPending(pending(found, base, request, lostAt));
        // Either of the two may throw, and then nothing was spent.
        landing.store(transaction, noted);
        transaction.reserve();
        return new Case(transaction, found, noted, base, request, lostAt);
    }

    private PendingExchange pending(
            OAuthSettings found, OAuthSettings base, TokenRequest request, @Nullable Instant lostAt) {
        PendingExchange earlier = found.pending();
        if (earlier != null && request instanceof TokenRequest.Code) {
            // A login that fails leaves the stored grant in use, and with it the doubt about its last refresh.
            return earlier;
        }
        return new PendingExchange(
                request.fingerprint(),
                base.generation() + 1,
                lostAt == null ? surroundings.clock().instant() : lostAt,
                Owner.NAME,
                connection.timeouts().exchange().plus(AFTERWARDS));
    }

    private OAuthSettings send(Case spent) throws InterruptedException {
        beforeSending.run();
        Instant sentAt = surroundings.clock().instant();
        Outcome outcome = server.request(spent.request);
        Case sent = spent;
        for (int attempt = 1; attempt < ATTEMPTS && isRepeatable(outcome); attempt++) {
            surroundings.engine().pause(PAUSE.multipliedBy(attempt));
            outcome = server.request(spent.request);
            sent = spent.lostAt == null ? spent.repeatedSince(sentAt) : spent;
        }
        return conclude(sent, outcome, sentAt);
    }

    /** The same token again is safe: if Zendesk did rotate, the answer is lost already and nothing more can be. */
    private static boolean isRepeatable(Outcome outcome) {
        return outcome instanceof Outcome.Ambiguous ambiguous && ambiguous.repeatable();
    }

    private static @Nullable Instant lostAt(OAuthSettings current, TokenRequest request) {
        PendingExchange earlier = current.pending();
        boolean same = earlier != null && earlier.fingerprint().equals(request.fingerprint());
        return earlier != null && same ? earlier.startedAt() : null;
    }

    private OAuthSettings conclude(Case spent, Outcome outcome, Instant sentAt) throws InterruptedException {
        if (outcome instanceof Outcome.Granted granted) {
            return landing.land(
                    spent.transaction, spent.before.lineage(), spent.base, spent.request, granted.response(), sentAt);
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return rejected(spent, rejected);
        }
        if (outcome instanceof Outcome.Unparsed unparsed) {
            String kept = keepUnparsed(spent.transaction, unparsed.body());
            throw Refusals.unparsed(connection, unparsed.why(), kept, holdBack(spent, spent.noted, null));
        }
        if (outcome instanceof Outcome.Ambiguous ambiguous) {
            throw Refusals.ambiguous(connection, ambiguous, holdBack(spent, spent.noted, null));
        }
        if (outcome instanceof Outcome.Unavailable unavailable) {
            Duration wait = holdBack(spent, spent.unspent(), unavailable.retryAfter());
            throw Refusals.turnedAway(connection, unavailable, wait);
        }
        Throwable cause = ((Outcome.NotSent) outcome).cause();
        throw Refusals.notSent(connection, cause, holdBack(spent, spent.unspent(), null));
    }

    /** Has everybody who shares these settings wait, and tells how long. */
    private Duration holdBack(Case spent, OAuthSettings settings, @Nullable Duration asked) {
        Setback earlier = settings.setback();
        int failures = earlier == null ? 1 : earlier.failures() + 1;
        Duration wait = asked == null ? BackOff.after(failures, surroundings.random()) : asked;
        restore(
                spent.transaction,
                settings.withSetback(
                        new Setback(failures, surroundings.clock().instant().plus(wait))));
        return wait;
    }

    private OAuthSettings rejected(Case spent, Outcome.Rejected rejected) throws InterruptedException {
        boolean grantIsOver = rejected.error().equals("invalid_grant");
        if (!grantIsOver || spent.request instanceof TokenRequest.ClientCredentials) {
            restore(spent.transaction, spent.unspent());
            throw Refusals.clientRefused(connection, rejected);
        }
        if (spent.request instanceof TokenRequest.Code) {
            restore(spent.transaction, spent.before);
            throw Refusals.codeRefused(connection, rejected);
        }
        OAuthSettings newer = overtaken(spent);
        if (newer == null) {
            throw ended(spent, rejected);
        }
        return takeOver(spent.transaction, newer);
    }

    private ZendeskAuthException ended(Case spent, Outcome.Rejected rejected) {
        Instant now = surroundings.clock().instant();
        EndedGrant ended = new EndedGrant(
                spent.request.fingerprint(), reason(spent, now).name(), spent.lostAt == null ? now : spent.lostAt);
        endedHere = ended;
        boolean otherIsStored =
                spent.before.tokens() != null && !spent.before.lineage().equals(spent.base.lineage());
        OAuthSettings noted = otherIsStored
                ? spent.before.withPending(null).withSeen(spent.request.fingerprint())
                : spent.base.withPending(null).withEnded(ended);
        if (!landing.keep(spent.transaction, noted)) {
            landing.owe(noted, spent.before.lineage());
        }
        return Refusals.ended(connection, ended, rejected);
    }

    /** A newer grant that somebody wrote without the lock, as an operator with a text editor does. */
    private static @Nullable OAuthSettings overtaken(Case spent) {
        OAuthSettings before = spent.before;
        try {
            Optional<OAuthSettings> stored = spent.transaction.load();
            return stored.filter(
                            now -> !now.lineage().equals(before.lineage()) || now.generation() > before.generation())
                    .orElse(null);
        } catch (SettingsStoreException e) {
            return null;
        }
    }

    private OAuthSettings takeOver(SettingsTransaction transaction, OAuthSettings newer) throws InterruptedException {
        TokenPair tokens = newer.tokens();
        Secret refreshToken = newer.refreshToken();
        boolean serves =
                tokens != null && Expiry.isFresh(tokens, surroundings.clock().instant());
        return serves || refreshToken == null ? newer : refresh(transaction, newer, refreshToken);
    }

    private static AuthorizationRequired.Reason reason(Case spent, Instant now) {
        if (spent.lostAt != null) {
            return AuthorizationRequired.Reason.RESPONSE_LOST;
        }
        TokenPair tokens = spent.base.tokens();
        Instant lapse = tokens == null ? null : tokens.refreshExpiresAt();
        return lapse != null && !now.isBefore(lapse)
                ? AuthorizationRequired.Reason.EXPIRED
                : AuthorizationRequired.Reason.REFUSED;
    }

    /** Stores what is left when the exchange is over. */
    private void restore(SettingsTransaction transaction, OAuthSettings settings) {
        PendingExchange note = settings.pending();
        try {
            landing.store(transaction, note == null ? settings : settings.withPending(note.over()));
        } catch (SettingsStoreException e) {
            LOG.debug("Connection {}: the settings keep the mark of a pending exchange", connection.describe(), e);
        }
    }

    private @Nullable String keepUnparsed(SettingsTransaction transaction, byte[] body) {
        try {
            return body.length == 0 ? null : transaction.keepUnparsed(body).orElse(null);
        } catch (SettingsStoreException e) {
            LOG.error("Connection {}: {}", connection.describe(), e.getMessage());
            return null;
        }
    }
}
