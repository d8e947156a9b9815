package io.github.camelzendesk.auth.testkit;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every secret that any stand-in of this JVM made up, so that a test can look for them where none may be. Safe for use by
 * several threads.
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
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String secret = prefix + HexFormat.of().formatHex(bytes);
        ALL.add(secret);
        return secret;
    }
}
