package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One timer thread and a few workers, daemons that end when idle. Safe for use by several threads.
 */
final class SharedEngine implements Engine {
    private static final int WORKERS = 16;
    private static final long IDLE_SECONDS = 10;
    private static final long SHUTDOWN_SECONDS = 30;

    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;

    private SharedEngine() {
        workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("worker"));
        workers.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(1, daemons("timer"));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    static Engine instance() {
        return Holder.INSTANCE;
    }

    @Override
    public void execute(Runnable work) {
        workers.execute(work);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        ScheduledFuture<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void pause(Duration delay) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }

    private void finishBeforeExit() {
        workers.shutdown();
        try {
            workers.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Siblings.flushAll();
    }

    private static ThreadFactory daemons(String role) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "zendesk-auth-" + role + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Created on first use, with the hook that lets a spent refresh token's answer land before the JVM is gone. */
    private static final class Holder {
        static final SharedEngine INSTANCE = new SharedEngine();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(INSTANCE::finishBeforeExit, "zendesk-auth-finish"));
        }
    }
}
