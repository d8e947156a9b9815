package io.github.camelzendesk.auth.settings;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An access token with what came along with it (RFC 6749 section 5.1). Immutable.
 *
 * @param accessToken null when only a refresh token was configured so far
 * @param refreshToken null when the server issued none: client credentials, and older Zendesk clients
 * @param scope the granted scope, space-separated; null when the server did not say
 * @param obtainedAt the instant before the token request was sent, from which lifetimes count
 * @param expiresAt null when the lifetime is unknown, which means neither "never" nor "already"
 * @param refreshExpiresAt when the refresh token itself lapses; null when unknown
 */
public record TokenPair(
        @Nullable Secret accessToken,
        @Nullable Secret refreshToken,
        @Nullable String scope,
        Instant obtainedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant refreshExpiresAt) {

    private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");

    /** An end that no token has, or that no clock could count to, is as good as unknown. */
    public TokenPair {
        obtainedAt = plausible(obtainedAt) ? obtainedAt : Instant.EPOCH;
        expiresAt = plausible(expiresAt) ? expiresAt : null;
        refreshExpiresAt = plausible(refreshExpiresAt) ? refreshExpiresAt : null;
    }

    private static boolean plausible(@Nullable Instant instant) {
        return instant != null && !instant.isBefore(Instant.EPOCH) && instant.isBefore(FAR);
    }

    /** Names what this pair stands or falls with: its refresh token, or else its access token. */
    public String fingerprint() {
        Secret named = refreshToken == null ? accessToken : refreshToken;
        return named == null ? "" : named.fingerprint();
    }

    public TokenPair withExpiresAt(@Nullable Instant instant) {
        return new TokenPair(accessToken, refreshToken, scope, obtainedAt, instant, refreshExpiresAt);
    }
}
