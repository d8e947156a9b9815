package io.github.camelzendesk.auth.oauth.internal.wire;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;

/**
 * A time limit that does not count while the process is stopped (SIGSTOP, a suspended machine, a frozen container), so
 * that an answer that arrived meanwhile can be read. Thread-safe.
 *
 * <p>It checks the clock every 250 ms; a check that comes late counts as at most 250 ms late.
 */
public final class RunningDeadline implements AutoCloseable {
    private static final long SLICE_NANOS = Duration.ofMillis(250).toNanos();

    private final long limit;
    private final LongSupplier nanoTime;
    private final TaskScheduler.Timer timer;
    private final Runnable whenOver;
    // Used by one check after another.
    private long left;
    private long since;
    private long asked;
    private volatile boolean closed;
    private volatile boolean over;

    /** Starts a deadline, on a clock and a timer of its choice. */
    @FunctionalInterface
    public interface Start {
        RunningDeadline start(Duration limit, Runnable whenOver);
    }

    /**
     * Counts from now on.
     *
     * @param nanoTime the monotonic clock
     * @param whenOver runs on the timer's thread, at most once
     */
    public RunningDeadline(Duration limit, LongSupplier nanoTime, TaskScheduler.Timer timer, Runnable whenOver) {
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
        // Right after a stop the reader needs time to read. Not for ever, on a machine that is late at each check.
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
