package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A limit that counts the time in which this process runs, not the time in which it is stopped (SIGSTOP, a suspended machine, a
 * frozen container): what arrived meanwhile can be read before the limit is over. Safe for use by several threads.
 *
 * <p>It looks at the clock every 250 ms, and counts a look that comes later as late by 250 ms at the most.
 */
final class RunningDeadline implements AutoCloseable {
    private static final long SLICE_NANOS = Duration.ofMillis(250).toNanos();

    private final long limit;
    private final LongSupplier nanoTime;
    private final FairExecutor.Timer timer;
    private final Runnable whenOver;
    // These three are the timer's, from one look to the next.
    private long left;
    private long since;
    private long asked;
    private volatile boolean closed;
    private volatile boolean over;

    /** Begins to count, on the clock and the timer of its choice. */
    @FunctionalInterface
    interface Start {
        Start REAL = (limit, whenOver) ->
                new RunningDeadline(limit, System::nanoTime, SharedEngine.limits(), whenOver);

        RunningDeadline start(Duration limit, Runnable whenOver);
    }

    /**
     * Counts from now on.
     *
     * @param nanoTime the monotonic clock
     * @param whenOver runs on the timer's thread, at most once
     */
    RunningDeadline(Duration limit, LongSupplier nanoTime, FairExecutor.Timer timer, Runnable whenOver) {
        this.limit = limit.toNanos();
        this.nanoTime = nanoTime;
        this.timer = timer;
        this.whenOver = whenOver;
        this.left = this.limit;
        this.since = nanoTime.getAsLong();
        lookAgain();
    }

    boolean isOver() {
        return over;
    }

    private void lookAgain() {
        asked = left > 0 ? Math.min(left, SLICE_NANOS) : SLICE_NANOS;
        timer.after(Duration.ofNanos(asked), this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        long now = nanoTime.getAsLong();
        long passed = now - since;
        long most = asked + SLICE_NANOS;
        since = now;
        left -= Math.min(passed, most);
        // Right after a stop the reader has had no turn yet. On a machine that is late each time this comes to an end
        // too.
        boolean wasStopped = passed > most && left > -limit;
        if (left > 0 || wasStopped) {
            lookAgain();
        } else {
            over = true;
            whenOver.run();
        }
    }

    /** Ends the counting. */
    @Override
    public void close() {
        closed = true;
    }
}
