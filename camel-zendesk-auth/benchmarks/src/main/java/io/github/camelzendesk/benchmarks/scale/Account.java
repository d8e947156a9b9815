package io.github.camelzendesk.benchmarks.scale;

import java.util.concurrent.atomic.AtomicInteger;

/** One account of the scale's server, with one grant that rotates. Thread-safe. */
final class StubAccount {
    private static final String ANSWER =
            "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"token_type\":\"bearer\",\"scope\":\"read write\","
                    + "\"expires_in\":1800,\"refresh_token_expires_in\":2592000}";

    private final String host;
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();

    StubAccount(String host) {
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
        boolean spent = form.contains("refresh_token=" + StubToken.refresh(host, current))
                && generation.compareAndSet(current, current + 1);
        return spent
                ? ANSWER.formatted(StubToken.access(host, current + 1), StubToken.refresh(host, current + 1))
                : null;
    }

    String live() {
        return StubToken.refresh(host, generation.get());
    }
}
