package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.engine.CallLimits;
import io.github.camelzendesk.auth.oauth.internal.engine.FairExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/** The threads and the time of a {@link FairExecutor}, in the hands of a test. */
public final class HandedThreads implements Executor, TaskScheduler.Timer, AutoCloseable {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Runnable> marks = new ArrayList<>();
    private final List<Thread> started = new ArrayList<>();
    private final Semaphore stops = new Semaphore(0);
    private final List<Stop> everyStop = new ArrayList<>();
    boolean exhausted;

    public FairExecutor executor(int quick, int slow, int all, int ofOne) {
        return new FairExecutor(this, this, new CallLimits(quick, slow, all, ofOne, Duration.ofSeconds(5)));
    }

    @Override
    public void execute(Runnable work) {
        if (exhausted) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        waiting.add(work);
    }

    @Override
    public TaskScheduler.Cancellable after(Duration delay, Runnable task) {
        marks.add(task);
        return () -> marks.remove(task);
    }

    /** How many threads were handed out and not run so far: each has work under way. */
    public int handedOut() {
        return waiting.size();
    }

    /** The same with those that were started. */
    public int all() {
        return waiting.size() + started.size();
    }

    public void runNext() {
        waiting.remove().run();
    }

    public void runLast() {
        waiting.removeLast().run();
    }

    public void runAll() {
        while (!waiting.isEmpty()) {
            runNext();
        }
    }

    /** Puts this many threads at the end of those that are handed out. */
    public void skip(int threads) {
        for (int thread = 0; thread < threads && waiting.size() > 1; thread++) {
            waiting.add(waiting.remove());
        }
    }

    /** Really starts them all, and waits until each {@link Stop stops} in its work. */
    public void startAll() throws InterruptedException {
        while (!waiting.isEmpty()) {
            Thread thread = new Thread(waiting.remove());
            started.add(thread);
            thread.start();
            awaitStop();
        }
    }

    void awaitStop() throws InterruptedException {
        assertThat(stops.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Everything under way now has taken long. */
    public void timeGoesBy() {
        List<Runnable> due = List.copyOf(marks);
        marks.clear();
        due.forEach(Runnable::run);
    }

    /** The time of one of those that are under way goes by. */
    public void timeGoesBy(int which) {
        if (!marks.isEmpty()) {
            marks.remove(which % marks.size()).run();
        }
    }

    /** Lets all of them go, and waits for their ends. */
    @Override
    public void close() throws InterruptedException {
        everyStop.forEach(Stop::letGo);
        join();
    }

    void join() throws InterruptedException {
        for (Thread thread : started) {
            thread.join();
        }
    }

    public Stop stop() {
        Stop stop = new Stop();
        everyStop.add(stop);
        return stop;
    }

    /** A place in somebody's work where its thread stays until it may go on, at the end of the test by the latest. */
    public final class Stop {
        private final CountDownLatch free = new CountDownLatch(1);

        public String stay() {
            stops.release();
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "gone on";
        }

        void letGo() {
            free.countDown();
        }
    }
}
