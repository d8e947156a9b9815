package io.github.camelzendesk.auth.oauth.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.refresh.HandedThreads;

import static org.assertj.core.api.Assertions.assertThat;

/** Much work that asks, waits for locks, and is quick or slow as it happens. */
class FairExecutorLoadTest {
    private final HandedThreads threads = new HandedThreads();
    private final List<String> done = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void everythingIsRunOnceWithinTheBoundsWhateverIsSlow(int seed) {
        Random random = new Random(seed);
        FairExecutor executor = threads.executor(5, 2, 9, 2);
        Map<String, Integer> wanted = new HashMap<>();
        for (int total = 0; total < 2_000; ) {
            String account = "account-" + random.nextInt(30);
            switch (random.nextInt(5)) {
                case 0 -> runAny(random);
                case 1 -> threads.timeGoesBy(random.nextInt(9));
                default -> {
                    executor.execute(account, () -> work(executor, account, random));
                    wanted.merge(account, 1, Integer::sum);
                    total++;
                }
            }
            assertThat(threads.handedOut()).isLessThanOrEqualTo(9);
        }
        threads.runAll();

        Map<String, Integer> ran = new HashMap<>();
        done.forEach(account -> ran.merge(account, 1, Integer::sum));
        assertThat(ran).isEqualTo(wanted);
    }

    private void runAny(Random random) {
        threads.skip(random.nextInt(9));
        if (threads.handedOut() > 0) {
            threads.runNext();
        }
    }

    /** Some of it waits for locks, some of it asks, and either may take long. */
    private void work(FairExecutor executor, String account, Random random) {
        done.add(account);
        if (random.nextBoolean()) {
            inLock(executor, () -> takesTime(random));
        }
        if (random.nextBoolean()) {
            executor.ask(() -> takesTime(random));
        }
    }

    private boolean takesTime(Random random) {
        if (random.nextInt(3) == 0) {
            threads.timeGoesBy();
        }
        return true;
    }

    @Test
    void realThreadsRunEverythingOnce() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            FairExecutor executor = new FairExecutor(
                    pool, (delay, task) -> () -> {}, new CallLimits(8, 8, 32, 2, Duration.ofSeconds(5)));
            AtomicInteger ran = new AtomicInteger();
            for (int work = 0; work < 20_000; work++) {
                executor.execute(
                        "account-" + work % 97, () -> executor.ask(() -> inLock(executor, ran::incrementAndGet)));
            }

            assertThat(executor.awaitIdle(Duration.ofSeconds(30))).isTrue();
            assertThat(ran).hasValue(20_000);
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static <T> T inLock(FairExecutor executor, TaskScheduler.Wait<T> work) {
        try {
            return executor.outOfTurn(work);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
