package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How often a 401 may force a rotation: Zendesk says {@code invalid_token} of a good token too, when
 * {@code X-On-Behalf-Of} names nobody. For use under one lock.
 */
final class RejectionLimit {
    private static final int MOST = 3;
    private static final long WITHIN_NANOS = Duration.ofSeconds(60).toNanos();

    private final LongSupplier nanoTime;
    private final Deque<Long> recent = new ArrayDeque<>();

    RejectionLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether another one would be too many for now. */
    boolean isReached() {
        long now = nanoTime.getAsLong();
        while (!recent.isEmpty() && now - recent.peek() > WITHIN_NANOS) {
            recent.poll();
        }
        return recent.size() >= MOST;
    }

    /** A refresh token is being spent because of a 401. */
    void note() {
        recent.add(nanoTime.getAsLong());
    }
}
