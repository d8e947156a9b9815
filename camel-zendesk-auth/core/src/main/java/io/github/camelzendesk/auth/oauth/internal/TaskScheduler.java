package io.github.camelzendesk.auth.oauth.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The threads that all connections of this JVM share. Implementations are thread-safe; no caller's
 * cancel or interrupt reaches what runs here.
 */
public interface TaskScheduler {
    /** Runs work that blocks on the disk. */
    void execute(Runnable work);

    /**
     * Runs work that calls Zendesk, when it is this account's turn.
     *
     * @throws RejectedExecutionException when the JVM is about to end
     * @throws OutOfMemoryError when no thread can be started, and the work will not run
     */
    void call(String account, Runnable work);

    /** Runs work that may take any time, such as a user's code, on a thread of its own: nothing waits for it. */
    void spawn(Runnable work);

    /** Waits on the calling thread for something other than Zendesk. Meanwhile the account's turn is free. */
    <T> T outOfTurn(Wait<T> wait) throws InterruptedException;

    /** Makes a request to Zendesk on the calling thread. Only time spent in here marks an account as slow. */
    <T> T ask(Supplier<T> request);

    /** Runs a short task after a delay that counts on the monotonic clock; later, while no thread can be started. */
    Cancellable after(Duration delay, Runnable task);

    /** Waits on the calling thread. */
    void pause(Duration delay) throws InterruptedException;

    /**
     * Keeps the threads and the shutdown hook until cancelled: while a manager is open, or something is
     * unsaved.
     *
     * @param beforeExit runs when the JVM ends first, after the requests
     */
    default Cancellable hold(Runnable beforeExit) {
        return () -> {};
    }

    /**
     * Completes a caller's future. The caller's own code may follow and take any time, so this holds no lock and uses a
     * thread that nothing else waits for. No other method completes such a future.
     */
    default <T> void complete(CompletableFuture<T> future, @Nullable T value, @Nullable Throwable error) {
        spawn(() -> {
            if (error == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(cause(error));
            }
        });
    }

    /** The error that a future ended with, unwrapped. */
    static Throwable cause(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        return cause == null ? new IllegalStateException("no result and no error") : cause;
    }

    /** Work for {@link #call} that others wait for. */
    interface Work extends Runnable {
        /** Called instead of {@code run} when the JVM ends first. */
        void refuse(RejectedExecutionException e);
    }

    /** A wait that may be interrupted. */
    @FunctionalInterface
    interface Wait<T> {
        T await() throws InterruptedException;
    }

    /** Runs a task after a delay. */
    @FunctionalInterface
    interface Timer {
        Cancellable after(Duration delay, Runnable task);
    }

    /** A task that can be cancelled. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
