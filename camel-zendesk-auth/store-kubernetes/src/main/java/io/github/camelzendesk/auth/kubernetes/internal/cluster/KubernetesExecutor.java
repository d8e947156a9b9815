package io.github.camelzendesk.auth.kubernetes.internal.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * One timer and as many workers as there are calls to the API server at a time, daemons that end when idle. Thread-safe.
 */
public final class KubernetesExecutor {
    private static final long IDLE_SECONDS = 10;
    // Without a bound: a renewal that waits for a hanging server must not hold up that of another lock.
    private static final ExecutorService WORKERS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), KubernetesExecutor::daemon);
    private static final ScheduledThreadPoolExecutor TIMER = timer();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private KubernetesExecutor() {}

    /** Runs work that may block. */
    public static void execute(Runnable work) {
        WORKERS.execute(work);
    }

    /** Runs work that may block, and can be interrupted by cancelling it. */
    static <T extends @Nullable Object> Future<T> submit(Callable<T> work) {
        return WORKERS.submit(work);
    }

    /** Runs work that may block, after a delay on the monotonic clock. */
    public static Cancellable after(Duration delay, Runnable work) {
        ScheduledFuture<?> future = TIMER.schedule(() -> WORKERS.execute(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, KubernetesExecutor::daemon);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "zendesk-auth-kubernetes-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Work that may be called off before it has begun. */
    @FunctionalInterface
    public interface Cancellable {
        void cancel();
    }
}
