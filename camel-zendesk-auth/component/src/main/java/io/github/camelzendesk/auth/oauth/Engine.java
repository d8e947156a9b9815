package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The threads that all connections of this JVM share. Implementations are safe for use by several threads; no caller's
 * cancel or interrupt reaches what runs here.
 */
interface Engine {
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

    /** Waits on the calling thread for something that is not Zendesk, which holds no turn of the account meanwhile. */
    <T> T outOfTurn(Wait<T> wait) throws InterruptedException;

    /** Asks Zendesk on the calling thread. Only what takes long in here makes its account a slow one. */
    <T> T ask(Supplier<T> request);

    /** Runs a short task after a delay that counts on the monotonic clock; later, while no thread can be started. */
    Cancellable after(Duration delay, Runnable task);

    /** Waits on the calling thread. */
    void pause(Duration delay) throws InterruptedException;

    /**
     * Has the engine be there until that is cancelled: while a manager is open, or something is owed to a store that must be
     * tried once more before the JVM ends.
     */
    default Cancellable hold() {
        return () -> {};
    }

    /**
     * Completes a future that callers have: the one method that does. What follows it is theirs and may take time, so it is
     * under no lock, and on no thread on which others depend.
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

    /** What a future ended with, without the wrapping. */
    static Throwable cause(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        return cause == null ? new IllegalStateException("no result and no error") : cause;
    }

    /** Work for {@link #call} that others wait for. */
    interface Work extends Runnable {
        /** Comes in the place of the run when the JVM ends before. */
        void refuse(RejectedExecutionException e);
    }

    /** A wait that may be interrupted. */
    @FunctionalInterface
    interface Wait<T> {
        T await() throws InterruptedException;
    }

    /** A task that may be called off. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
