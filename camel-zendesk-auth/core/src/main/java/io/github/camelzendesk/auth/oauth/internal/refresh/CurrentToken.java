package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.InstantSource;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;

/**
 * The token handed out, and the generations that must not be. Changed under one lock; safe for reading by any thread.
 */
final class CurrentToken {
    private final InstantSource clock;
    private final RejectionLimit rejections;
    private volatile @Nullable ExpiringAuthorization current;
    private long staleThrough = -1;
    private long rejected = -1;
    private long changes;

    CurrentToken(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.rejections = new RejectionLimit(nanoTime);
    }

    @Nullable
    ExpiringAuthorization current() {
        return current;
    }

    /** The token, when it needs no renewal; null otherwise. */
    @Nullable
    Authorization fresh() {
        ExpiringAuthorization authorization = current;
        return authorization != null && authorization.isFresh(clock.millis()) ? authorization.use() : null;
    }

    /** The token, when it may still be sent while a newer one is obtained; null otherwise. */
    @Nullable
    ExpiringAuthorization usable(long nanos) {
        ExpiringAuthorization authorization = current;
        return authorization != null && authorization.isUsable(clock.millis(), nanos) ? authorization : null;
    }

    /** Tokens of this generation and of earlier ones must be renewed. */
    long staleThrough() {
        return staleThrough;
    }

    /** Grows with each replacement, so that a slow read of the store can tell that it is outdated. */
    long changes() {
        return changes;
    }

    /** Whether asking again will give another token, or try to. */
    boolean reject(long generation) {
        ExpiringAuthorization used = current;
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

    void replace(@Nullable ExpiringAuthorization next) {
        changes++;
        ExpiringAuthorization before = current;
        if (next != null && before != null && before.wasUsed() && before.generation() == next.generation()) {
            next.markUsed();
        }
        if (next != null) {
            // Another login may begin its generations again.
            staleThrough = Math.min(staleThrough, next.generation() - 1);
            rejected = Math.min(rejected, next.generation() - 1);
        }
        current = next;
    }

    /** From the request until its answer Zendesk may revoke the token at any moment, so callers wait a little. */
    void enterRenewal() {
        ExpiringAuthorization old = current;
        if (old != null) {
            if (old.generation() == rejected) {
                rejections.note();
            }
            current = old.inRenewal();
        }
    }

    /** Another process stored a newer generation, which ended this token. */
    void retire() {
        ExpiringAuthorization used = current;
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
        ExpiringAuthorization over = current;
        if (over == null || over.generation() != generation) {
            return false;
        }
        // Also for callers after a failed attempt.
        staleThrough = Math.max(staleThrough, generation);
        if (!over.wasUsed()) {
            current = over.inRenewal();
        }
        return over.wasUsed();
    }
}
