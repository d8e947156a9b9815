package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseTiming;
import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Token managers on this store against a Zendesk that rotates. */
@ExtendWith(SecretLeakExtension.class)
class ReplicasTest {
    private static final int SECONDS = 6;
    /** However long they take on a busy machine. */
    private static final int FEWEST = 2;

    private static final Duration LIFETIME = Duration.ofSeconds(2);

    private final ApiServer api = new ApiServer();
    private final ZendeskServer zendesk = ZendeskServer.start();
    private final RegisteredClient app = zendesk.confidentialClient("app");
    private final String secret = "replicas-" + UUID.randomUUID();
    // The same server by two names: two replicas that in one JVM know nothing of each other.
    private final KubernetesClient here = api.client();
    private final KubernetesClient there = api.client(api.url().replace("127.0.0.1", "localhost"), builder -> {});
    private final String refreshToken = zendesk.issue(app, "read write").refreshToken();

    ReplicasTest() {
        api.create(ApiServer.NAMESPACE, secret);
    }

    @AfterEach
    void end() {
        // The clients stay open: an engine's thread may be about to look at the settings of a manager that has ended.
        api.close();
        zendesk.close();
    }

    @Test
    void twoReplicasRotateOneGrantOnceForEachExpiry() {
        zendesk.accessTokenLifetime(LIFETIME);
        long begun = System.nanoTime();
        try (TokenManager one = open(here);
                TokenManager other = open(there)) {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> callFor(one));
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> callFor(other));
            first.join();
            second.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        int requests = zendesk.tokenRequestCount();
        System.out.printf("2 replicas: %d token requests in %.1f s of %s tokens%n", requests, seconds, LIFETIME);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
        // One for each time that two thirds of a life have passed, and the first one.
        assertThat((double) requests).isLessThanOrEqualTo(1 + seconds / (LIFETIME.toSeconds() * 0.6));
        assertThat(Rig.store(here, secret, Rig.REPLICA, codec(), terms()).load().orElseThrow())
                .satisfies(stored -> assertThat(stored.pending()).isNull())
                .satisfies(stored -> assertThat(zendesk.isLiveRefreshToken(
                                stored.tokens().refreshToken().reveal()))
                        .isTrue());
    }

    @Test
    void whatOneReplicaRotatesTheOtherTakesOverWithoutAsking() {
        try (TokenManager one = open(here);
                TokenManager other = open(there)) {
            String old = header(one);
            assertThat(header(other)).isEqualTo(old);

            one.refresh().join();

            Awaitility.await().until(() -> !header(other).equals(old));
            assertThat(header(other)).isEqualTo(header(one));
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void withoutTheApiServerAValidTokenServesOnAndTheGrantIsNotSpent() {
        try (TokenManager manager = open(here)) {
            String valid = header(manager);
            api.stop();

            assertThat(header(manager)).isEqualTo(valid);
            assertThatThrownBy(() -> manager.refresh().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(SettingsUnavailable.class)
                    .hasMessageContaining("did not answer");
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);

            api.start();
            manager.refresh().join();
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    @Test
    void aServerThatGoesInTheMiddleOfAnExchangeLosesNothing() {
        try (TokenManager manager = open(here)) {
            header(manager);
            CountDownLatch answer = new CountDownLatch(1);
            zendesk.nextTokenRequest(TokenFault.held(answer));
            CompletableFuture<?> refreshed = manager.refresh();
            Awaitility.await().until(() -> zendesk.tokenRequestCount() == 2);
            api.stop();
            answer.countDown();
            refreshed.join();
            assertThat(manager.status().asMap()).containsEntry("settingsDirty", true);

            api.start();
        }
        try (TokenManager restarted = open(there)) {
            assertThat(zendesk.isLive(token(header(restarted)))).isTrue();
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    /** The Lease cannot keep a holder that slept from sending; its note keeps its successor from sending the same. */
    @Test
    void aSuccessorWaitsForTheTokensOfAHolderThatWasOustedInMidExchange() {
        try (TokenManager successor = open(there);
                TokenManager ousted = open(here)) {
            header(ousted);
            header(successor);
            CountDownLatch answer = new CountDownLatch(1);
            zendesk.nextTokenRequest(TokenFault.held(answer));
            CompletableFuture<?> late = ousted.refresh();
            Awaitility.await().until(() -> zendesk.rotationCount() == 2);
            deleteLease();

            CompletableFuture<?> next = successor.refresh();
            Awaitility.await().until(this::hasLease);
            answer.countDown();
            late.join();
            next.join();

            assertThat(zendesk.isLive(token(header(successor)))).isTrue();
        }
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    @Test
    void aRotationCostsTwoWritesOfTheSecretAndThreeOfTheLease() {
        try (TokenManager manager = open(here)) {
            header(manager);
            api.forget();

            manager.refresh().join();
        }
        assertThat(api.calls().stream()
                        .filter(call ->
                                !call.verb().equals("get") && !call.verb().equals("watch"))
                        .map(call -> call.verb() + " " + call.resource()))
                .containsExactlyInAnyOrder(
                        "update leases", "update secrets", "update leases", "update secrets", "update leases");
    }

    private void deleteLease() {
        api.change(client -> client.leases()
                .inNamespace(ApiServer.NAMESPACE)
                .withName(lease())
                .delete());
    }

    private boolean hasLease() {
        return api.change(client -> client.leases()
                        .inNamespace(ApiServer.NAMESPACE)
                        .withName(lease())
                        .get()
                != null);
    }

    private String lease() {
        return Rig.place("", secret, Rig.REPLICA).lease();
    }

    private static String token(String header) {
        return header.substring("Bearer ".length());
    }

    private void callFor(TokenManager manager) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end || zendesk.tokenRequestCount() <= FEWEST) {
            Authorization used = manager.authorization().join();
            if (!zendesk.isLive(token(used.headerValue()))) {
                manager.reject(used.generation());
            }
        }
    }

    private static String header(TokenManager manager) {
        return manager.authorization().join().headerValue();
    }

    private TokenManager open(KubernetesClient client) {
        return Rig.manager(client, secret, zendesk, app, refreshToken);
    }

    private SettingsCodec codec() {
        return SettingsCodec.of(zendesk.url(), "app", null);
    }

    private static LeaseTiming terms() {
        return new LeaseTiming(Rig.LEASE, System::nanoTime);
    }
}
