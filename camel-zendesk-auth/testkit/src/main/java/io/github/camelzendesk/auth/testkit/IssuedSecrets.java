package io.github.camelzendesk.auth.testkit;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every secret that any stand-in of this JVM made up, so that a test can look for them where none may be. Thread-safe.
 */
public final class IssuedSecrets {
    private static final Set<String> ALL = ConcurrentHashMap.newKeySet();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 20;

    private IssuedSecrets() {}

    /** All secrets so far. */
    public static Set<String> all() {
        return Set.copyOf(ALL);
    }

    /** A fresh secret with a prefix that shows in a log: zat_, zrt_, zac_, zcs_, zpt_ or zpw_. */
    static String issue(String prefix) {
        return register(prefix + HexFormat.of().formatHex(random(BYTES)));
    }

    /** Adds a secret that was made elsewhere, and returns it. */
    public static String register(String secret) {
        ALL.add(secret);
        return secret;
    }

    static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
