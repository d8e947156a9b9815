package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.internal.engine.CallLimits;
import io.github.camelzendesk.auth.oauth.internal.engine.FairExecutor;
import io.github.camelzendesk.auth.oauth.internal.engine.SharedThreads;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a limit on threads costs: the one call that meets it, and nothing after. */
class NoThreadsTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final HandedThreads threads = new HandedThreads();
    private final List<String> done = new ArrayList<>();

    @Test
    void anAccountIsServedAgainHoweverOftenNoThreadWasThere() {
        FairExecutor executor = threads.executor(8, 8, 16, 2);
        threads.exhausted = true;
        for (int work = 0; work < 20; work++) {
            assertThatThrownBy(() -> want(executor)).isInstanceOf(OutOfMemoryError.class);
        }

        threads.exhausted = false;
        want(executor);
        want(executor);
        want(executor);
        assertThat(threads.handedOut()).as("both of its turns are there").isEqualTo(2);
        threads.runAll();

        assertThat(done).as("those that failed have failed").hasSize(3);
    }

    @Test
    void whatFindsNoThreadWaitsForOneThatRuns() {
        FairExecutor executor = threads.executor(8, 8, 16, 2);
        want(executor);
        threads.exhausted = true;
        want(executor);
        want(executor);

        threads.runNext();

        assertThat(done).hasSize(3);
    }

    @Test
    void workRunsThoughNoTimerWatchesIt() {
        FairExecutor executor = new FairExecutor(
                threads,
                (delay, task) -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                new CallLimits(8, 8, 16, 2, Duration.ofSeconds(5)));
        want(executor);

        threads.runNext();

        assertThat(done).hasSize(1);
    }

    @Test
    void aConnectionWhoseTokenRequestFoundNoThreadMakesTheNextOne() {
        EngineFixture world = new EngineFixture();
        DefaultTokenManager manager =
                world.manager(EngineFixture.grant(null, "r0"), world, world, new Exhaustible(world));
        world.grants("a1", "r1", LIFETIME);
        threads.exhausted = true;
        List<CompletableFuture<?>> met = List.of(
                manager.authorization(),
                manager.refresh(),
                manager.verify(),
                manager.exchangeCode(new AuthorizationCode(Secret.of("code"), Secret.of("verifier"))));
        assertThat(met).allSatisfy(call -> assertThatThrownBy(call::join)
                .hasCauseInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("OutOfMemoryError"));

        threads.exhausted = false;

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
    }

    @Test
    void allThatWaitsBehindAnAttemptIsAnsweredWhenThereIsNoThreadForIt() {
        EngineFixture world = new EngineFixture();
        DefaultTokenManager manager =
                world.manager(EngineFixture.grant(null, "r0"), world, world, new Exhaustible(world));
        List<CompletableFuture<?>> behind = new ArrayList<>();
        world.duringRequest = () -> {
            threads.exhausted = false;
            for (int time = 0; time < 5_000; time++) {
                behind.add(manager.exchangeCode(new AuthorizationCode(Secret.of("c" + time), Secret.of("v"))));
            }
            threads.exhausted = true;
        };
        world.grants("a1", "r1", LIFETIME);

        assertThat(manager.authorization()).isCompleted();

        assertThat(behind).hasSize(5_000).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void whatWaitsForItsTurnWhenTheJvmEndsIsAnswered() {
        EngineFixture world = new EngineFixture();
        FairExecutor executor = threads.executor(8, 8, 16, 1);
        DefaultTokenManager manager =
                world.manager(EngineFixture.grant(null, "r0"), world, world, new Turned(world, executor));
        executor.execute("https://acme.zendesk.com", () -> {});
        List<CompletableFuture<?>> waiting =
                List.of(manager.authorization(), manager.refresh(), manager.verify(), manager.revoke());

        executor.shutdown();

        assertThat(waiting).allSatisfy(one -> assertThatThrownBy(one::join)
                .hasCauseInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("is being closed"));
        assertThatThrownBy(() -> manager.verify().join()).hasMessageContaining("is being closed");
    }

    @Test
    void aCodeThatComesWhenTheJvmEndsGoesOutAllTheSame() {
        EngineFixture world = new EngineFixture();
        FairExecutor executor = threads.executor(8, 8, 16, 1);
        DefaultTokenManager manager =
                world.manager(EngineFixture.grant(null, null), world, world, new Turned(world, executor));
        executor.shutdown();
        world.grants("a1", "r1", LIFETIME);

        CompletableFuture<?> exchanged = manager.exchangeCode(new AuthorizationCode(Secret.of("c"), Secret.of("v")));

        assertThat(exchanged).isCompleted();
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    @Test
    void aLoginWhoseExchangeFindsNoThreadFailsAndTheNextOneIsBegun() {
        EngineFixture world = new EngineFixture();
        Deque<CompletableFuture<AuthorizationCode>> logins = new ArrayDeque<>();
        world.authorizer = url -> {
            logins.add(new CompletableFuture<>());
            return logins.getLast();
        };
        DefaultTokenManager manager =
                world.manager(EngineFixture.grant(null, null), world, world, new Exhaustible(world));
        CompletableFuture<Authorization> first = manager.authorization();
        threads.exhausted = true;
        logins.remove().complete(new AuthorizationCode(Secret.of("code"), Secret.of("verifier")));
        assertThatThrownBy(first::join).hasMessageContaining("OutOfMemoryError");

        threads.exhausted = false;
        world.pass(Duration.ofMinutes(1));
        manager.authorization();

        assertThat(logins).hasSize(1);
    }

    @Test
    void whatWasSpawnedWithoutAThreadIsRunOnceThereIsOne() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        SharedThreads engine =
                new SharedThreads(role -> failing(role, role.equals("spawned") ? 1 : 0, failures), Duration.ZERO);
        CountDownLatch ran = new CountDownLatch(1);

        engine.spawn(ran::countDown);

        assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(failures).hasValue(1);
    }

    @Test
    void backgroundWorkAndTimersWithoutAThreadAreRunOnceThereIsOne() throws Exception {
        for (String role : List.of("worker", "timer")) {
            AtomicInteger failures = new AtomicInteger();
            SharedThreads engine =
                    new SharedThreads(each -> failing(each, each.equals(role) ? 1 : 0, failures), Duration.ZERO);
            CountDownLatch ran = new CountDownLatch(2);

            engine.after(Duration.ZERO, ran::countDown);
            engine.execute(ran::countDown);
            engine.after(Duration.ZERO, () -> {});

            assertThat(ran.await(1, TimeUnit.MINUTES)).as(role).isTrue();
            assertThat(failures).hasValue(1);
        }
    }

    @Test
    void aLimitThatFindsNoThreadSaysSo() {
        SharedThreads engine = new SharedThreads(role -> failing(role, 1, new AtomicInteger()), Duration.ZERO);

        assertThatThrownBy(() -> engine.limit(Duration.ZERO, () -> {})).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aWaitThatCannotBeLimitedLeavesNoAttemptThatNobodyRuns() {
        EngineFixture world = new EngineFixture();
        Untimed engine = new Untimed(world);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"), world, world, engine);
        engine.exhausted = true;
        assertThatThrownBy(manager::authorization).isInstanceOf(OutOfMemoryError.class);

        engine.exhausted = false;
        world.grants("a1", "r1", LIFETIME);

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
    }

    private static final class Untimed implements InPlace {
        private final EngineFixture world;
        boolean exhausted;

        Untimed(EngineFixture world) {
            this.world = world;
        }

        @Override
        public Cancellable after(Duration delay, Runnable task) {
            if (exhausted) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return world.after(delay, task);
        }

        @Override
        public void pause(Duration delay) {
            world.pause(delay);
        }
    }

    private static ThreadFactory failing(String role, int times, AtomicInteger failures) {
        ThreadFactory daemons = SharedThreads.daemons(role);
        return work -> {
            if (failures.get() < times) {
                failures.incrementAndGet();
                throw new OutOfMemoryError("unable to create native thread");
            }
            return daemons.newThread(work);
        };
    }

    private void want(FairExecutor executor) {
        executor.execute("acme", () -> done.add("acme"));
    }

    /** Calls Zendesk in place while there are threads. */
    private final class Exhaustible implements InTheWorld {
        private final EngineFixture world;

        Exhaustible(EngineFixture world) {
            this.world = world;
        }

        @Override
        public void call(String account, Runnable work) {
            threads.execute(work);
            threads.runNext();
        }

        @Override
        public EngineFixture world() {
            return world;
        }
    }

    /** Calls Zendesk when it is the account's turn. */
    private record Turned(EngineFixture world, FairExecutor executor) implements InTheWorld {
        @Override
        public void call(String account, Runnable work) {
            executor.execute(account, work);
        }
    }
}
