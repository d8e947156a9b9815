package io.github.camelzendesk.benchmarks.database;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * What the component stores of one connection. Immutable.
 *
 * <p>Zendesk's older clients get opaque tokens of 64 characters, newer ones may get JWTs, for which 1000 characters are
 * assumed. The random numbers are always the same ones.
 */
record Documents(boolean jwt, boolean sealed) {
    static final String URL = "https://tenant-0000001.zendesk.com";
    static final String CLIENT = "marketplace_integration";

    private static final int JWT_LENGTH = 1000;
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);
    private static final Random RANDOM = new Random(6);

    static final Documents PLAIN = new Documents(false, false);

    String label() {
        return (jwt ? "JWT" : "opaque") + (sealed ? ", encrypted" : ", plain");
    }

    SettingsCodec codec() {
        Secret key = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
        return SettingsCodec.of(URL, CLIENT, sealed ? key : null);
    }

    /** As they stand after a login. */
    OAuthSettings first() {
        return OAuthSettings.empty(URL, CLIENT)
                .withSeen(Secret.of(hex(32)).fingerprint())
                .withNewLineage(new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString(), tokens());
    }

    /** With the note that a refresh token is about to be spent. */
    static OAuthSettings pending(OAuthSettings settings) {
        String fingerprint = Secret.of(hex(32)).fingerprint();
        return settings.withPending(new PendingExchange(
                fingerprint, settings.generation() + 1, Instant.now(), "process 1 on integration-7d9f5c6b8-x2x7k"));
    }

    OAuthSettings next(OAuthSettings settings) {
        return settings.withNextTokens(tokens());
    }

    String encoded(OAuthSettings settings) {
        return new String(codec().encode(settings), StandardCharsets.UTF_8);
    }

    private TokenPair tokens() {
        Instant now = Instant.now();
        return new TokenPair(
                Secret.of(token()),
                Secret.of(token()),
                "read write",
                now,
                now.plus(LIFETIME),
                now.plus(REFRESH_LIFETIME));
    }

    private String token() {
        if (!jwt) {
            return hex(32);
        }
        byte[] bytes = new byte[JWT_LENGTH * 3 / 4];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hex(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes).toLowerCase(Locale.ROOT);
    }
}
