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
    @Override
    public String toString() {
        return "TokenPair[" + clientId + "]";
    }
}
