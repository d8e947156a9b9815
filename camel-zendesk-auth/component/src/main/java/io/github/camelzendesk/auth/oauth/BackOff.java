package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long nobody tries again after a failure: doubling from one second to a minute, with full jitter. For use under one
 * lock.
 */
final class BackOff {
    private static final long LEAST_MILLIS = 1_000;
    private static final long MOST_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;
    private int failures;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    void reset() {
        failures = 0;
    }

    Duration next() {
        long ceiling = Math.min(MOST_MILLIS, LEAST_MILLIS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        // Never below a tenth, so that a thousand callers are not a thousand attempts.
        return Duration.ofMillis(ceiling / 10 + random.nextLong(ceiling - ceiling / 10));
    }
}
