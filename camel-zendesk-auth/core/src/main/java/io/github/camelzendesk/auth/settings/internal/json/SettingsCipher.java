package io.github.camelzendesk.auth.settings.internal.json;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.github.camelzendesk.auth.settings.Secret;

/**
 * AES-256-GCM over a settings document, with a fresh 96-bit nonce for each write (NIST SP 800-38D). Immutable and
 * thread-safe.
 */
public final class SettingsCipher {
    static final int NONCE_BYTES = 12;
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final int KEY_ID_LENGTH = 8;

    private final SecretKey key;
    private final String keyId;
    private final SecureRandom random;

    private SettingsCipher(byte[] key, String keyId, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.keyId = keyId;
        this.random = random;
    }

    /** @throws IllegalArgumentException when it is not 256 bits in base64, with a message for the user */
    public static SettingsCipher of(Secret base64Key, SecureRandom random) {
        byte[] bytes = decode(base64Key);
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("oauthSettingsSecretKey holds " + bytes.length * 8
                    + " bits, and 256 are needed: make one with 'openssl rand -base64 32'");
        }
        return new SettingsCipher(bytes, base64Key.fingerprint().substring(0, KEY_ID_LENGTH), random);
    }

    /** Names the key without giving it away, so that a wrong one is told from a damaged file. */
    public String keyId() {
        return keyId;
    }

    public byte[] newNonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    public byte[] encrypt(byte[] nonce, String context, byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is missing from this Java platform", e);
        }
    }

    public byte[] decrypt(byte[] nonce, String context, byte[] sealed) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed);
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] decode(Secret base64Key) {
        try {
            return Base64.getDecoder().decode(base64Key.reveal());
        } catch (IllegalArgumentException e) {
            // The cause is left out: the decoder's message quotes the character of the key it stumbled on.
            throw new IllegalArgumentException(
                    "oauthSettingsSecretKey is not base64: make one with 'openssl rand -base64 32'");
        }
    }
}
