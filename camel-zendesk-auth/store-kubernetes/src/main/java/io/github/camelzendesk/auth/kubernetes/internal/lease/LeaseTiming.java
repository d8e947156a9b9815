package io.github.camelzendesk.auth.kubernetes.internal.lease;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a lock lives without being renewed, on a monotonic clock. Immutable.
 *
 * @param lease for how long no process takes the lock from a silent holder
 * @param nanoTime never the wall clock: those of two machines differ, and jump
 */
public record LeaseTiming(Duration lease, LongSupplier nanoTime) {
    private static final int RENEWALS = 3;
    private static final int RETRIES = 12;

    /**
     * How long a holder trusts in its lock after it asked for a renewal that succeeded. The rest of the lease is the
     * margin in which nobody holds it.
     */
    Duration trust() {
        return lease.multipliedBy(2).dividedBy(RENEWALS);
    }

    Duration renewal() {
        return lease.dividedBy(RENEWALS);
    }

    /** The pause after a renewal that did not get through. */
    Duration retry() {
        return lease.dividedBy(RETRIES);
    }

    long now() {
        return nanoTime.getAsLong();
    }
}
