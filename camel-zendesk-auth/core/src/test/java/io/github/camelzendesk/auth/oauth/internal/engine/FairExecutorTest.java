package io.github.camelzendesk.auth.oauth.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.internal.refresh.HandedThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Threads and time are in the hands of the test: a thread that is handed out and not run yet has work under way. */
class FairExecutorTest {
    private final HandedThreads threads = new HandedThreads();
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        threads.close();
    }

    @Test
    void anAccountWithAThousandRequestsHasNoMoreThanItsShareUnderWay() {
        FairExecutor executor = threads.executor(8, 4, 16, 2);

        want(executor, "busy", 1000);

        assertThat(threads.handedOut()).isEqualTo(2);
    }

    @Test
    void anInterruptThatOneAccountLeavesBehindIsNotTheNextOnes() {
        FairExecutor executor = threads.executor(1, 1, 1, 1);
        List<Boolean> interrupted = new ArrayList<>();
        executor.execute("careless", () -> Thread.currentThread().interrupt());
        executor.execute("acme", () -> interrupted.add(Thread.interrupted()));

        threads.runAll();

        assertThat(interrupted).containsExactly(false);
    }

    @Test
    void anAccountFindsAThreadHoweverMuchAnotherWants() {
        FairExecutor executor = threads.executor(3, 4, 16, 2);
        want(executor, "busy", 1000);

        want(executor, "other", 1);

        assertThat(threads.handedOut())
                .as("two for the busy one, one for the other")
                .isEqualTo(3);
        threads.runLast();
        assertThat(done).startsWith("other");
    }

    @Test
    void accountsTakeTurnsOnThreadsThatAllOfThemWant() {
        FairExecutor executor = threads.executor(1, 4, 16, 2);
        want(executor, "a", 3);
        want(executor, "b", 2);
        want(executor, "c", 1);

        threads.runAll();

        assertThat(done).containsExactly("a", "b", "c", "a", "b", "a");
    }

    @Test
    void aHundredAccountsThatHangLeaveRoomForOneThatAnswers() throws Exception {
        FairExecutor executor = threads.executor(10, 4, 300, 2);
        for (int account = 0; account < 100; account++) {
            hang(executor, "hanging-" + account);
        }
        want(executor, "answering", 1);
        assertThat(threads.handedOut())
                .as("the quick, which nobody knows to be slow yet")
                .isEqualTo(10);

        for (int round = 0; round < 10; round++) {
            threads.startAll();
            threads.timeGoesBy();
        }

        assertThat(threads.all()).as("all of them").isEqualTo(101);
        threads.runNext();
        assertThat(done).containsExactly("answering");
    }

    @Test
    void thereAreNeverMoreThreadsThanAllowedHoweverManyHang() throws Exception {
        FairExecutor executor = threads.executor(10, 4, 25, 2);
        for (int account = 0; account < 100; account++) {
            hang(executor, "hanging-" + account);
        }

        for (int round = 0; round < 10; round++) {
            threads.startAll();
            threads.timeGoesBy();
        }

        assertThat(threads.all()).isEqualTo(25);
    }

    @Test
    void anAccountThatWasSlowHasOneRequestAtATimeUntilItIsQuickAgain() {
        FairExecutor executor = threads.executor(10, 4, 25, 2);
        takeLong(executor, "acme");

        want(executor, "acme", 5);
        assertThat(threads.handedOut()).as("slow so far").isEqualTo(1);

        threads.runAll();
        assertThat(done).as("quick again").hasSize(5);
        want(executor, "acme", 5);
        assertThat(threads.handedOut()).isEqualTo(2);
    }

    @Test
    void accountsThatWereSlowHaveAPartOfTheThreadsTogether() {
        FairExecutor executor = threads.executor(10, 4, 25, 2);
        for (int account = 0; account < 10; account++) {
            takeLong(executor, "slow-" + account);
        }

        for (int account = 0; account < 10; account++) {
            want(executor, "slow-" + account, 1);
        }
        assertThat(threads.handedOut()).isEqualTo(4);
        want(executor, "quick", 2);
        assertThat(threads.handedOut()).isEqualTo(6);
    }

    @Test
    void workThatFailsDoesNotKeepItsPlace() {
        FairExecutor executor = threads.executor(1, 1, 1, 1);
        AtomicInteger failures = new AtomicInteger();
        Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> failures.incrementAndGet());
        executor.execute("acme", () -> {
            throw new IllegalStateException("on purpose");
        });
        want(executor, "acme", 1);

        threads.runAll();

        assertThat(failures).hasValue(1);
        assertThat(done).containsExactly("acme");
    }

    @Test
    void afterTheShutdownNothingBeginsAndWhatIsUnderWayMayEnd() throws Exception {
        FairExecutor executor = threads.executor(1, 1, 1, 1);
        want(executor, "acme", 2);
        executor.shutdown();
        assertThatThrownBy(() -> want(executor, "acme", 1)).isInstanceOf(RejectedExecutionException.class);
        assertThat(executor.awaitIdle(Duration.ofMillis(1))).isFalse();

        threads.runAll();

        assertThat(executor.awaitIdle(Duration.ZERO)).isTrue();
        assertThat(done).as("the second was still waiting for its turn").hasSize(1);
    }

    /** Wants work done that asks Zendesk and is answered at once. */
    private void want(FairExecutor executor, String account, int times) {
        for (int time = 0; time < times; time++) {
            executor.execute(account, () -> executor.ask(() -> done.add(account)));
        }
    }

    /** Wants work done that asks Zendesk and gets no answer. */
    private void hang(FairExecutor executor, String account) {
        HandedThreads.Stop answer = threads.stop();
        executor.execute(account, () -> executor.ask(answer::stay));
    }

    /** Has Zendesk take long for one request of the account. */
    private void takeLong(FairExecutor executor, String account) {
        executor.execute(
                account,
                () -> executor.ask(() -> {
                    threads.timeGoesBy();
                    return "late";
                }));
        threads.runNext();
    }
}
