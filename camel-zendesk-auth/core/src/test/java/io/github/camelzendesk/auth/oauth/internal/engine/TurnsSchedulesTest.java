package io.github.camelzendesk.auth.oauth.internal.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.simulation.PlantedFault;

import static io.github.camelzendesk.auth.oauth.internal.engine.Schedules.check;

/** The turns of accounts, under thread schedules that Lincheck chooses. */
@Tag("schedules")
public class TurnsSchedulesTest {
    private static final String FILE = "oauth/internal/engine/FairExecutor";
    private static final Schedules AT_ONCE =
            new Schedules(Turns.class, "execute", "execute");
    private static final Schedules AT_THE_END =
            new Schedules(UnderWay.class, "run", "execute");
    private static final Schedules SHUTDOWN =
            new Schedules(Turns.class, "execute", "shutdown");
    private static final Schedules IDLE =
            new Schedules(UnderWay.class, "run", "awaitIdle");
    private static final Schedules ASIDE =
            new Schedules(Aside.class, "run", "execute");
    private static final Schedules LONG =
            new Schedules(UnderWay.class, "run", "timeGoesBy");

    @Test
    void workOfOneAccountRunsOnceAndOneAtATime() {
        AT_ONCE.explore();
    }

    @Test
    void workThatComesAtTheEndOfAnotherRunsToo() {
        AT_THE_END.explore();
    }

    @Test
    void workThatMeetsAShutdownRunsOnceOrIsRefusedOnce() {
        SHUTDOWN.explore();
    }

    @Test
    void aWaitForTheEndEnds() {
        IDLE.explore();
    }

    @Test
    void workThatStepsAsideLeavesItsTurnToAnother() {
        ASIDE.explore();
    }

    @Test
    void workThatTakesLongEndsOnce() {
        LONG.explore();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                AT_ONCE.fault(
                        "work is accepted under no lock",
                        "wanted, ",
                        FILE,
                        "    public void execute(String account, Runnable work) {\n        lock.lock();",
                        "    public void execute(String account, Runnable work) {\n        ReentrantLock lock = new ReentrantLock();\n        lock.lock();"),
                AT_THE_END.fault(
                        "the end of one does not begin the next",
                        "2 wanted, 1 answered",
                        FILE,
                        "            return next();\n        } finally",
                        "            return null;\n        } finally"),
                SHUTDOWN.fault(
                        "the shutdown is asked for before the lock is taken",
                        "work begins after the shutdown",
                        FILE,
                        "        lock.lock();\n        try {\n            if (shutdown) {\n                throw new RejectedExecutionException(\"shut down\");\n            }\n",
                        "        if (shutdown) {\n            throw new RejectedExecutionException(\"shut down\");\n        }\n        lock.lock();\n        try {\n"),
                IDLE.fault(
                        "the end wakes nobody",
                        "has hung",
                        FILE,
                        "                idle.signalAll();\n",
                        ""),
                IDLE.fault(
                        "what is under way is asked for before the lock is taken",
                        "has hung",
                        FILE,
                        "        lock.lock();\n        try {\n            while (!turns.isIdle() && left > 0) {",
                        "        boolean busy = !turns.isIdle();\n        lock.lock();\n        try {\n            while (busy && left > 0) {"),
                ASIDE.fault(
                        "a turn is given back under no lock",
                        "something is under way for ever",
                        FILE,
                        "        lock.lock();\n        try {\n            change.accept(mine.run);\n",
                        "        change.accept(mine.run);\n        lock.lock();\n        try {\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aPlantedFaultIsFound(PlantedFault fault, Schedules schedules, String shown, @TempDir Path classes)
            throws Exception {
        schedules.find(fault, shown, classes);
    }

    /** Threads and time are operations: a thread that is handed out runs when one calls {@link #run}. */
    public static class Turns {
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
        public void timeGoesBy() {
            Runnable mark = marks.poll();
            if (mark != null) {
                mark.run();
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
    }

    /** Work has its turn. */
    public static class UnderWay extends Turns {
        public UnderWay() {
            execute();
        }
    }

    /** It will wait for something that is not Zendesk. */
    public static class Aside extends Turns {
        public Aside() {
            executeAside();
        }
    }
}
