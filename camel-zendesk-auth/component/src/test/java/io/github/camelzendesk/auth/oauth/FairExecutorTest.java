package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Threads and time are in the hands of the test: a thread that is handed out and not run yet has work under way. */
class FairExecutorTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<Runnable> marks = new ArrayList<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void anAccountWithAThousandRequestsHasNoMoreThanItsShareUnderWay() {
        FairExecutor executor = executor(8, 4, 16, 2);

        want(executor, "busy", 1000);

        assertThat(threads).hasSize(2);
    }

    @Test
    void anAccountFindsAThreadHoweverMuchAnotherWants() {
        FairExecutor executor = executor(3, 4, 16, 2);
        want(executor, "busy", 1000);

        want(executor, "other", 1);

        assertThat(threads).as("two for the busy one, one for the other").hasSize(3);
        threads.removeLast().run();
        assertThat(done).startsWith("other");
    }

    @Test
    void accountsTakeTurnsOnThreadsThatAllOfThemWant() {
        FairExecutor executor = executor(1, 4, 16, 2);
        want(executor, "a", 3);
        want(executor, "b", 2);
        want(executor, "c", 1);

        runAll();

        assertThat(done).containsExactly("a", "b", "c", "a", "b", "a");
    }

    @Test
    void aHundredAccountsThatHangLeaveRoomForOneThatAnswers() {
        FairExecutor executor = executor(10, 4, 300, 2);
        for (int account = 0; account < 100; account++) {
            want(executor, "hanging-" + account, 1);
        }
        want(executor, "answering", 1);
        assertThat(threads).as("the quick, which nobody knows to be slow yet").hasSize(10);

        for (int round = 0; round < 10; round++) {
            timeGoesBy();
        }

        assertThat(threads).as("all of them").hasSize(101);
        threads.removeLast().run();
        assertThat(done).containsExactly("answering");
    }

    @Test
    void thereAreNeverMoreThreadsThanAllowedHoweverManyHang() {
        FairExecutor executor = executor(10, 4, 25, 2);
        for (int account = 0; account < 100; account++) {
            want(executor, "hanging-" + account, 1);
        }

        for (int round = 0; round < 10; round++) {
            timeGoesBy();
        }

        assertThat(threads).hasSize(25);
    }

    @Test
    void anAccountThatWasSlowHasOneRequestAtATimeUntilItIsQuickAgain() {
        FairExecutor executor = executor(10, 4, 25, 2);
        want(executor, "acme", 1);
        timeGoesBy();
        threads.remove().run();

        want(executor, "acme", 5);
        assertThat(threads).as("slow so far").hasSize(1);

        threads.remove().run();
        assertThat(done).as("quick again: the thread went on with the rest").hasSize(6);
        want(executor, "acme", 5);
        assertThat(threads).hasSize(2);
    }

    @Test
    void accountsThatWereSlowHaveAPartOfTheThreadsTogether() {
        FairExecutor executor = executor(10, 4, 25, 2);
        for (int account = 0; account < 10; account++) {
            want(executor, "slow-" + account, 1);
        }
        timeGoesBy();
        runAll();

        for (int account = 0; account < 10; account++) {
            want(executor, "slow-" + account, 1);
        }
        assertThat(threads).hasSize(4);
        want(executor, "quick", 2);
        assertThat(threads).hasSize(6);
    }

    @Test
    void workThatFailsDoesNotKeepItsPlace() {
        FairExecutor executor = executor(1, 1, 1, 1);
        AtomicInteger failures = new AtomicInteger();
        Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> failures.incrementAndGet());
        executor.execute("acme", () -> {
            throw new IllegalStateException("on purpose");
        });
        want(executor, "acme", 1);

        runAll();

        assertThat(failures).hasValue(1);
        assertThat(done).containsExactly("acme");
    }

    @Test
    void afterTheShutdownNothingBeginsAndWhatIsUnderWayMayEnd() throws Exception {
        FairExecutor executor = executor(1, 1, 1, 1);
        want(executor, "acme", 2);
        executor.shutdown();
        assertThatThrownBy(() -> want(executor, "acme", 1)).isInstanceOf(RejectedExecutionException.class);
        assertThat(executor.awaitIdle(Duration.ofMillis(1))).isFalse();

        runAll();

        assertThat(executor.awaitIdle(Duration.ZERO)).isTrue();
        assertThat(done).as("the second was still waiting for its turn").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void everythingIsRunOnceWithinTheBoundsWhateverIsSlow(int seed) {
        Random random = new Random(seed);
        FairExecutor executor = executor(5, 3, 9, 2);
        Map<String, Integer> wanted = new HashMap<>();
        int total = 0;
        while (total < 2_000) {
            String account = "account-" + random.nextInt(30);
            switch (random.nextInt(4)) {
                case 0 -> runAny(random);
                case 1 -> markAny(random);
                default -> {
                    want(executor, account, 1);
                    wanted.merge(account, 1, Integer::sum);
                    total++;
                }
            }
            assertThat(threads).hasSizeLessThanOrEqualTo(9);
        }
        runAll();

        Map<String, Integer> ran = new HashMap<>();
        done.forEach(account -> ran.merge(account, 1, Integer::sum));
        assertThat(ran).isEqualTo(wanted);
    }

    @Test
    void realThreadsRunEverythingOnce() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            FairExecutor executor =
                    new FairExecutor(pool, (delay, task) -> () -> {}, new FairExecutor.Limits(8, 8, 16, 2, LONG));
            AtomicInteger ran = new AtomicInteger();
            for (int work = 0; work < 20_000; work++) {
                executor.execute("account-" + work % 97, ran::incrementAndGet);
            }

            assertThat(executor.awaitIdle(Duration.ofSeconds(30))).isTrue();
            assertThat(ran).hasValue(20_000);
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private FairExecutor executor(int quick, int slow, int all, int ofOne) {
        return new FairExecutor(
                threads::add,
                (delay, task) -> {
                    marks.add(task);
                    return () -> marks.remove(task);
                },
                new FairExecutor.Limits(quick, slow, all, ofOne, LONG));
    }

    private void want(FairExecutor executor, String account, int times) {
        for (int time = 0; time < times; time++) {
            executor.execute(account, () -> done.add(account));
        }
    }

    /** Everything under way now has taken long. */
    private void timeGoesBy() {
        List<Runnable> due = List.copyOf(marks);
        marks.clear();
        due.forEach(Runnable::run);
    }

    private void markAny(Random random) {
        if (!marks.isEmpty()) {
            marks.remove(random.nextInt(marks.size())).run();
        }
    }

    private void runAny(Random random) {
        for (int skip = random.nextInt(9); skip > 0 && threads.size() > 1; skip--) {
            threads.add(threads.remove());
        }
        if (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }
}
