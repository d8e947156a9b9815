package io.github.camelzendesk.auth.oauth.internal.wire;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.Secret;

/**
 * A successful answer of the token endpoint (RFC 6749 section 5.1). Immutable. Lifetimes that are absent, malformed or
 * absurd are null: unknown.
 *
 * @param refreshToken as it came, however odd it is; null when there is none
 * @param oddRefreshToken whether it is none that {@link io.github.camelzendesk.auth.settings.internal.TokenGrammar} knows
 */
public record TokenResponse(
        Secret accessToken,
        @Nullable Secret refreshToken,
        @Nullable String scope,
        @Nullable Duration expiresIn,
        @Nullable Duration refreshExpiresIn,
        boolean oddRefreshToken) {

    public TokenResponse(
            Secret accessToken,
            @Nullable Secret refreshToken,
            @Nullable String scope,
            @Nullable Duration expiresIn,
            @Nullable Duration refreshExpiresIn) {
        this(accessToken, refreshToken, scope, expiresIn, refreshExpiresIn, false);
    }
}
