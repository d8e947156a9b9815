package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired.Reason;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.Backoff;
import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * What the outcome of a token request means for the settings. Pure and immutable.
 *
 * @param settings what to store from now on
 * @param error what the callers get; null when these settings serve them
 * @param ended the grant that has ended; null unless the outcome says so
 */
record Verdict(OAuthSettings settings, @Nullable ZendeskAuthException error, @Nullable EndedGrant ended) {

    /** The present, and how long to wait after so many failures in a row. */
    record Moment(Instant now, IntFunction<Duration> backOff) {
        static Moment of(EngineContext context) {
            return new Moment(
                    context.clock().instant(), failures -> ExponentialBackoff.after(failures, context.random()));
        }
    }

    /** Whether it is kept in memory until it can be stored, because no other process can find it out. */
    boolean mustLast() {
        return error == null || ended != null;
    }

    static Verdict granted(NotedRequest spent, TokenResponse response, Instant sentAt) {
        TokenPair old = spent.base().tokens();
        OAuthSettings next = spent.request() instanceof TokenRequest.Refresh && old != null
                ? spent.base().withNextTokens(renewed(response, old, sentAt))
                // One code makes one login, so its fingerprint names it in every process.
                : spent.base().withNewLineage(spent.request().fingerprint(), issued(response, sentAt));
        return new Verdict(next, null, null);
    }

    static TokenPair issued(TokenResponse response, Instant sentAt) {
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

    /** @param kept where an answer that could not be parsed is kept; null when there is none */
    static Verdict failed(
            Connection connection,
            NotedRequest spent,
            TokenRequestOutcome outcome,
            @Nullable String kept,
            Moment moment) {
        if (outcome instanceof TokenRequestOutcome.Rejected rejected) {
            return rejected(connection, spent, rejected, moment.now);
        }
        boolean nothingSpent =
                outcome instanceof TokenRequestOutcome.NotSent || outcome instanceof TokenRequestOutcome.Unavailable;
        OAuthSettings settings = nothingSpent ? spent.unspent() : spent.doubted();
        Duration asked =
                outcome instanceof TokenRequestOutcome.Unavailable unavailable ? unavailable.retryAfter() : null;
        Backoff backoff = backoff(settings, asked, moment);
        return new Verdict(
                settings.withBackoff(backoff),
                ErrorMessages.failed(connection, outcome, kept, backoff.retryAfter()),
                null);
    }

    /** Has everybody who shares these settings wait. */
    static Backoff backoff(OAuthSettings settings, @Nullable Duration asked, Moment moment) {
        Backoff earlier = settings.backoff();
        int failures = earlier == null ? 1 : earlier.failures() + 1;
        Duration pause = asked == null ? moment.backOff.apply(failures) : asked;
        return new Backoff(failures, moment.now.plus(pause), pause);
    }

    private static Verdict rejected(
            Connection connection, NotedRequest spent, TokenRequestOutcome.Rejected rejected, Instant now) {
        if (!rejected.isGrantOver()) {
            return new Verdict(spent.unspent(), ErrorMessages.clientRefused(connection, rejected), null);
        }
        if (spent.request() instanceof TokenRequest.Code) {
            return new Verdict(codeIsOver(connection, spent), ErrorMessages.codeRefused(connection, rejected), null);
        }
        EndedGrant ended = new EndedGrant(
                spent.request().fingerprint(),
                reason(spent, now).name(),
                spent.lostAt() == null ? now : spent.lostAt());
        OAuthSettings noted = spent.found().tokens() != null && !spent.isOfStoredGrant()
                ? spent.foundWithoutIt().withSeen(spent.request().fingerprint())
                : spent.base().withPending(null).withEnded(ended);
        return new Verdict(noted, ErrorMessages.ended(connection, ended, rejected), ended);
    }

    /** Remembers a refused code of the configuration, which would come again with each start. Others are forgotten. */
    private static OAuthSettings codeIsOver(Connection connection, NotedRequest spent) {
        AuthorizationCode configured = new ConfiguredGrant(connection.credentials()).unspentCode(spent.found());
        boolean isConfigured = configured != null
                && configured.code().fingerprint().equals(spent.request().fingerprint());
        return isConfigured ? spent.found().withSeen(spent.request().fingerprint()) : spent.found();
    }

    private static Reason reason(NotedRequest spent, Instant now) {
        if (spent.lostAt() != null) {
            return Reason.RESPONSE_LOST;
        }
        TokenPair tokens = spent.base().tokens();
        Instant lapse = tokens == null ? null : tokens.refreshExpiresAt();
        return lapse != null && !now.isBefore(lapse) ? Reason.EXPIRED : Reason.REFUSED;
    }
}
