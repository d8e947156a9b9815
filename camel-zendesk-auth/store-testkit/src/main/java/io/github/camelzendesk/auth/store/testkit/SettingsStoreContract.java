package io.github.camelzendesk.auth.store.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every {@link SettingsStore} has to hold, so that no refresh token is spent twice and none is lost. For one test
 * thread; it starts threads of its own and, for a place that processes share, JVMs.
 *
 * <p>A subclass says where the settings of a test are kept, and how they are read and changed behind the store's back.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class SettingsStoreContract extends StoreRig {
    private static final Duration SOON = Duration.ofMinutes(1);

    @Test
    void anEmptyPlaceHoldsNothing() throws Exception {
        assertThat(store().load()).isEmpty();
        try (SettingsTransaction transaction = begin(store())) {
            assertThat(transaction.load()).isEmpty();
        }
    }

    @Test
    void whatIsSavedIsReadBackWholeByEverybody() throws Exception {
        save(store(), Samples.whole(7));

        Samples.assertSame(store().load().orElseThrow(), Samples.whole(7));
        try (SettingsTransaction transaction = begin(store())) {
            Samples.assertSame(transaction.load().orElseThrow(), Samples.whole(7));
        }
    }

    @Test
    void aSaveIsSeenByOthersAtOnceAndNotOnlyWhenTheTransactionEnds() throws Exception {
        try (SettingsTransaction transaction = begin(store())) {
            transaction.save(Samples.whole(1));
            transaction.reserve();

            assertThat(store().load().orElseThrow().pending()).isEqualTo(Samples.pending(1));
            transaction.save(Samples.whole(2));
            Samples.assertSame(store().load().orElseThrow(), Samples.whole(2));
        }
    }

    @Test
    void nobodyReadsAMixtureOfTwoSaves() throws Exception {
        save(store(), Samples.whole(1));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> writing = thread.submit(times(40, store()));
        do {
            OAuthSettings seen = store().load().orElseThrow();
            Samples.assertSame(seen, Samples.whole(seen.generation()));
        } while (!writing.isDone());
        writing.get();
        thread.shutdown();

        assertThat(store().load().orElseThrow().generation()).isEqualTo(41);
    }

    @Test
    void twoConnectionsAtOneLocationDoNotMeet() throws Exception {
        assumeTrue(isForMany(), "a place of one connection");
        SettingsStore other = store("globex@globex.zendesk.com", Samples.ofAnother());
        save(store(), Samples.whole(3));
        try (SettingsTransaction held = begin(store());
                SettingsTransaction free = begin(other, Duration.ZERO)) {
            assertThat(free.load()).isEmpty();
            assertThat(held.load()).isPresent();
        }
        assertThat(other.identity()).isNotEqualTo(store().identity());
    }

    @Test
    void twoStoresOfOneConnectionHaveOneIdentity() {
        assertThat(store().identity()).isEqualTo(store().identity());
    }

    @Test
    void anOlderGenerationNeverReplacesANewerOneAndTheFailureGivesTheLockBack() throws Exception {
        save(store(), Samples.whole(7));

        assertThatThrownBy(() -> save(store(), Samples.whole(6))).isInstanceOf(SettingsStoreException.class);

        Samples.assertSame(store().load().orElseThrow(), Samples.whole(7));
        begin(store(), SOON).close();
    }

    @Test
    void whoeverHasLostTheLockNeitherSpendsNorSaves() throws Exception {
        save(store(), Samples.whole(1));
        SettingsTransaction robbed = begin(store());
        assumeTrue(breakLock(NAME), "nobody can take this lock away");
        begin(store(), takeover()).close();
        save(store(), Samples.whole(2));

        assertThat(robbed.isExclusive()).isFalse();
        assertThatThrownBy(robbed::reserve).isInstanceOf(SettingsStoreException.class);
        assertThatThrownBy(() -> robbed.save(Samples.whole(3))).isInstanceOf(SettingsStoreException.class);
        robbed.close();

        Samples.assertSame(store().load().orElseThrow(), Samples.whole(2));
        begin(store()).close();
    }

    @Test
    void threadsThatContendLoseNoChange() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Object>> changes = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            changes.add(Executors.callable(times(5, store())));
        }
        for (Future<Object> change : threads.invokeAll(changes)) {
            change.get();
        }
        threads.shutdown();

        assertThat(store().load().orElseThrow().generation()).isEqualTo(20);
    }

    @Test
    void patienceIsBoundedAndZeroDoesNotWait() throws Exception {
        try (SettingsTransaction held = begin(store())) {
            assertThat(held.load()).isEmpty();
            for (Duration patience : List.of(Duration.ZERO, Duration.ofMillis(200))) {
                long begun = System.nanoTime();

                assertThat(store().begin(patience)).isEmpty();

                // About that long: a wait that is counted in milliseconds may end a fraction of one early.
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(patience.dividedBy(2), SOON);
            }
        }
        begin(store(), SOON).close();
    }

    @Test
    void whoWaitsGetsTheLockWhenItIsGivenBack() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicInteger given = new AtomicInteger();
        Future<Integer> waiting;
        try (SettingsTransaction held = begin(store())) {
            waiting = thread.submit(() -> {
                try (SettingsTransaction next = begin(store())) {
                    return given.get();
                }
            });
            held.save(Samples.whole(1));
            given.set(1);
        }

        assertThat(waiting.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
        thread.shutdown();
    }

    @Test
    void anInterruptEndsTheWaitAndTakesNothing() throws Exception {
        try (SettingsTransaction held = begin(store())) {
            assertThat(held.load()).isEmpty();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> store().begin(SOON)).isInstanceOf(InterruptedException.class);
        }
        begin(store(), SOON).close();
    }

    @Test
    void whatSomebodyElseHasSavedIsNoticed() throws Exception {
        SettingsStore watching = store();
        AtomicInteger told = new AtomicInteger();
        Optional<SettingsStore.Watch> watch = watching.watch(told::incrementAndGet);
        Optional<Object> before = watching.stamp();
        assumeTrue(watch.isPresent() || before.isPresent(), "a place that is read when a token is due");

        save(store(), Samples.whole(1));

        await().atMost(SOON).until(() -> told.get() > 0 || watch.isEmpty() && !before.equals(watching.stamp()));
        watch.ifPresent(SettingsStore.Watch::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"hello\":1}", "no settings"})
    void whatIsDamagedIsRefusedAndLeftAsItIs(String damaged) throws Exception {
        assumeTrue(isBytes(), "a place without bytes");
        save(store(), Samples.whole(1));
        byte[] content = damaged.getBytes(StandardCharsets.UTF_8);
        overwrite(NAME, content);

        assertThatThrownBy(() -> store().load()).isInstanceOf(SettingsStoreException.class);
        assertThatThrownBy(() -> save(store(), Samples.whole(2))).isInstanceOf(SettingsStoreException.class);

        assertThat(stored(NAME)).isEqualTo(content);
    }

    @Test
    void theSettingsOfAnotherAccountAreRefusedAndKept() throws Exception {
        save(store(), Samples.whole(1));
        SettingsStore other = store(Samples.ofAnother());

        assertThatThrownBy(other::load)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("oauthSettingsLocation");
        assertThatThrownBy(() -> save(other, OAuthSettings.empty("https://globex.zendesk.com", "app")))
                .isInstanceOf(SettingsStoreException.class);

        Samples.assertSame(store().load().orElseThrow(), Samples.whole(1));
    }

    @Test
    void aClientsOwnTokenNeverTakesThePlaceOfAPersonsGrant() throws Exception {
        save(store(), Samples.whole(1));
        SettingsStore robot = store(Samples.ofARobot(null));

        assertThatThrownBy(robot::load)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContainingAll(
                        "authorization_code", "client_credentials", "authScheme", "oauthSettingsLocation");
        assertThatThrownBy(() -> save(robot, Samples.ofARobot(2, null))).isInstanceOf(SettingsStoreException.class);

        Samples.assertSame(store().load().orElseThrow(), Samples.whole(1));
    }

    @Test
    void aPersonsConnectionNeverUsesAClientsOwnToken() throws Exception {
        save(store(Samples.ofARobot(null)), Samples.ofARobot(1, null));

        assertThatThrownBy(() -> store().load())
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContainingAll("authorization_code", "client_credentials", "oauthSettingsLocation");
        assertThatThrownBy(() -> save(store(), Samples.whole(2))).isInstanceOf(SettingsStoreException.class);
    }

    @Test
    void aClientsOwnTokenServesItsOwnScopeOnlyInWhateverOrderItIsWritten() throws Exception {
        save(store(Samples.ofARobot("read write")), Samples.ofARobot(1, "write read"));

        assertThat(store(Samples.ofARobot("write  read, read")).load()).isPresent();
        for (String other : new String[] {null, "read", "read write tickets:read"}) {
            assertThatThrownBy(() -> store(Samples.ofARobot(other)).load())
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContainingAll("'read write'", "scope", "oauthSettingsLocation");
        }
    }

    @Test
    void withAKeyNothingIsReadableWithoutIt() throws Exception {
        assumeTrue(isBytes(), "a place without bytes");
        save(store(Samples.sealing()), Samples.whole(1));

        assertThat(new String(stored(NAME), StandardCharsets.UTF_8)).doesNotContain(Samples.ACCESS, Samples.REFRESH);
        Samples.assertSame(store(Samples.sealing()).load().orElseThrow(), Samples.whole(1));
        assertThatThrownBy(() -> store().load())
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("oauthSettingsSecretKey");
    }

    @Test
    void processesThatContendLoseNoChange() throws Exception {
        assumeTrue(isShared(), "a place of one process");
        try (StoreChild other = StoreChild.start(location(), "advance")) {
            other.awaitLine("advances");
            times(StoreChild.CHANGES, store()).run();

            assertThat(other.end()).isZero();
        }
        assertThat(store().load().orElseThrow().generation()).isEqualTo(2L * StoreChild.CHANGES);
    }

    @Test
    void aKilledProcessGivesTheLockBackAndLeavesItsPendingExchangeToBeExplained() throws Exception {
        assumeTrue(isShared(), "a place of one process");
        try (StoreChild child = StoreChild.start(location(), "hold")) {
            child.awaitLine("held");
            assertThat(store().begin(Duration.ZERO)).isEmpty();

            child.kill();

            try (SettingsTransaction next = begin(store(), takeover())) {
                assertThat(next.load().orElseThrow().pending()).isEqualTo(Samples.pending(1));
            }
        }
    }

    private static Runnable times(int changes, SettingsStore store) {
        return () -> {
            try {
                for (int change = 0; change < changes; change++) {
                    advance(store);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
