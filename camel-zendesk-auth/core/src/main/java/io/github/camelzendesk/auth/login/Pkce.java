package io.github.camelzendesk.auth.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;

import io.github.camelzendesk.auth.settings.Secret;

/**
 * A proof key for one login: a verifier that stays here, and its S256 challenge that goes out first (RFC 7636). Immutable.
 */
public record Pkce(Secret verifier, String challenge) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    public static Pkce create() {
        return create(RANDOM);
    }

    static Pkce create(RandomGenerator random) {
        return of(Secret.of(randomText(random)));
    }

    static Pkce of(Secret verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(verifier.reveal().getBytes(StandardCharsets.US_ASCII));
            return new Pkce(verifier, base64Url(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A fresh state of 256 bits, which ties a callback to its login (RFC 6749 section 10.12). */
    public static String state() {
        return randomText(RANDOM);
    }

    /** Whether both are the same state, found out in constant time. */
    static boolean isSameState(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    static String randomText(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return base64Url(bytes);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
