package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.Lifespan;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponseParser;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * When tokens expire, and what to do when that is unknown. Thread-safe.
 *
 * <p>A missing lifetime is neither "never" nor "already": the order is the answer's {@code expires_in}, the {@code exp}
 * of a JWT, {@code tokens/current.json}, and else the token is good until Zendesk answers 401.
 */
public final class Expiry {
    /** Zendesk issues nothing that lives shorter than ten times this. */
    private static final Duration SHORTEST = Duration.ofSeconds(30);

    private final AuthorizationServer server;
    private volatile Asked asked = new Asked("", null);

    /** Zendesk's answer about the last token it was asked about. */
    private record Asked(String fingerprint, @Nullable Lifespan answer) {}

    Expiry(AuthorizationServer server) {
        this.server = server;
    }

    /** Asks Zendesk, once for each token, when nothing else tells its end. Blocks, so not for use under a lock. */
    void ask(@Nullable TokenPair tokens) {
        Secret accessToken = tokens == null || tokens.expiresAt() != null ? null : tokens.accessToken();
        if (accessToken == null || TokenResponseParser.jwtLifespan(accessToken) != null) {
            return;
        }
        String fingerprint = accessToken.fingerprint();
        if (!fingerprint.equals(asked.fingerprint)) {
            AuthorizationServer.TokenKnowledge knowledge = server.describe(accessToken);
            asked = new Asked(fingerprint, knowledge.dead() ? new Lifespan(null, Instant.EPOCH) : knowledge.lifespan());
        }
    }

    /** The tokens with their end, when it is known. */
    TokenPair known(TokenPair tokens) {
        Lifespan lifespan = lifespan(tokens);
        return lifespan == null ? tokens : tokens.withExpiresAt(lifespan.end());
    }

    /**
     * The same for tokens that were just issued. Their lifetime counts from now, by this machine's clock: by the
     * server's a new token might seem expired, and would be renewed for every call.
     */
    TokenPair knownOfNew(TokenPair tokens) {
        Lifespan lifespan = lifespan(tokens);
        if (lifespan == null) {
            return tokens;
        }
        Instant end = lifespan.countedFrom(tokens.obtainedAt());
        return end.isBefore(tokens.obtainedAt().plus(SHORTEST)) ? tokens : tokens.withExpiresAt(end);
    }

    /** The lifetime from the token itself or from Zendesk's answer; null when neither tells. */
    private @Nullable Lifespan lifespan(TokenPair tokens) {
        Secret accessToken = tokens.accessToken();
        if (tokens.expiresAt() != null || accessToken == null) {
            return null;
        }
        Lifespan written = TokenResponseParser.jwtLifespan(accessToken);
        return written == null && accessToken.fingerprint().equals(asked.fingerprint) ? asked.answer : written;
    }

    /** Whether these tokens, with the times of this machine's clock, can serve calls that begin now. */
    public static boolean isFresh(TokenPair tokens, Instant now) {
        Instant end = tokens.expiresAt();
        return tokens.accessToken() != null
                && (end == null
                        || now.isBefore(end.minus(
                                RefreshMargins.of(lifetime(tokens, end)).soft())));
    }

    /** The whole lifetime of tokens, not what is left of it; half an hour when it is unknown. */
    public static Duration lifetime(TokenPair tokens, Instant end) {
        Duration lifetime = Duration.between(tokens.obtainedAt(), end);
        boolean known = tokens.obtainedAt().isAfter(Instant.EPOCH) && !lifetime.isNegative();
        return known ? lifetime : Duration.ofMinutes(30);
    }

    static @Nullable Instant after(Instant start, @Nullable Duration lifetime) {
        return lifetime == null ? null : start.plus(lifetime);
    }
}
