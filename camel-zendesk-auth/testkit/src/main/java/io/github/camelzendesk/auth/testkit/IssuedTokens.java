package io.github.camelzendesk.auth.testkit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Tokens that the stand-in issued. Immutable. */
public record IssuedTokens(
        String clientId,
        String accessToken,
        @Nullable String refreshToken,
        String scope,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant refreshExpiresAt) {
    /** The same with the refresh token of before. */
    IssuedTokens refreshedBy(String token, @Nullable Instant end) {
        return new IssuedTokens(clientId, accessToken, token, scope, issuedAt, expiresAt, end);
    }

    @Override
    public String toString() {
        return "TokenPair[" + clientId + "]";
    }
}
