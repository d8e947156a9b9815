package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Runs work that calls Zendesk, so much at a time: accounts take turns, and none keeps the others from theirs, however much
 * it wants and however long Zendesk lets it wait. Safe for use by several threads.
 *
 * <p>Work that has been under way for long no longer counts among the quick, so a hundred accounts that hang leave room for
 * one that answers. An account whose work took long has one piece of it at a time, and a part of the threads together with
 * others of its kind, until it is quick again.
 */
final class FairExecutor {
    private final Executor threads;
    private final Timer timer;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<String, Account> accounts = new HashMap<>(); // guarded by lock
    private final Set<Account> quickTurns = new LinkedHashSet<>(); // guarded by lock
    private final Set<Account> slowTurns = new LinkedHashSet<>(); // guarded by lock
    private int quick; // guarded by lock
    private int slow; // guarded by lock
    private boolean shutdown; // guarded by lock

    /** Runs a task after a delay. */
    @FunctionalInterface
    interface Timer {
        Engine.Cancellable after(Duration delay, Runnable task);
    }

    /**
     * How much may be under way. Immutable.
     *
     * @param quick of the work that has not taken long so far
     * @param slow above how much that took long none is begun for accounts that are known to be slow
     * @param all of both, which is the number of threads
     * @param ofOne for one account
     * @param slowAfter what it means to take long
     */
    record Limits(int quick, int slow, int all, int ofOne, Duration slowAfter) {}

    /** The threads must not be those of whoever calls this. */
    FairExecutor(Executor threads, Timer timer, Limits limits) {
        this.threads = threads;
        this.timer = timer;
        this.limits = limits;
    }

    /** An account that has work, or is known to be slow. Guarded by the lock. */
    private static final class Account {
        private final String name;
        private final Queue<Runnable> waiting = new ArrayDeque<>(1);
        private int running;
        private boolean slow;

        Account(String name) {
            this.name = name;
        }
    }

    /** A piece of work under way. Guarded by the lock. */
    private static final class Run {
        private final Account account;
        private final Runnable work;
        private Engine.@Nullable Cancellable mark;
        private boolean countsAsSlow;
        private boolean tookLong;
        private boolean ended;

        Run(Account account, Runnable work) {
            this.account = account;
            this.work = work;
            this.countsAsSlow = account.slow;
        }
    }

    /**
     * Runs the work when its account has its turn.
     *
     * @throws RejectedExecutionException after the {@link #shutdown}
     */
    void execute(String account, Runnable work) {
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException("shut down");
            }
            Account known = accounts.computeIfAbsent(account, Account::new);
            known.waiting.add(work);
            queueUp(known);
            beginAll();
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing any more, and forgets what waits. */
    void shutdown() {
        lock.lock();
        try {
            shutdown = true;
            quickTurns.clear();
            slowTurns.clear();
            accounts.values().forEach(account -> account.waiting.clear());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is under way; false when something still was after that time. */
    boolean awaitIdle(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (quick + slow > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
            return quick + slow == 0;
        } finally {
            lock.unlock();
        }
    }

    /** On a thread: this work, and then whatever else has its turn. */
    private void run(Run first) {
        for (Run run = first; run != null; run = endAndNext(run)) {
            try {
                run.work.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** It holds up its account from here on, and nobody else. */
    private void takesLong(Run run) {
        lock.lock();
        try {
            if (!run.ended) {
                run.tookLong = true;
                count(run, -1);
                run.countsAsSlow = true;
                count(run, 1);
                mark(run.account, true);
                beginAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Run endAndNext(Run run) {
        lock.lock();
        try {
            end(run);
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void end(Run run) {
        run.ended = true;
        Objects.requireNonNull(run.mark).cancel();
        count(run, -1);
        Account account = run.account;
        account.running--;
        mark(account, run.tookLong);
        if (account.running == 0 && account.waiting.isEmpty() && !account.slow) {
            accounts.remove(account.name);
        }
        if (quick + slow == 0) {
            idle.signalAll();
        }
    }

    /** Under the lock. */
    private void mark(Account account, boolean isSlow) {
        turns(account).remove(account);
        account.slow = isSlow;
        queueUp(account);
    }

    /** Under the lock. */
    private void queueUp(Account account) {
        int most = account.slow ? 1 : limits.ofOne;
        if (!account.waiting.isEmpty() && account.running < most) {
            turns(account).add(account);
        }
    }

    private Set<Account> turns(Account account) {
        return account.slow ? slowTurns : quickTurns;
    }

    /** Under the lock. */
    private void beginAll() {
        for (Run run = next(); run != null; run = next()) {
            Run begun = run;
            threads.execute(() -> run(begun));
        }
    }

    /** Under the lock: what may begin now; null when nothing may. */
    private @Nullable Run next() {
        if (quick + slow >= limits.all) {
            return null;
        }
        if (quick < limits.quick && !quickTurns.isEmpty()) {
            return begin(first(quickTurns));
        }
        return slow < limits.slow && !slowTurns.isEmpty() ? begin(first(slowTurns)) : null;
    }

    /** Under the lock: it goes to the end of the line if it wants another turn. */
    private static Account first(Set<Account> turns) {
        Iterator<Account> line = turns.iterator();
        Account account = line.next();
        line.remove();
        return account;
    }

    /** Under the lock. */
    private Run begin(Account account) {
        Run run = new Run(account, account.waiting.remove());
        run.mark = timer.after(limits.slowAfter, () -> takesLong(run));
        account.running++;
        count(run, 1);
        queueUp(account);
        return run;
    }

    /** Under the lock. */
    private void count(Run run, int change) {
        if (run.countsAsSlow) {
            slow += change;
        } else {
            quick += change;
        }
    }
}
