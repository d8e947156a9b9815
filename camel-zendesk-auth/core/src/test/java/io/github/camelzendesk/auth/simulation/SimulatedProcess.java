package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.engine.CallLimits;
import io.github.camelzendesk.auth.oauth.internal.engine.FairExecutor;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;

/** A process with threads and clocks of its own, which can be stopped, and die, between any two of its operations. */
final class SimulatedProcess implements TaskScheduler {
    private static final CallLimits LIMITS = new CallLimits(8, 4, 16, 4, Duration.ofSeconds(5));

    final Simulation simulation;
    final Random random;
    private final int place;
    private final int number;
    private final long nanosAtStart;
    private final FairExecutor calls = new FairExecutor(this::execute, this::after, LIMITS);
    private Duration skew;
    private boolean dead;
    private long stoppedUntil;
    private int operationsLeft = -1;
    private Runnable atThatOperation;
    private int threadsThatFail;
    private int callsUnderWay;
    private Runnable beforeExit = () -> {};

    SimulatedProcess(Simulation simulation, int place, int number, Duration skew) {
        this.simulation = simulation;
        this.place = place;
        this.number = number;
        this.skew = skew;
        this.random = new Random(simulation.random.nextLong());
        this.nanosAtStart = simulation.random.nextInt();
    }

    /** Such as {@code B2}: the second process in the place of B. */
    String name() {
        return (char) ('A' + place) + "" + number;
    }

    Instant wall() {
        return EngineFixture.START.plus(skew).plusNanos(simulation.now());
    }

    long nanos() {
        return nanosAtStart + simulation.now();
    }

    void setClock(Duration change) {
        skew = skew.plus(change);
    }

    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    void stopUntil(long time) {
        stoppedUntil = Math.max(stoppedUntil, time);
    }

    long stoppedUntil() {
        return stoppedUntil;
    }

    void noThreads(int times) {
        threadsThatFail = times;
    }

    boolean isCalling() {
        return callsUnderWay > 0;
    }

    /** Has something happen to it after this many of its operations. */
    void afterOperations(int operations, Runnable what) {
        operationsLeft = operations;
        atThatOperation = what;
    }

    void operation() {
        check();
        if (operationsLeft >= 0 && operationsLeft-- == 0) {
            atThatOperation.run();
        }
        if (stoppedUntil > simulation.now()) {
            simulation.sleep(this, Duration.ofNanos(stoppedUntil - simulation.now()));
        }
        check();
    }

    void check() {
        if (dead) {
            throw new ProcessDied();
        }
    }

    /** What the shutdown hook of the JVM does. */
    void exit() {
        calls.shutdown();
        beforeExit.run();
    }

    @Override
    public void execute(Runnable work) {
        if (!dead) {
            simulation.soon(this, work);
        }
    }

    @Override
    public void call(String account, Runnable work) {
        if (threadsThatFail > 0) {
            threadsThatFail--;
            throw new OutOfMemoryError("unable to create native thread");
        }
        calls.execute(account, work instanceof Work known ? new Counted(known) : () -> counted(work));
    }

    private void counted(Runnable work) {
        callsUnderWay++;
        try {
            work.run();
        } finally {
            callsUnderWay--;
        }
    }

    private final class Counted implements Work {
        private final Work work;

        Counted(Work work) {
            this.work = work;
        }

        @Override
        public void run() {
            counted(work);
        }

        @Override
        public void refuse(RejectedExecutionException e) {
            work.refuse(e);
        }
    }

    @Override
    public void spawn(Runnable work) {
        execute(work);
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
        Piece planned = simulation.after(delay, this, task);
        return () -> simulation.cancel(planned);
    }

    @Override
    public void pause(Duration delay) {
        simulation.sleep(this, delay);
    }

    @Override
    public Cancellable hold(Runnable whatRemains) {
        Runnable before = beforeExit;
        boolean[] held = {true};
        beforeExit = () -> {
            before.run();
            if (held[0]) {
                whatRemains.run();
            }
        };
        return () -> held[0] = false;
    }
}
