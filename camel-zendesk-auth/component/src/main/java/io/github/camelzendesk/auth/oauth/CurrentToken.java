package io.github.camelzendesk.auth.oauth;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What the manager hands out, and which generations will not do any more. For use under the renewal's lock; readers see
 * the manager's volatile field.
 */
final class CurrentToken {
    private final TokenManager manager;
    private final RejectionLimit rejections;
    private long staleThrough = -1;
    private long rejected = -1;
    private long changes;

    CurrentToken(TokenManager manager, LongSupplier nanoTime) {
        this.manager = manager;
        this.rejections = new RejectionLimit(nanoTime);
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
        Authorization used = manager.current();
        if (used == null) {
            return false;
        }
        if (used.generation() == generation && rejected != generation) {
            if (rejections.isReached()) {
                return false;
            }
            staleThrough = Math.max(staleThrough, generation);
            rejected = generation;
            manager.publish(used.dead());
        }
        return true;
    }

    void replace(@Nullable Authorization next) {
        changes++;
        Authorization before = manager.current();
        if (next != null && before != null && before.wasUsed() && before.generation() == next.generation()) {
            next.markUsed();
        }
        if (next != null) {
            // Another login may count from the beginning again, and then the old count says nothing.
            staleThrough = Math.min(staleThrough, next.generation() - 1);
            rejected = Math.min(rejected, next.generation() - 1);
        }
        manager.publish(next);
    }

    /** From the sending until the answer Zendesk may kill it at any moment, so callers wait a little. */
    void enterRenewal() {
        Authorization old = manager.current();
        if (old != null) {
            if (old.generation() == rejected) {
                rejections.note();
            }
            manager.publish(old.inRenewal());
        }
    }

    /** Whoever wrote a newer generation has killed the token of ours with it. */
    void retire() {
        Authorization used = manager.current();
        if (used != null) {
            manager.publish(used.dead());
        }
    }

    /**
     * The monotonic clock says that this generation is due, whatever the wall clock says.
     *
     * @return whether to renew it now: to renew what nobody used would spend a refresh token for nothing, so then the
     *     next caller will
     */
    boolean due(long generation) {
        Authorization current = manager.current();
        if (current == null || current.generation() != generation) {
            return false;
        }
        if (!current.wasUsed()) {
            staleThrough = Math.max(staleThrough, generation);
            manager.publish(current.inRenewal());
        }
        return current.wasUsed();
    }
}
