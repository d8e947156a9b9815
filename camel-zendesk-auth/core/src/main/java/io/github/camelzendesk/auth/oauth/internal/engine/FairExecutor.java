package io.github.camelzendesk.auth.oauth.internal.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.engine.AccountTurns.Run;

/**
 * Runs work that calls Zendesk, so much at a time: accounts take turns, and none keeps the others from theirs, however
 * much it wants and however long Zendesk lets it wait. Thread-safe.
 *
 * <p>Work that has been under way for long no longer counts among the quick, so a hundred accounts that
 * hang leave room for one that answers. An account that took long to {@link #ask} has one piece of work
 * at a time, and a part of the threads together with others of its kind, until it is quick again. A lock
 * or a disk that takes long says nothing of Zendesk.
 */
public final class FairExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Executor threads;
    private final TaskScheduler.Timer timer;
    private final Duration slowAfter;
    private final ThreadLocal<@Nullable Marked> own = new ThreadLocal<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final AccountTurns turns; // guarded by lock
    private boolean shutdown; // guarded by lock

    /** @param threads must not run work on the calling thread */
    public FairExecutor(Executor threads, TaskScheduler.Timer timer, CallLimits limits) {
        this.threads = threads;
        this.timer = timer;
        this.slowAfter = limits.slowAfter();
        this.turns = new AccountTurns(limits);
    }

    /** A run with the timer that watches it. Guarded by the lock. */
    private static final class Marked {
        private final Run run;
        private TaskScheduler.Cancellable timer = () -> {};
        private int phase;

        Marked(Run run) {
            this.run = run;
        }
    }

    /**
     * Runs the work when its account has its turn.
     *
     * @throws RejectedExecutionException after the {@link #shutdown}
     * @throws OutOfMemoryError when no thread can be started, and none is there that could run it later
     */
    public void execute(String account, Runnable work) {
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException("shut down");
            }
            turns.add(account, work);
            beginAll();
        } catch (RuntimeException | Error e) {
            turns.remove(account, work);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing any more, and refuses what waits. */
    public void shutdown() {
        List<Runnable> waiting;
        lock.lock();
        try {
            shutdown = true;
            waiting = turns.removeAll();
        } finally {
            lock.unlock();
        }
        for (Runnable work : waiting) {
            if (work instanceof TaskScheduler.Work known) {
                known.refuse(new RejectedExecutionException("shut down"));
            }
        }
    }

    /** Waits until nothing is under way; false when something still was after that time. */
    public boolean awaitIdle(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!turns.isIdle() && left > 0) {
                left = idle.awaitNanos(left);
            }
            return turns.isIdle();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something that is not Zendesk. On a thread of this executor the turn is another's meanwhile. */
    public <T> T outOfTurn(TaskScheduler.Wait<T> wait) throws InterruptedException {
        change(turns::leave);
        try {
            return wait.await();
        } finally {
            change(turns::goOn);
        }
    }

    /** Asks Zendesk, which on a thread of this executor shows whether the account is a slow one. */
    public <T> T ask(Supplier<T> request) {
        change(turns::ask);
        try {
            return request.get();
        } finally {
            change(turns::answered);
        }
    }

    /** What the calling thread does from here on, if it is one of this executor's. */
    private void change(Consumer<Run> change) {
        Marked mine = own.get();
        if (mine == null) {
            return;
        }
        lock.lock();
        try {
            change.accept(mine.run);
            watch(mine);
            beginAll();
        } finally {
            lock.unlock();
        }
    }

    /** On a thread: this work, and then whatever else has its turn. */
    private void run(Marked first) {
        for (Marked run = first; run != null; run = endAndNext(run)) {
            own.set(run);
            try {
                run.run.work.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            } finally {
                own.remove();
                // An interrupt that is left behind would close the next one's files.
                Thread.interrupted();
            }
        }
    }

    private @Nullable Marked endAndNext(Marked ended) {
        lock.lock();
        try {
            unwatch(ended);
            turns.end(ended.run);
            if (turns.isIdle()) {
                idle.signalAll();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. What finds no thread waits for one of those that run. */
    private void beginAll() {
        for (Marked run = next(); run != null; run = next()) {
            Marked begun = run;
            try {
                threads.execute(() -> run(begun));
            } catch (RuntimeException | Error e) {
                unwatch(begun);
                turns.putBack(begun.run);
                if (turns.isIdle()) {
                    throw e;
                }
                LOG.debug("No thread for another token request; it waits", e);
                return;
            }
        }
    }

    /** Under the lock. */
    private @Nullable Marked next() {
        Run run = turns.next();
        if (run == null) {
            return null;
        }
        Marked begun = new Marked(run);
        watch(begun);
        return begun;
    }

    /** Under the lock: how long it takes counts from here. */
    private void watch(Marked run) {
        unwatch(run);
        int phase = run.phase;
        try {
            run.timer = timer.after(slowAfter, () -> takesLong(run, phase));
        } catch (RuntimeException | Error e) {
            LOG.debug("No timer for a token request; it counts as a quick one", e);
        }
    }

    /** Under the lock. */
    private static void unwatch(Marked run) {
        run.phase++;
        run.timer.cancel();
    }

    private void takesLong(Marked run, int phase) {
        lock.lock();
        try {
            if (run.phase == phase) {
                turns.takesLong(run.run);
                beginAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
