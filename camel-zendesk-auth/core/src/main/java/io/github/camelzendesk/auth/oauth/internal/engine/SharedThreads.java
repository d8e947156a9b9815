package io.github.camelzendesk.auth.oauth.internal.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;

/**
 * One timer thread, a few workers, the threads that call Zendesk, and those that run application code: daemons that end
 * when idle. Thread-safe.
 *
 * <p>While it is {@linkplain #hold() held}, a shutdown hook lets token requests finish before the JVM ends. The hook
 * and the threads go with the last holder, so that a web application leaves nothing behind.
 */
public final class SharedThreads implements TaskScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final int WORKERS = 16;
    private static final CallLimits CALLS = new CallLimits(64, 64, 256, 8, Duration.ofSeconds(5));
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Duration again;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor spawned;
    private final ThreadPoolExecutor callers;
    private final FairExecutor calls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Hold> holds = ConcurrentHashMap.newKeySet(); // changed under the lock
    private @Nullable Thread hook; // guarded by lock

    /**
     * @param daemons makes the threads of a role
     * @param again when work that found no thread is tried again
     */
    public SharedThreads(Function<String, ThreadFactory> daemons, Duration again) {
        this.again = again;
        timer = new ScheduledThreadPoolExecutor(1, daemons.apply("timer"));
        timer.setKeepAliveTime(IDLE.toNanos(), TimeUnit.NANOSECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                IDLE.toNanos(),
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(),
                daemons.apply("worker"));
        workers.allowCoreThreadTimeOut(true);
        // Unbounded: work may wait for other work here.
        spawned = unbounded(daemons.apply("spawned"));
        // Unbounded: FairExecutor limits the calls.
        callers = unbounded(daemons.apply("call"));
        calls = new FairExecutor(callers, this::after, CALLS);
    }

    private static ThreadPoolExecutor unbounded(ThreadFactory daemons) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toNanos(), TimeUnit.NANOSECONDS, new SynchronousQueue<>(), daemons);
    }

    public static TaskScheduler instance() {
        return Holder.INSTANCE;
    }

    /** The limits of requests. */
    public static TaskScheduler.Timer limits() {
        return Holder.INSTANCE::limit;
    }

    @Override
    public void execute(Runnable work) {
        begin(workers, work);
    }

    @Override
    public void call(String account, Runnable work) {
        calls.execute(account, work);
    }

    @Override
    public void spawn(Runnable work) {
        begin(spawned, work);
    }

    private void begin(Executor threads, Runnable work) {
        try {
            threads.execute(work);
        } catch (OutOfMemoryError e) {
            // No thread can be started now. A caller waits for this, so try again.
            after(again, () -> begin(threads, work));
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
        try {
            return limit(delay, task);
        } catch (OutOfMemoryError e) {
            LOG.debug("No thread for the timer; what is planned comes when there is one", e);
            return () -> {};
        }
    }

    /**
     * The same for a limit, without which nothing is to begin.
     *
     * @throws OutOfMemoryError when no thread can be started that would end it
     */
    public Cancellable limit(Duration delay, Runnable task) {
        ScheduledFuture<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void pause(Duration delay) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }

    @Override
    public Cancellable hold(Runnable beforeExit) {
        Hold hold = new Hold(beforeExit);
        lock.lock();
        try {
            if (holds.isEmpty()) {
                endIdleThreads(IDLE);
                addHook();
            }
            holds.add(hold);
        } finally {
            lock.unlock();
        }
        return hold;
    }

    /** One use of the threads. Each is its own, whatever its action equals. */
    private final class Hold implements Cancellable {
        private final Runnable beforeExit;

        Hold(Runnable beforeExit) {
            this.beforeExit = beforeExit;
        }

        @Override
        public void cancel() {
            release(this);
        }
    }

    private void release(Hold hold) {
        lock.lock();
        try {
            if (holds.remove(hold) && holds.isEmpty()) {
                removeHook();
                endIdleThreads(AT_ONCE);
            }
        } finally {
            lock.unlock();
        }
    }

    private void endIdleThreads(Duration idle) {
        for (ThreadPoolExecutor pool : List.of(timer, workers, callers, spawned)) {
            pool.setKeepAliveTime(idle.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void addHook() {
        Thread finish = new Thread(this::finishBeforeExit, "zendesk-auth-finish");
        try {
            Runtime.getRuntime().addShutdownHook(finish);
            hook = finish;
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is about to end, too late for a hook", e);
        }
    }

    private void removeHook() {
        Thread added = hook;
        hook = null;
        try {
            if (added != null) {
                Runtime.getRuntime().removeShutdownHook(added);
            }
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is about to end, and its hooks run", e);
        }
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
        holds.forEach(hold -> hold.beforeExit.run());
    }

    public static ThreadFactory daemons(String role) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "zendesk-auth-" + role + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Created on first use. */
    private static final class Holder {
        static final SharedThreads INSTANCE = new SharedThreads(SharedThreads::daemons, AGAIN);
    }
}
