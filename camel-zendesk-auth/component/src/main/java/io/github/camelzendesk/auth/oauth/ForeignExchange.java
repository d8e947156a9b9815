package io.github.camelzendesk.auth.oauth;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.PendingExchange;

/**
 * For how long another's token request may still be under way, by the note that it has left: counted from when we saw the
 * note first, on a monotonic clock of ours. Safe for use by several threads.
 */
final class ForeignExchange {
    private @Nullable PendingExchange own; // guarded by this
    private @Nullable PendingExchange seen; // guarded by this
    private long seenAt; // guarded by this

    /** A note of ours, which says nothing of others. */
    synchronized void write(PendingExchange note) {
        own = note;
    }

    /**
     * What is left of the time that the note claims; zero for one of ours, or none.
     *
     * @param now in nanoseconds, as of {@link System#nanoTime}
     */
    synchronized Duration left(@Nullable PendingExchange note, long now) {
        if (note == null || note.equals(own)) {
            return Duration.ZERO;
        }
        if (!note.equals(seen)) {
            seen = note;
            seenAt = now;
        }
        return left(now);
    }

    /** The same for the note that was seen last. */
    synchronized Duration left(long now) {
        Duration left = seen == null ? Duration.ZERO : seen.mayTake().minusNanos(now - seenAt);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
