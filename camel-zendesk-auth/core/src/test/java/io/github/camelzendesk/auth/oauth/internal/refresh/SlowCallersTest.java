package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.engine.SharedThreads;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** What users do with their tokens may take any time, on the threads that all connections really share. */
class SlowCallersTest {
    private static final int MANY = 40;
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<DefaultTokenManager> managers = new ArrayList<>();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final Shared engine = new Shared(SharedThreads.instance(), new ConcurrentLinkedQueue<>());
    private final CountDownLatch inStep = new CountDownLatch(MANY);
    private final CountDownLatch stepEnds = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);

    @AfterEach
    void letAllGo() {
        stepEnds.countDown();
        answers.countDown();
        managers.forEach(DefaultTokenManager::close);
    }

    @Test
    void callersWhoAreSlowAfterTheirTimeoutHoldUpNobody() throws Exception {
        DefaultTokenManager hanging = manager("hanging", SHORT, this::lateGrant, TokenListener.NONE);
        for (int caller = 0; caller < MANY; caller++) {
            step(hanging.authorization());
        }
        engine.joinTimeoutsEnd();

        othersAreServed();
    }

    @Test
    void callersWhoAreSlowWithTheirTokenHoldUpNobodyNorEachOther() throws Exception {
        DefaultTokenManager one = manager("one", LONG, this::lateGrant, TokenListener.NONE);
        for (int caller = 0; caller < MANY / 4; caller++) {
            step(one.authorization());
            step(one.refresh());
            step(one.revoke());
            step(one.exchangeCode(new AuthorizationCode(Secret.of("code"), Secret.of("verifier"))));
        }
        answers.countDown();

        othersAreServed();
    }

    @Test
    void listenersWhoAreSlowHoldUpNobody() throws Exception {
        for (int connection = 0; connection < MANY; connection++) {
            manager("listened-" + connection, LONG, SlowCallersTest::granted, event -> slowStep())
                    .authorization();
        }

        othersAreServed();
    }

    private void othersAreServed() throws Exception {
        assertThat(inStep.await(1, TimeUnit.MINUTES))
                .as("all of them go on at once")
                .isTrue();
        assertThat(threads).noneMatch(name -> name.matches("zendesk-auth-(timer|call|worker)-.*"));
        CompletableFuture<Authorization> late =
                manager("late", SHORT, this::later, TokenListener.NONE).authorization();
        engine.joinTimeoutsEnd();
        assertThat(late)
                .as("a joinTimeout of another connection")
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableOfType(Exception.class)
                .withMessageContaining("joinTimeout");
        assertThat(manager("quick", LONG, SlowCallersTest::granted, TokenListener.NONE)
                        .refresh()
                        .get(1, TimeUnit.MINUTES))
                .extracting(ConnectionStatus::state)
                .isEqualTo(ConnectionState.READY);
        assertThat(adopted()).as("what its settings hold").isNotNull();
        assertThat(stepEnds.getCount()).as("the steps are not at their end").isEqualTo(1);
    }

    /** What a connection finds in its settings, which is looked at by the workers. */
    private Authorization adopted() throws Exception {
        SettingsStore store = store("stored");
        Instant now = Instant.now();
        TokenPair pair =
                new TokenPair(Secret.of("stored"), Secret.of("r"), null, now, now.plus(Duration.ofMinutes(30)), null);
        try (SettingsTransaction transaction = store.begin(Duration.ZERO).orElseThrow()) {
            transaction.save(OAuthSettings.empty(url("stored"), "app").withNewLineage("one", pair));
        }
        CountDownLatch told = new CountDownLatch(1);
        DefaultTokenManager manager = manager("stored", LONG, SlowCallersTest::granted, event -> told.countDown());
        assertThat(told.await(1, TimeUnit.MINUTES)).isTrue();
        return manager.fresh();
    }

    private void step(CompletableFuture<?> call) {
        call.handle((value, error) -> slowStep());
    }

    private boolean slowStep() {
        threads.add(Thread.currentThread().getName());
        inStep.countDown();
        return await(stepEnds);
    }

    private TokenRequestOutcome lateGrant() {
        await(answers);
        return granted();
    }

    /** After all that this test looks at. */
    private TokenRequestOutcome later() {
        await(stepEnds);
        return granted();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TokenRequestOutcome granted() {
        return new TokenRequestOutcome.Granted(
                new TokenResponse(Secret.of("a"), Secret.of("r"), null, Duration.ofMinutes(30), Duration.ofDays(30)));
    }

    private DefaultTokenManager manager(String name, Duration join, Answer answer, TokenListener listener) {
        Connection rig = RiggedManager.connection(url(name), "app", "s", name.equals("stored") ? null : "r-" + name);
        Connection.Timeouts usual = rig.timeouts();
        Connection connection = new Connection(
                name,
                rig.url(),
                rig.credentials(),
                rig.endpoints(),
                rig.lifetimes(),
                new Connection.Timeouts(usual.connect(), usual.exchange(), join, usual.login()));
        EngineContext context =
                new EngineContext(InstantSource.system(), System::nanoTime, new Random(1), engine, null, listener);
        DefaultTokenManager manager = new DefaultTokenManager(connection, store(name), answer, context);
        managers.add(manager);
        manager.start();
        return manager;
    }

    private SettingsStore store(String name) {
        return RiggedFiles.inMemory("slow-" + name + System.identityHashCode(this), url(name), "app");
    }

    private static String url(String name) {
        return "https://" + name + ".example";
    }

    /** The engine of all connections, but that short join timeouts end when the test says so, on its real timer. */
    private record Shared(TaskScheduler shared, Queue<Runnable> joinTimeouts) implements TaskScheduler {
        void joinTimeoutsEnd() {
            for (Runnable end = joinTimeouts.poll(); end != null; end = joinTimeouts.poll()) {
                shared.after(Duration.ZERO, end);
            }
        }

        @Override
        public Cancellable after(Duration delay, Runnable task) {
            if (!delay.equals(SHORT)) {
                return shared.after(delay, task);
            }
            joinTimeouts.add(task);
            return () -> joinTimeouts.remove(task);
        }

        @Override
        public void execute(Runnable work) {
            shared.execute(work);
        }

        @Override
        public void call(String account, Runnable work) {
            shared.call(account, work);
        }

        @Override
        public void spawn(Runnable work) {
            shared.spawn(work);
        }

        @Override
        public <T> T outOfTurn(Wait<T> wait) throws InterruptedException {
            return shared.outOfTurn(wait);
        }

        @Override
        public <T> T ask(Supplier<T> request) {
            return shared.ask(request);
        }

        @Override
        public void pause(Duration delay) throws InterruptedException {
            shared.pause(delay);
        }

        @Override
        public Cancellable hold(Runnable beforeExit) {
            return shared.hold(beforeExit);
        }
    }

    /** A Zendesk that answers token requests with this. */
    @FunctionalInterface
    private interface Answer extends AuthorizationServer {
        TokenRequestOutcome answer();

        @Override
        default TokenRequestOutcome request(TokenRequest request) {
            return answer();
        }

        @Override
        default TokenKnowledge describe(Secret accessToken) {
            return TokenKnowledge.NONE;
        }

        @Override
        default Map<String, Object> whoAmI(Secret authorizationHeader) {
            return Map.of("id", 1);
        }

        @Override
        default void revoke(Secret accessToken) {}
    }
}
