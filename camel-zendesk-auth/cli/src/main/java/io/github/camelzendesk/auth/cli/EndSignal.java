package io.github.camelzendesk.auth.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a command that runs until it is told to end (Ctrl-C, SIGTERM) that it is. Thread-safe. */
final class EndSignal {
    private final CountDownLatch given = new CountDownLatch(1);
    private final CountDownLatch handled = new CountDownLatch(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** That of this process: the JVM ends when the command is {@link #handled done}, and 30 s later at the latest. */
    static EndSignal ofProcess() {
        return new EndSignal();
    }

    /** Has this process's signals give it. Called by commands that run on. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            give();
            try {
                handled.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    void give() {
        given.countDown();
    }

    void handled() {
        handled.countDown();
    }

    /** Waits on this thread. @return whether it was given meanwhile */
    boolean await(Duration limit) throws InterruptedException {
        return given.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
