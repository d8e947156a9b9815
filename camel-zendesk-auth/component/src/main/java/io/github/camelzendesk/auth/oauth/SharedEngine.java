package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One timer thread, a few workers, the threads that call Zendesk, and those that run what others may make of it: daemons
 * that end when idle. Safe for use by several threads.
 */
final class SharedEngine implements Engine {
    private static final int WORKERS = 16;
    private static final AccountTurns.Limits CALLS = new AccountTurns.Limits(64, 64, 256, 8, Duration.ofSeconds(5));
    private static final long IDLE_SECONDS = 10;
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final Duration SPAWN_AGAIN = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor spawned;
    private final FairExecutor calls;

    /** @param daemons makes the threads of a role */
    SharedEngine(Function<String, ThreadFactory> daemons) {
        timer = new ScheduledThreadPoolExecutor(1, daemons.apply("timer"));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons.apply("worker"));
        workers.allowCoreThreadTimeOut(true);
        // No bound: a piece of work that waits for another of them would never get a thread.
        spawned = unbounded(daemons.apply("spawned"));
        // Without a bound of its own: the calls have one.
        calls = new FairExecutor(unbounded(daemons.apply("call")), this::after, CALLS);
    }

    private static ThreadPoolExecutor unbounded(ThreadFactory daemons) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons);
    }

    static Engine instance() {
        return Holder.INSTANCE;
    }

    @Override
    public void execute(Runnable work) {
        workers.execute(work);
    }

    @Override
    public void call(String account, Runnable work) {
        calls.execute(account, work);
    }

    @Override
    public void spawn(Runnable work) {
        try {
            spawned.execute(work);
        } catch (OutOfMemoryError e) {
            // No thread can be started at present, and whoever waits for this must not wait for ever.
            after(SPAWN_AGAIN, () -> spawn(work));
        }
    }

    @Override
    public <T> T outOfTurn(Wait<T> wait) throws InterruptedException {
        return calls.outOfTurn(wait);
    }

    @Override
    public <T> T ask(Supplier<T> request) {
        return calls.ask(request);
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
        calls.shutdown();
        workers.shutdown();
        long begun = System.nanoTime();
        try {
            calls.awaitIdle(SHUTDOWN);
            long left = SHUTDOWN.toNanos() - (System.nanoTime() - begun);
            workers.awaitTermination(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Ledger.payAll();
    }

    static ThreadFactory daemons(String role) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "zendesk-auth-" + role + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Created on first use, with the hook that lets a spent refresh token's answer land before the JVM is gone. */
    private static final class Holder {
        static final SharedEngine INSTANCE = new SharedEngine(SharedEngine::daemons);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(INSTANCE::finishBeforeExit, "zendesk-auth-finish"));
        }
    }
}
