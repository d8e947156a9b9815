package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.internal.engine.FairExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/** Work of a {@link FairExecutor} that is held up by something else than Zendesk. Threads and time are the test's. */
class LockWaitsTest {
    private final HandedThreads threads = new HandedThreads();

    @AfterEach
    void end() throws InterruptedException {
        threads.close();
    }

    @Test
    void whatWaitsForALockHoldsNoTurnOfItsAccount() throws Exception {
        FairExecutor executor = threads.executor(10, 4, 100, 2);
        for (int connection = 0; connection < 9; connection++) {
            waitForLock(executor, "acme");
        }

        executor.execute("acme", () -> {});

        assertThat(threads.handedOut()).as("a thread for the tenth").isEqualTo(1);
        assertThat(executor.awaitIdle(Duration.ZERO)).as("nine are under way").isFalse();
    }

    @Test
    void whatWaitsForALockMarksItsAccountNotAsSlowHoweverLongItTakes() throws Exception {
        FairExecutor executor = threads.executor(10, 4, 100, 2);
        HandedThreads.Stop lock = waitForLock(executor, "acme");
        threads.timeGoesBy();
        lock.letGo();
        threads.join();

        executor.execute("acme", () -> {});
        executor.execute("acme", () -> {});

        assertThat(threads.handedOut()).as("two at a time, as of any quick one").isEqualTo(2);
    }

    @Test
    void whatHasItsLockGoesOnWithoutWaitingForATurnAndCountsAgain() throws Exception {
        FairExecutor executor = threads.executor(10, 4, 100, 1);
        HandedThreads.Stop lock = threads.stop();
        HandedThreads.Stop after = threads.stop();
        executor.execute("acme", () -> {
            outOfTurn(executor, lock);
            after.stay();
        });
        threads.startAll();
        executor.execute("acme", () -> {});
        assertThat(threads.handedOut()).as("its turn is another's").isEqualTo(1);

        lock.letGo();
        threads.awaitStop();
        executor.execute("acme", () -> {});
        threads.runNext();

        assertThat(threads.handedOut())
                .as("the third waits until the first has ended")
                .isZero();
    }

    @Test
    void thoseWhoWaitForLocksLeaveTheOthersTheirPartOfTheThreads() throws Exception {
        FairExecutor executor = threads.executor(3, 2, 8, 2);
        for (int connection = 0; connection < 5; connection++) {
            waitForLock(executor, "busy");
        }

        executor.execute("busy", () -> {});
        assertThat(threads.handedOut())
                .as("too many wait, so that the last two have kept their turns")
                .isZero();
        executor.execute("other", () -> {});
        assertThat(threads.handedOut()).as("whom that does not concern").isEqualTo(1);
    }

    @Test
    void aDiskThatHangsHoldsUpItsOwnAccountOnlyWhichIsNotTakenForSlow() throws Exception {
        FairExecutor executor = threads.executor(1, 1, 100, 2);
        executor.execute("acme", threads.stop()::stay);
        threads.startAll();
        executor.execute("other", () -> {});
        assertThat(threads.handedOut()).as("it may be quick still").isZero();

        threads.timeGoesBy();

        assertThat(threads.handedOut())
                .as("now it is not counted among the quick")
                .isEqualTo(1);
        threads.runNext();
        executor.execute("acme", () -> {});
        assertThat(threads.handedOut()).as("its account has another turn").isEqualTo(1);
    }

    @Test
    void onlyTheTimeFromTheSendingToTheAnswerCounts() throws Exception {
        FairExecutor executor = threads.executor(10, 4, 100, 2);
        executor.execute("acme", () -> {
            threads.timeGoesBy();
            executor.ask(() -> "answered at once");
            threads.timeGoesBy();
        });
        threads.runNext();

        executor.execute("acme", () -> {});
        executor.execute("acme", () -> {});

        assertThat(threads.handedOut()).as("it is no slow one").isEqualTo(2);
    }

    @Test
    void anAccountThatWasSlowStaysSoUntilZendeskAnswersOnce() throws Exception {
        FairExecutor executor = threads.executor(10, 4, 100, 2);
        executor.execute(
                "acme",
                () -> executor.ask(() -> {
                    threads.timeGoesBy();
                    return "late";
                }));
        threads.runNext();
        executor.execute("acme", () -> {});
        threads.runNext();

        executor.execute("acme", () -> executor.ask(() -> "at once"));
        executor.execute("acme", () -> {});
        assertThat(threads.handedOut()).as("what asked nothing says nothing").isEqualTo(1);
        threads.runNext();

        executor.execute("acme", () -> {});
        executor.execute("acme", () -> {});
        assertThat(threads.handedOut()).isEqualTo(2);
    }

    /** Has work of the account wait for a lock that is not free. */
    private HandedThreads.Stop waitForLock(FairExecutor executor, String account) throws InterruptedException {
        HandedThreads.Stop lock = threads.stop();
        executor.execute(account, () -> outOfTurn(executor, lock));
        threads.startAll();
        return lock;
    }

    private static void outOfTurn(FairExecutor executor, HandedThreads.Stop lock) {
        try {
            executor.outOfTurn(lock::stay);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
