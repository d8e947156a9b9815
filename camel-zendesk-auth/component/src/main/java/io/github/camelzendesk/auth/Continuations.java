package io.github.camelzendesk.auth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.camel.spi.ExecutorServiceManager;

/**
 * Where exchanges go on after a wait: each on a thread of Camel's own, so that none waits for what another does next, and
 * no route runs on the threads that renew tokens. Thread-safe.
 */
final class Continuations implements Executor {
    private static final String NAME = "ZendeskAuth";
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ExecutorServiceManager threads;
    private final ExecutorService pool;
    private final Duration again;

    Continuations(Object source, ExecutorServiceManager threads) {
        this(source, threads, AGAIN);
    }

    /** @param again when an exchange that found no thread is tried again */
    Continuations(Object source, ExecutorServiceManager threads, Duration again) {
        this.threads = threads;
        this.again = again;
        // Neither a queue nor a bound: a route that waits for an exchange of another route would wait for ever in one,
        // and what is refused by the other would run on the thread that brings the token.
        this.pool = threads.newCachedThreadPool(source, NAME);
    }

    /** Neither blocks, nor runs the work on the calling thread, nor refuses it: an exchange must end. */
    @Override
    public void execute(Runnable exchange) {
        try {
            start(exchange);
        } catch (OutOfMemoryError e) {
            // No thread can be started at present.
            CompletableFuture.delayedExecutor(again.toNanos(), TimeUnit.NANOSECONDS, this)
                    .execute(exchange);
        }
    }

    private void start(Runnable exchange) {
        try {
            pool.execute(exchange);
        } catch (RejectedExecutionException e) {
            // The context has stopped, and its pool with it.
            threads.newThread(NAME, exchange).start();
        }
    }

    void shutdown() {
        threads.shutdownNow(pool);
    }
}
