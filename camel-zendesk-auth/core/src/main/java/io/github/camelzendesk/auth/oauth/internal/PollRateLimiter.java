package io.github.camelzendesk.auth.oauth.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns to look at settings that do not tell of their changes: a thousand a second at most, for all watches together. So
 * each has its turn every second, or, of N thousand, every N seconds. Thread-safe.
 */
public final class PollRateLimiter {
    /** Those of this JVM. */
    static final PollRateLimiter SHARED = new PollRateLimiter();

    public static final Duration EVERY = Duration.ofSeconds(1);

    private static final long GAP_NANOS = Duration.ofMillis(1).toNanos();
    /** Turns come together, because to wake a thread for each costs many times what the look does. */
    private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicLong last = new AtomicLong();

    public void enter() {
        watches.incrementAndGet();
    }

    public void leave() {
        watches.decrementAndGet();
    }

    /** How long to wait for the next turn; as long as is asked for at least, but for the fraction of a tick. */
    public Duration next(long now, Duration shortest) {
        // Those who wait have one turn each. What is reserved beyond that was for watches that have left since.
        long longest = EVERY.toNanos() + watches.get() * GAP_NANOS;
        long turn = last.updateAndGet(
                before -> now + Math.min(Math.max(before + GAP_NANOS - now, shortest.toNanos()), longest));
        return Duration.ofNanos(Math.max(0, Math.floorDiv(turn, TICK_NANOS) * TICK_NANOS - now));
    }
}
