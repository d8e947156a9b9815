package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Time, and what happens next. Of all that is ready the seed chooses, so one seed makes one history. The methods are for
 * the strand that has the baton, but for {@link #run}, which hands it out.
 */
final class Simulation {
    private static final int SWITCHES = 3;
    private static final int LONGEST_TICK = 300_000;
    private static final int MOST_STEPS = 200_000;

    final Random random;
    final List<String> told = new ArrayList<>();
    private final boolean tells;
    private final Semaphore over = new Semaphore(0);
    private final List<Piece> ready = new ArrayList<>();
    private final PriorityQueue<Piece> later = new PriorityQueue<>();
    private long now;
    private long until;
    private long numbers;
    private int steps;
    private boolean ending;
    private boolean stopped;
    private Throwable failure;

    Simulation(long seed, boolean tells) {
        this.random = new Random(seed);
        this.tells = tells;
    }

    long now() {
        return now;
    }

    /** Writes a line of the history, when it is to be read. */
    void tell(SimulatedProcess who, Supplier<String> what) {
        if (tells) {
            told.add(String.format("%12.3f s  %-4s %s", now / 1e9, who == null ? "" : who.name(), what.get()));
        }
    }

    Piece soon(SimulatedProcess process, Runnable task) {
        Piece work = new Piece(process, task, null, now, numbers++);
        ready.add(work);
        return work;
    }

    Piece after(Duration delay, SimulatedProcess process, Runnable task) {
        Piece work = new Piece(process, task, null, now + delay.toNanos(), numbers++);
        later.add(work);
        return work;
    }

    void cancel(Piece work) {
        work.cancelled = true;
        later.remove(work);
    }

    /** Between two operations of a process: it may die or be stopped here, and others may run. */
    void step(SimulatedProcess process) {
        now += random.nextInt(LONGEST_TICK);
        process.operation();
        if (!ready.isEmpty() && random.nextInt(SWITCHES) == 0) {
            suspend(new Piece(process, null, Strand.current(), now, numbers++), true);
        }
        process.check();
    }

    /** Suspends the calling strand until the delay is over. */
    void sleep(SimulatedProcess process, Duration delay) {
        await(sleeper(process, delay));
    }

    Piece sleeper(SimulatedProcess process, Duration delay) {
        return new Piece(process, null, Strand.current(), now + delay.toNanos(), numbers++);
    }

    /** Suspends the calling strand until this sleeper's time has come, or it is {@link #wake woken}. */
    void await(Piece sleeper) {
        sleeper.process.check();
        suspend(sleeper, false);
        sleeper.process.check();
    }

    void wake(Piece sleeper) {
        if (later.remove(sleeper)) {
            ready.add(sleeper);
        }
    }

    private void suspend(Piece mine, boolean isReady) {
        (isReady ? ready : later).add(mine);
        Piece next = next();
        if (next != mine) {
            pass(next);
            mine.strand().await();
        }
    }

    /** What happens next; null at the end of the time. */
    Piece next() {
        while (ending || !stopped) {
            promote();
            if (ready.isEmpty() && !advance()) {
                return null;
            }
            if (!ready.isEmpty()) {
                Piece work = take();
                if (work != null) {
                    return work;
                }
            }
        }
        return null;
    }

    /** Nothing happens any more. */
    void stop() {
        stopped = true;
    }

    private void promote() {
        while (!later.isEmpty() && later.peek().at <= now) {
            ready.add(later.poll());
        }
    }

    private boolean advance() {
        if (ending ? later.isEmpty() : later.isEmpty() || later.peek().at > until) {
            now = ending ? now : Math.max(now, until);
            return false;
        }
        if (steps++ > MOST_STEPS) {
            thrown(new IllegalStateException("a history without an end"));
            return false;
        }
        now = ending ? now : later.peek().at;
        ready.add(later.poll());
        return true;
    }

    /** Null when it is not to happen, or not now. */
    private Piece take() {
        Piece work = ready.remove(ready.size() == 1 ? 0 : random.nextInt(ready.size()));
        if (work.cancelled || (work.strand() == null && (ending || isOfADead(work)))) {
            return null;
        }
        if (!ending && work.process != null && work.process.stoppedUntil() > now) {
            work.at = work.process.stoppedUntil();
            later.add(work);
            return null;
        }
        return work;
    }

    private static boolean isOfADead(Piece work) {
        return work.process != null && work.process.isDead();
    }

    /** Lets everything happen that is due in this time. */
    void run(Duration time) {
        until = now + time.toNanos();
        handOut();
    }

    /** Ends all that is suspended. All processes must be dead. */
    void end() {
        ending = true;
        handOut();
    }

    /** Nobody caught it: a caller got it, or a thread of the engine. */
    void thrown(Throwable e) {
        failure = e;
        stop();
    }

    /** What ended this before its time; null when nothing did. */
    Throwable failure() {
        return failure;
    }

    private void handOut() {
        Piece first = next();
        if (first == null) {
            return;
        }
        pass(first);
        over.acquireUninterruptibly();
    }

    /** Passes the baton on; to the caller of {@link #run} when nothing is left to do. */
    void pass(Piece next) {
        if (next == null) {
            over.release();
        } else {
            Strand.pass(this, next);
        }
    }
}
