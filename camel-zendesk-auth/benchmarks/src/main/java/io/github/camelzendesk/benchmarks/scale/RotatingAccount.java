package io.github.camelzendesk.benchmarks.scale;

import java.util.concurrent.atomic.AtomicInteger;

/** One account of the token endpoint, with one grant that rotates; tokens tell account and generation. Thread-safe. */
final class RotatingAccount {
    private static final String ANSWER =
            "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"token_type\":\"bearer\",\"scope\":\"read write\","
                    + "\"expires_in\":1800,\"refresh_token_expires_in\":2592000}";
    /** Of Zendesk's tokens. */
    private static final int LENGTH = 64;

    private final String host;
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();

    RotatingAccount(String host) {
        this.host = host;
    }

    /** How many requests of this account are under way with this one. */
    int enter() {
        return atOnce.incrementAndGet();
    }

    void leave() {
        atOnce.decrementAndGet();
    }

    /** The answer to the form; null when its refresh token is not the live one. */
    String spend(String form) {
        int current = generation.get();
        boolean spent = form.contains("refresh_token=" + refreshToken(host, current))
                && generation.compareAndSet(current, current + 1);
        return spent ? ANSWER.formatted(accessToken(host, current + 1), refreshToken(host, current + 1)) : null;
    }

    static String refreshToken(String host, int generation) {
        return padded("refresh-" + host + "-" + generation + "-");
    }

    static String accessToken(String host, int generation) {
        return padded("access-" + host + "-" + generation + "-");
    }

    private static String padded(String text) {
        return text + "0".repeat(LENGTH - text.length());
    }

    String live() {
        return refreshToken(host, generation.get());
    }
}
