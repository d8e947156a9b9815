package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.internal.engine.Schedules;
import io.github.camelzendesk.auth.simulation.PlantedFault;

import static io.github.camelzendesk.auth.oauth.internal.engine.Schedules.check;

/** One manager and its callers, under thread schedules that Lincheck chooses. */
@Tag("schedules")
public class CoordinatorSchedulesTest {
    private static final Schedules AT_ONCE = new Schedules(Manager.class, "ask", "ask");
    private static final Schedules REJECTED = new Schedules(Rejected.class, "reject, ask", "reject, ask");
    private static final Schedules CLOSED = new Schedules(Manager.class, "ask", "close");

    @Test
    void callersAtOnceShareOneAttempt() {
        AT_ONCE.explore();
    }

    @Test
    void twoRejectionsOfOneTokenBringOneNewToken() {
        REJECTED.explore();
    }

    @Test
    void aCallerBesideACloseIsAnsweredAndNothingBeginsAfter() {
        CLOSED.explore();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                AT_ONCE.fault(
                        "callers join under no lock",
                        "2 attempts",
                        "oauth/internal/refresh/Attempts",
                        "Joined joined = guarded.get(this::joined);",
                        "Joined joined = joined();"),
                REJECTED.fault(
                        "callers join under no lock after a rejection",
                        "2 attempts",
                        "oauth/internal/refresh/Attempts",
                        "Joined joined = guarded.get(this::joined);",
                        "Joined joined = joined();"),
                CLOSED.fault(
                        "changes are made under no lock",
                        "a request after the close",
                        "oauth/internal/refresh/Guarded",
                        "get(change).forEach(Runnable::run);",
                        "change.get().forEach(Runnable::run);"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aPlantedFaultIsFound(PlantedFault fault, Schedules schedules, String shown, @TempDir Path classes)
            throws Exception {
        schedules.find(fault, shown, classes);
    }

    /** Its attempts run at the end. */
    public static class Manager {
        final ScheduledWorld world = new ScheduledWorld();
        private final List<Caller> callers = new CopyOnWriteArrayList<>();
        private final AtomicInteger requestsAtClose = new AtomicInteger(-1);

        @Operation
        public void ask() {
            Caller caller = new Caller();
            callers.add(caller);
            caller.ask(world);
        }

        @Operation
        public void close() {
            world.manager.close();
            requestsAtClose.set(world.requests.get());
        }

        @Validate
        public void allAreAnsweredByOneAttempt() {
            while (world.run()) {}
            check(world.isFree(), "the lock of the store is kept");
            callers.forEach(caller -> check(caller.answers.get() == 1, caller.answers + " answers"));
            if (requestsAtClose.get() == -1) {
                check(world.begun.get() == 1, world.begun + " attempts");
                callers.forEach(caller -> check(caller.hasToken(), "no token"));
            } else {
                check(requestsAtClose.get() == world.requests.get(), "a request after the close");
            }
        }
    }

    /** Somebody had the token, and Zendesk refuses it. */
    public static class Rejected extends Manager {
        public Rejected() {
            ask();
            world.run();
            world.begun.set(0);
        }

        @Operation
        public void reject() {
            world.manager.reject(1);
        }
    }

    private static final class Caller {
        final AtomicInteger answers = new AtomicInteger();
        private volatile CompletableFuture<Authorization> answer;

        void ask(ScheduledWorld world) {
            answer = world.manager.authorization();
            answer.whenComplete((token, error) -> answers.incrementAndGet());
        }

        boolean hasToken() {
            return answer.isDone() && !answer.isCompletedExceptionally();
        }
    }
}
