package io.github.camelzendesk.auth.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * A value that must never be printed: a token, a password, a client secret, a code. Immutable and thread-safe.
 *
 * <p>{@code toString} is fixed, {@code equals} is identity (comparing goes through {@link #sameAs}, in constant time),
 * and the class is not serializable. Logs tell two secrets apart by their {@link #fingerprint()}.
 */
public final class Secret {
    private static final int FINGERPRINT_BYTES = 16;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The secret of a value that may be absent: null and blank give null. */
    public static @Nullable Secret ofNullable(@Nullable String value) {
        return value == null || value.isBlank() ? null : new Secret(value.trim());
    }

    /** The value itself, for the wire or the settings file only. */
    public String reveal() {
        return value;
    }

    /** The first 128 bits of the SHA-256 of the value, in hex: names a token without giving it away. */
    public String fingerprint() {
        byte[] digest = sha256().digest(value.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    }

    public boolean sameAs(@Nullable Secret other) {
        return other != null
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "[secret]";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
