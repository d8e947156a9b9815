package io.github.camelzendesk.auth.oauth.internal.refresh;

import io.github.camelzendesk.auth.oauth.Authorization;

/**
 * An authorization with its deadlines on both clocks, and whether a caller has had it. Immutable but for that hint, and
 * thread-safe.
 */
final class ExpiringAuthorization {
    private final Authorization value;
    private final long softDeadline;
    private final long hardDeadline;
    private final long hardNanos;
    // Without synchronization on purpose: it is written at most once a generation, and a lost write costs one refresh.
    private boolean used;

    ExpiringAuthorization(Authorization value, long softDeadline, long hardDeadline, long hardNanos) {
        this.value = value;
        this.softDeadline = softDeadline;
        this.hardDeadline = hardDeadline;
        this.hardNanos = hardNanos;
    }

    /** One that never ends. */
    static ExpiringAuthorization endless(Authorization value) {
        return new ExpiringAuthorization(value, Long.MAX_VALUE, Long.MAX_VALUE, 0);
    }

    long generation() {
        return value.generation();
    }

    /**
     * Whether it may still be sent while a newer one is being obtained. Both clocks must agree: the wall clock may be set
     * back, and the monotonic one stands still while a machine sleeps.
     */
    boolean isUsable(long now, long nanos) {
        return hardDeadline == Long.MAX_VALUE || (now < hardDeadline && nanos - hardNanos < 0);
    }

    /** Whether callers need not ask for a newer one yet; {@code now} in epoch milliseconds. */
    boolean isFresh(long now) {
        return now < softDeadline;
    }

    boolean wasUsed() {
        return used;
    }

    void markUsed() {
        if (!used) {
            used = true;
        }
    }

    /** The value, without that its reader counts as a user. */
    Authorization peek() {
        return value;
    }

    /** The value for a caller who will use it. */
    Authorization use() {
        markUsed();
        return value;
    }

    /** A copy used only as a fallback while a refresh is in progress. */
    ExpiringAuthorization inRenewal() {
        return stale(hardDeadline);
    }

    /** A copy that callers do not use any more. */
    ExpiringAuthorization dead() {
        return stale(Long.MIN_VALUE);
    }

    private ExpiringAuthorization stale(long untilLater) {
        ExpiringAuthorization stale = new ExpiringAuthorization(value, Long.MIN_VALUE, untilLater, hardNanos);
        stale.used = used;
        return stale;
    }
}
