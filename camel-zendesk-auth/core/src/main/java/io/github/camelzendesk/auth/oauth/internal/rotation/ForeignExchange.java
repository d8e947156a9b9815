package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.PendingExchange;

/**
 * How long another process's token request may still be under way, by the note that it stored. Counts from when this
 * process first saw the note, on the monotonic clock. Thread-safe.
 */
final class ForeignExchange {
    private @Nullable PendingExchange own; // guarded by this
    private @Nullable PendingExchange seen; // guarded by this
    private long seenAt; // guarded by this

    /** Remembers a note of this process's own. */
    synchronized void write(PendingExchange note) {
        own = note;
    }

    /**
     * What is left of the time that the note claims; zero for a note of our own, or none.
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
