package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * When tokens end, and what to do when nobody said. Safe for use by the thread of the flight that runs.
 *
 * <p>A missing lifetime is neither "never" nor "already": the order is the answer's {@code expires_in}, the {@code exp}
 * of a JWT, {@code tokens/current.json}, and else the token is good until Zendesk answers 401.
 */
final class Expiry {
    /** The last instant that RFC 3339 can write. */
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final AuthorizationServer server;
    private String asked = "";

    Expiry(AuthorizationServer server) {
        this.server = server;
    }

    /** The same tokens, with their end when it can be learned; asks Zendesk once a token. */
    TokenPair learn(TokenPair tokens) {
        Secret accessToken = tokens.accessToken();
        if (tokens.expiresAt() != null || accessToken == null) {
            return tokens;
        }
        Instant jwt = TokenAnswers.jwtExpiry(accessToken);
        if (jwt != null) {
            return tokens.withExpiresAt(jwt);
        }
        String fingerprint = accessToken.fingerprint();
        if (fingerprint.equals(asked)) {
            return tokens;
        }
        AuthorizationServer.TokenKnowledge knowledge = server.describe(accessToken);
        asked = fingerprint;
        return tokens.withExpiresAt(knowledge.dead() ? Instant.EPOCH : knowledge.expiresAt());
    }

    /** The end of the access token, within what clocks and timers can reckon with; null when it is unknown. */
    static @Nullable Instant end(TokenPair tokens) {
        Instant end = tokens.expiresAt();
        return end == null ? null : reckonable(end);
    }

    /** Foreign instants reach from the year -1000000000 on, and their milliseconds would overflow. */
    static Instant reckonable(Instant instant) {
        return instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant.isAfter(LATEST) ? LATEST : instant;
    }

    /** Whether these tokens can serve calls that begin now. */
    static boolean isFresh(TokenPair tokens, Instant now) {
        if (tokens.accessToken() == null) {
            return false;
        }
        Instant end = end(tokens);
        return end == null
                || (now.isBefore(end.minus(Margins.of(lifetime(tokens, end)).soft()))
                        && !clockWentBack(tokens, end, now));
    }

    /** From when the lifetime counts, so that a remainder read from the store is not taken for the whole. */
    static Duration lifetime(TokenPair tokens, Instant end) {
        Duration lifetime = Duration.between(tokens.obtainedAt(), end);
        boolean known = tokens.obtainedAt().isAfter(Instant.EPOCH) && !lifetime.isNegative();
        return known ? lifetime : Duration.ofMinutes(30);
    }

    /** More left than there ever was: the clock was set back, and says nothing about this token. */
    private static boolean clockWentBack(TokenPair tokens, Instant end, Instant now) {
        return tokens.obtainedAt().isAfter(Instant.EPOCH)
                && Duration.between(now, end).compareTo(lifetime(tokens, end)) > 0;
    }

    static @Nullable Instant after(Instant start, @Nullable Duration lifetime) {
        return lifetime == null ? null : start.plus(lifetime);
    }
}
