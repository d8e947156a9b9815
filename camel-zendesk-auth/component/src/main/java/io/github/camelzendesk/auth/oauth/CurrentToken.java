package io.github.camelzendesk.auth.oauth;

import java.time.InstantSource;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What is handed out, and which generations will not do any more. Changed under one lock, and read by any thread.
 */
final class CurrentToken {
    private final InstantSource clock;
    private final RejectionLimit rejections;
    private volatile @Nullable Authorization current;
    private long staleThrough = -1;
    private long rejected = -1;
    private long changes;

    CurrentToken(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.rejections = new RejectionLimit(nanoTime);
    }

    @Nullable
    Authorization current() {
        return current;
    }

    /** The one that needs no renewal; null when there is none. */
    @Nullable
    Authorization fresh() {
        Authorization authorization = current;
        return authorization != null && clock.millis() < authorization.softDeadline() ? authorization.markUsed() : null;
    }

    /** The one that may still be sent while a newer one is being obtained; null when there is none. */
    @Nullable
    Authorization usable(long nanos) {
        Authorization authorization = current;
        return authorization != null && authorization.isUsable(clock.millis(), nanos) ? authorization : null;
    }

    /** Tokens of this generation and of earlier ones will not do. */
    long staleThrough() {
        return staleThrough;
    }

    /** Grows with each replacement, so that a slow reader of the store can tell that it came too late. */
    long changes() {
        return changes;
    }

    /** Whether asking again will give another token, or try to. */
    boolean reject(long generation) {
        Authorization used = current;
        if (used == null) {
            return false;
        }
        if (used.generation() == generation && rejected != generation) {
            if (rejections.isReached()) {
                return false;
            }
            staleThrough = Math.max(staleThrough, generation);
            rejected = generation;
            current = used.dead();
        }
        return true;
    }

    void replace(@Nullable Authorization next) {
        changes++;
        Authorization before = current;
        if (next != null && before != null && before.wasUsed() && before.generation() == next.generation()) {
            next.markUsed();
        }
        if (next != null) {
            // Another login may count from the beginning again, and then the old count says nothing.
            staleThrough = Math.min(staleThrough, next.generation() - 1);
            rejected = Math.min(rejected, next.generation() - 1);
        }
        current = next;
    }

    /** From the sending until the answer Zendesk may kill it at any moment, so callers wait a little. */
    void enterRenewal() {
        Authorization old = current;
        if (old != null) {
            if (old.generation() == rejected) {
                rejections.note();
            }
            current = old.inRenewal();
        }
    }

    /** A newer generation was written elsewhere, and has killed the token of ours. */
    void retire() {
        Authorization used = current;
        if (used != null) {
            current = used.dead();
        }
    }

    /**
     * The monotonic clock says that this generation is due, whatever the wall clock says.
     *
     * @return whether to renew it now: to renew what nobody used would spend a refresh token for nothing, so then the
     *     next caller will
     */
    boolean due(long generation) {
        Authorization over = current;
        if (over == null || over.generation() != generation) {
            return false;
        }
        // Also for those who come after an attempt that failed.
        staleThrough = Math.max(staleThrough, generation);
        if (!over.wasUsed()) {
            current = over.inRenewal();
        }
        return over.wasUsed();
    }
}
