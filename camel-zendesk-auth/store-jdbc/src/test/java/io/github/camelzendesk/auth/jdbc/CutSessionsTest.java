package io.github.camelzendesk.auth.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A database session that is cut in mid-rotation takes the lock from an owner that lives, and nobody spends twice. */
@ExtendWith(SecretLeakExtension.class)
class CutSessionsTest {
    private static final int CUTS = Integer.getInteger("rig.cuts", 10);
    private static final int MANAGERS = 3;

    private final ZendeskServer zendesk = ZendeskServer.start();
    private final RegisteredClient client = zendesk.confidentialClient(Managers.CLIENT);
    private final List<TokenManager> managers = new ArrayList<>();
    private final List<AtomicInteger> looks = new ArrayList<>();
    private PostgresServer server;
    private int cuts;
    private int failures;

    @BeforeEach
    void open() throws Exception {
        server = PostgresServer.running();
        String location = server.url() + "&zendesk.table=" + PostgresServer.newTable() + "&ApplicationName=";
        Managers.logIn(
                Managers.store(location + "login", zendesk.url()),
                zendesk.url(),
                "a-login",
                zendesk.issue(client, "read write").refreshToken());
        for (int number = 0; number < MANAGERS; number++) {
            looks.add(new AtomicInteger());
            // A URL of its own, and so the connections and the waits of another process.
            SettingsStore store = new Counting(Managers.store(location + number, zendesk.url()), looks.get(number));
            managers.add(Managers.open(zendesk.url(), client.secret(), store, TokenListener.NONE));
        }
    }

    @AfterEach
    void close() {
        managers.forEach(TokenManager::close);
        zendesk.close();
    }

    @Test
    void noRefreshTokenIsPresentedTwiceHoweverOftenTheOwnersSessionIsCut() throws Exception {
        for (int attempt = 0; cuts < CUTS; attempt++) {
            assertThat(attempt).as("attempts to cut a session").isLessThan(20 * CUTS);
            if (attempt % 2 == 0) {
                cutWhileTheAnswerIsHeld(attempt);
            } else {
                cutAtAnyMoment(attempt);
            }
        }
        await().ignoreExceptions().until(() -> manager(0).refresh().join() != null);
        System.out.printf(
                "%d sessions cut in mid-rotation: %d token requests, %d rotations, %d reuses, %d refreshes failed with the grant"
                        + " unspent%n",
                cuts, zendesk.tokenRequestCount(), zendesk.rotationCount(), zendesk.refreshTokenReuseCount(), failures);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    /** The worst moment: Zendesk has replaced the refresh token, and the others find the old one and a free lock. */
    private void cutWhileTheAnswerIsHeld(int attempt) throws Exception {
        int requests = zendesk.tokenRequestCount();
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));
        CompletableFuture<?> owner = manager(attempt).refresh();
        await().until(() -> owner.isDone() || zendesk.tokenRequestCount() > requests);
        boolean cut = server.breakLocks();
        int before = looks(attempt + 1);
        List<CompletableFuture<?>> others =
                List.of(manager(attempt + 1).refresh(), manager(attempt + 2).refresh());
        // Until another has looked before it asked for the lock, and then, with it or without, at what it should do.
        await().until(() ->
                looks(attempt + 1) > before + 1 || zendesk.tokenRequestCount() > requests + 1 || owner.isDone());
        answer.countDown();
        end(owner);
        others.forEach(this::end);
        cuts += cut ? 1 : 0;
    }

    private void cutAtAnyMoment(int attempt) throws Exception {
        List<CompletableFuture<?>> all = new ArrayList<>();
        zendesk.nextTokenRequest(TokenFault.delay(Duration.ofMillis(20)));
        for (int number = 0; number < MANAGERS; number++) {
            all.add(manager(attempt + number).refresh());
        }
        LockSupport.parkNanos(
                TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextLong(40_000)));
        cuts += server.breakLocks() ? 1 : 0;
        all.forEach(this::end);
    }

    /** What is refused because the lock was lost spent nothing. */
    private void end(CompletableFuture<?> refresh) {
        try {
            refresh.orTimeout(2, TimeUnit.MINUTES).join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isNotInstanceOf(AuthorizationRequired.class);
            failures++;
        }
    }

    private int looks(int number) {
        return looks.get(number % MANAGERS).get();
    }

    private TokenManager manager(int number) {
        return managers.get(number % MANAGERS);
    }

    /** Counts how often a manager has looked at what is stored. */
    private record Counting(SettingsStore store, AtomicInteger looks) implements SettingsStore {
        @Override
        public String identity() {
            return store.identity();
        }

        @Override
        public Optional<OAuthSettings> load() {
            looks.incrementAndGet();
            return store.load();
        }

        @Override
        public Optional<Watch> watch(Runnable changed) {
            return store.watch(changed);
        }

        @Override
        public boolean canLoseLock() {
            return store.canLoseLock();
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
            Optional<SettingsTransaction> begun = store.begin(patience);
            begun.ifPresent(transaction -> looks.incrementAndGet());
            return begun;
        }
    }
}
