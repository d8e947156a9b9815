package io.github.camelzendesk.auth.oauth;

/**
 * The value of the {@code Authorization} header as of one generation of the tokens. Immutable but for one hint, and safe
 * for use by several threads.
 */
public final class Authorization {
    private final String headerValue;
    private final long generation;
    private final long softDeadline;
    private final long hardDeadline;
    private final long hardNanos;
    // Without synchronization on purpose: it is written at most once a generation, and a lost write costs one refresh.
    private boolean used;

    Authorization(String headerValue, long generation, long softDeadline, long hardDeadline, long hardNanos) {
        this.headerValue = headerValue;
        this.generation = generation;
        this.softDeadline = softDeadline;
        this.hardDeadline = hardDeadline;
        this.hardNanos = hardNanos;
    }

    /** One that never ends. */
    static Authorization endless(String headerValue) {
        return new Authorization(headerValue, 0, Long.MAX_VALUE, Long.MAX_VALUE, 0);
    }

    /** The header's value, a secret: {@code Bearer ...} or {@code Basic ...}. */
    public String headerValue() {
        return headerValue;
    }

    /** What to hand to {@link TokenManager#reject} when Zendesk answers 401 to this value. */
    public long generation() {
        return generation;
    }

    /** Epoch milliseconds from which on callers ask for a newer one. */
    long softDeadline() {
        return softDeadline;
    }

    /**
     * Whether it may still be sent while a newer one is being obtained. Both clocks must agree: the wall clock may be set
     * back, and the monotonic one stands still while a machine sleeps.
     */
    boolean isUsable(long now, long nanos) {
        return hardDeadline == Long.MAX_VALUE || (now < hardDeadline && nanos - hardNanos < 0);
    }

    boolean wasUsed() {
        return used;
    }

    Authorization markUsed() {
        if (!used) {
            used = true;
        }
        return this;
    }

    /** The same value, which callers take only when waiting for a newer one was in vain. */
    Authorization inRenewal() {
        return stale(hardDeadline);
    }

    /** The same value, which nobody takes any more. */
    Authorization dead() {
        return stale(Long.MIN_VALUE);
    }

    private Authorization stale(long untilLater) {
        Authorization stale = new Authorization(headerValue, generation, Long.MIN_VALUE, untilLater, hardNanos);
        return used ? stale.markUsed() : stale;
    }

    @Override
    public String toString() {
        return "Authorization[generation " + generation + "]";
    }
}
