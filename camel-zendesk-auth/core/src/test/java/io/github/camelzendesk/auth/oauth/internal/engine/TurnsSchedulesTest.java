package io.github.camelzendesk.auth.oauth.internal.engine;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.simulation.PlantedFault;

/** The turns of accounts, under thread schedules that Lincheck chooses. */
@Tag("schedules")
public class TurnsSchedulesTest {
    private static final String FILE = "oauth/internal/engine/FairExecutor";
    private static final Schedules AT_ONCE = new Schedules(ScheduledTurns.class, "execute", "execute");
    private static final Schedules AT_THE_END = new Schedules(ScheduledTurns.UnderWay.class, "run", "execute");
    private static final Schedules SHUTDOWN = new Schedules(ScheduledTurns.class, "execute", "shutdown");
    private static final Schedules IDLE = new Schedules(ScheduledTurns.UnderWay.class, "run", "awaitIdle");
    private static final Schedules ASIDE = new Schedules(ScheduledTurns.Aside.class, "run", "execute");

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

    static Stream<Arguments> faults() {
        return Stream.of(
                AT_ONCE.fault(
                        "work is accepted under no lock",
                        "NoSuchElementException",
                        FILE,
                        "    public void execute(String account, Runnable work) {\n        lock.lock();",
                        "    public void execute(String account, Runnable work) {\n"
                                + "        ReentrantLock lock = new ReentrantLock();\n"
                                + "        lock.lock();"),
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
                        "        lock.lock();\n"
                                + "        try {\n"
                                + "            if (shutdown) {\n"
                                + "                throw new RejectedExecutionException(\"shut down\");\n"
                                + "            }\n",
                        "        if (shutdown) {\n"
                                + "            throw new RejectedExecutionException(\"shut down\");\n"
                                + "        }\n"
                                + "        lock.lock();\n"
                                + "        try {\n"),
                IDLE.fault("the end wakes nobody", "has hung", FILE, "                idle.signalAll();\n", ""),
                IDLE.fault(
                        "what is under way is asked for before the lock is taken",
                        "has hung",
                        FILE,
                        "        lock.lock();\n"
                                + "        try {\n"
                                + "            while (!turns.isIdle() && left > 0) {",
                        "        boolean busy = !turns.isIdle();\n"
                                + "        lock.lock();\n"
                                + "        try {\n"
                                + "            while (busy && left > 0) {"),
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
}
