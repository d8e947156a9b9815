package io.github.camelzendesk.auth.oauth;

import java.time.Duration;

/**
 * The threads that all connections of this JVM share. Implementations are safe for use by several threads; no caller's
 * cancel or interrupt reaches what runs here.
 */
interface Engine {
    /** Runs work that blocks on the disk. */
    void execute(Runnable work);

    /** Runs work that calls Zendesk, when it is this account's turn. */
    void call(String account, Runnable work);

    /** Runs a short task after a delay that counts on the monotonic clock. */
    Cancellable after(Duration delay, Runnable task);

    /** Waits on the calling thread. */
    void pause(Duration delay) throws InterruptedException;

    /** A task that may be called off. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
