package io.github.camelzendesk.auth.oauth.internal.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;

import static io.github.camelzendesk.auth.oauth.internal.engine.Schedules.check;

/** Threads and time are operations: a thread that is handed out runs when one calls {@link #run}. */
public class ScheduledTurns {
    private final Queue<Runnable> threads = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> marks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger asking = new AtomicInteger();
    private final FairExecutor executor =
            new FairExecutor(this::start, this::after, new CallLimits(2, 1, 4, 1, Duration.ofSeconds(5)));
    private volatile boolean isShutdown;
    private volatile String broken = "";

    private void start(Runnable work) {
        rule(!isShutdown, "work begins after the shutdown");
        threads.add(work);
    }

    private TaskScheduler.Cancellable after(Duration delay, Runnable task) {
        marks.add(task);
        return () -> marks.remove(task);
    }

    @Operation
    public void execute() {
        want(() -> executor.ask(this::ask));
    }

    @Operation
    public void executeAside() {
        want(() -> {
            try {
                executor.outOfTurn(() -> "waited");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void want(Runnable work) {
        wanted.incrementAndGet();
        try {
            executor.execute("acme", new Answered(work));
        } catch (RejectedExecutionException e) {
            answered.incrementAndGet();
        }
    }

    private String ask() {
        rule(asking.incrementAndGet() == 1, "two requests of one account at once");
        asking.decrementAndGet();
        return "answered";
    }

    @Operation
    public void run() {
        Runnable work = threads.poll();
        if (work != null) {
            work.run();
        }
    }

    @Operation
    public void shutdown() {
        executor.shutdown();
        isShutdown = true;
    }

    @Operation
    public void awaitIdle() {
        rule(awaitsIdle(Duration.ofMinutes(1)), "still busy");
    }

    private boolean awaitsIdle(Duration patience) {
        try {
            return executor.awaitIdle(patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Validate
    public void noneIsLost() {
        while (!threads.isEmpty()) {
            run();
        }
        check(broken.isEmpty(), broken);
        check(wanted.get() == answered.get(), wanted + " wanted, " + answered + " answered");
        check(awaitsIdle(Duration.ZERO), "something is under way for ever");
        check(marks.isEmpty(), "a timer goes on");
    }

    private void rule(boolean holds, String otherwise) {
        if (!holds) {
            broken = otherwise;
        }
    }

    private final class Answered implements TaskScheduler.Work {
        private final Runnable work;

        Answered(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            work.run();
            answered.incrementAndGet();
        }

        @Override
        public void refuse(RejectedExecutionException e) {
            answered.incrementAndGet();
        }
    }

    /** Work has its turn. */
    public static class UnderWay extends ScheduledTurns {
        public UnderWay() {
            execute();
        }
    }

    /** It will wait for something that is not Zendesk. */
    public static class Aside extends ScheduledTurns {
        public Aside() {
            executeAside();
        }
    }
}
