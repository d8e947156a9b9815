package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pause after failures: doubling from one second to a minute, with jitter. Stateless. */
public final class ExponentialBackoff {
    private static final long LEAST_MILLIS = 1_000;
    private static final long MOST_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 6;

    private ExponentialBackoff() {}

    /** The pause after so many failures in a row, of which there is one at least. */
    public static Duration after(int failures, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
        long ceiling = Math.min(MOST_MILLIS, LEAST_MILLIS << doublings);
        // Never below a tenth, so that a thousand callers are not a thousand attempts.
        return Duration.ofMillis(ceiling / 10 + random.nextLong(ceiling - ceiling / 10));
    }
}
