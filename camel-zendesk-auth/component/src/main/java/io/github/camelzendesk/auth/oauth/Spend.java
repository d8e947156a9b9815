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
     * @param lostAt since when an answer to the same request may have been lost; null when none was
     */
    private record Case(
            SettingsTransaction transaction,
            OAuthSettings before,
            OAuthSettings noted,
            TokenRequest request,
            @Nullable Instant lostAt) {}

    Landing landing() {
        return landing;
    }

    @Nullable
    EndedGrant endedHere() {
        return endedHere;
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
        TokenRequest request = new TokenRequest.ClientCredentials(client, grant.scope());
        return send(new Case(transaction, current, current, request, null));
    }

    private OAuthSettings exchange(SettingsTransaction transaction, OAuthSettings current, TokenRequest request)
            throws InterruptedException {
        Instant lostAt = lostAt(current, request);
        OAuthSettings noted = current.withPending(new PendingExchange(
                request.fingerprint(),
                current.generation() + 1,
                lostAt == null ? surroundings.clock().instant() : lostAt,
                Owner.NAME));
        // Either of the two may throw, and then nothing was spent.
        transaction.save(noted);
        transaction.reserve();
        return send(new Case(transaction, current, noted, request, lostAt));
    }

    private OAuthSettings send(Case spent) throws InterruptedException {
        beforeSending.run();
        Instant sentAt = surroundings.clock().instant();
        Outcome outcome = server.request(spent.request);
        boolean repeated = false;
        for (int attempt = 1; attempt < ATTEMPTS && isRepeatable(outcome); attempt++) {
            surroundings.engine().pause(PAUSE.multipliedBy(attempt));
            outcome = server.request(spent.request);
            repeated = true;
        }
        Instant lostAt = repeated ? sentAt : spent.lostAt;
        return conclude(new Case(spent.transaction, spent.before, spent.noted, spent.request, lostAt), outcome, sentAt);
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
            return landing.land(spent.transaction, spent.before, spent.request, granted.response(), sentAt);
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
        // Nothing was spent, so nothing is pending any more, but for what was before.
        if (outcome instanceof Outcome.Unavailable unavailable) {
            Duration wait = holdBack(spent, spent.before, unavailable.retryAfter());
            throw Refusals.turnedAway(connection, unavailable, wait);
        }
        Throwable cause = ((Outcome.NotSent) outcome).cause();
        throw Refusals.notSent(connection, cause, holdBack(spent, spent.before, null));
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
            restore(spent.transaction, spent.before);
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
        restore(spent.transaction, spent.before.withPending(null).withEnded(ended));
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
        TokenPair tokens = spent.before.tokens();
        Instant lapse = tokens == null ? null : tokens.refreshExpiresAt();
        return lapse != null && !now.isBefore(lapse)
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
            return body.length == 0 ? null : transaction.keepUnparsed(body).orElse(null);
        } catch (SettingsStoreException e) {
            LOG.error("Connection {}: {}", connection.describe(), e.getMessage());
            return null;
        }
    }
}
