package io.github.camelzendesk.auth.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many processes on one PostgreSQL with tokens that live for a second, one process killed every few seconds. The judge
 * is the stand-in's own knowledge of which refresh token is alive. {@code -Psoak} makes it eight of them for two
 * minutes.
 */
@ExtendWith(SecretLeakExtension.class)
class ReplicasTest {
    private static final int PROCESSES = Integer.getInteger("rig.processes", 3);
    private static final int SECONDS = Integer.getInteger("rig.processSeconds", 7);
    private static final int FEWEST_ROTATIONS = SECONDS / 3;
    private static final Duration LIFETIME = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** When a process is killed: in the middle of a request that Zendesk has or has not carried out, or at random. */
    private enum Moment {
        COMMITTED,
        SENT,
        ANY
    }

    private final Map<Long, Long> savedAt = new ConcurrentHashMap<>();
    private final Map<String, Long> adoptedAt = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong replays = new AtomicLong();
    private final List<ReplicaProcess> replicas = new ArrayList<>();
    private final ZendeskServer zendesk = ZendeskServer.start();
    private final RegisteredClient client = zendesk.confidentialClient(Managers.CLIENT);
    private String location;
    private SettingsStore store;
    private int started;
    private int kills;
    private int undelivered;
    private int lost;

    @BeforeEach
    void logInOnce() throws Exception {
        zendesk.accessTokenLifetime(LIFETIME);
        location = PostgresServer.running().url() + "&zendesk.table=" + PostgresServer.newTable();
        store = Managers.store(location, zendesk.url());
        logIn();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (ReplicaProcess replica : replicas) {
            replica.kill();
        }
        zendesk.close();
    }

    @Test
    void replicasThatAreKilledReuseNoRefreshTokenAndLoseNoGrantThatWasDelivered() throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            replicas.add(start());
        }
        for (ReplicaProcess replica : replicas) {
            replica.awaitReady();
        }
        int before = zendesk.tokenRequestCount();
        long begun = System.nanoTime();
        killAndReplace(begun + TimeUnit.SECONDS.toNanos(SECONDS));
        for (ReplicaProcess replica : List.copyOf(replicas)) {
            replica.end();
            replicas.remove(replica);
        }
        nameLoss();
        double seconds = (System.nanoTime() - begun) / 1e9;
        print(seconds);

        assertThat(failures).isEmpty();
        assertThat(lost).as("the answers that nobody got").isGreaterThanOrEqualTo(undelivered);
        assertThat(zendesk.refreshTokenReuseCount())
                .as("only by those who found that an answer was lost")
                .isEqualTo(lost);
        // One request for each time that two thirds of a life had passed, the first one, and one that a kill cut short.
        assertThat((double) zendesk.tokenRequestCount() - before)
                .isLessThanOrEqualTo(1 + kills + lost + seconds / (LIFETIME.toMillis() / 1000.0 * 0.6));
    }

    /** On a busy machine it takes longer until enough has happened. */
    private void killAndReplace(long end) throws IOException, InterruptedException {
        long nextKill = nextKill();
        while (System.nanoTime() < end
                || zendesk.rotationCount() <= FEWEST_ROTATIONS
                || latencies().isEmpty()) {
            nameLoss();
            if (System.nanoTime() > nextKill) {
                kill(Moment.values()[kills++ % Moment.values().length]);
                replicas.add(start());
                nextKill = nextKill();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void kill(Moment moment) throws InterruptedException {
        switch (moment) {
            case COMMITTED -> {
                killTheOneThatMeets(TokenFault.delay(LATE));
                await().until(() -> store.load().orElseThrow().ended() != null);
                undelivered++;
            }
            case SENT -> {
                killTheOneThatMeets(TokenFault.hang());
                int rotations = zendesk.rotationCount();
                await().until(() -> zendesk.rotationCount() > rotations);
            }
            case ANY -> kill(replicas.get(ThreadLocalRandom.current().nextInt(replicas.size())));
        }
    }

    /** No count of requests would do: the next one may be another process's, on its way before the fault was set. */
    private void killTheOneThatMeets(TokenFault fault) throws InterruptedException {
        zendesk.nextTokenRequest(fault);
        await().until(() -> zendesk.remainingTokenFaults() == 0);
        kill(renewing());
    }

    private void kill(ReplicaProcess victim) throws InterruptedException {
        victim.kill();
        replicas.remove(victim);
    }

    /** The one whose note of a pending request is stored. */
    private ReplicaProcess renewing() {
        String owner = store.load().orElseThrow().pending().owner() + " ";
        return replicas.stream()
                .filter(replica -> owner.startsWith("process " + replica.pid() + " "))
                .findFirst()
                .orElseThrow();
    }

    private static long nextKill() {
        return System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(2_000, 4_000));
    }

    /** A loss is named as one, is one, and is what a person has to make good by logging in. */
    private void nameLoss() throws InterruptedException {
        OAuthSettings stored = store.load().orElseThrow();
        EndedGrant ended = stored.ended();
        if (ended != null) {
            assertThat(ended.reason()).isEqualTo("RESPONSE_LOST");
            assertThat(zendesk.isLiveRefreshToken(stored.refreshToken().reveal()))
                    .as("nothing is lost that Zendesk had not committed")
                    .isFalse();
            lost++;
            logIn();
        }
    }

    private void logIn() throws InterruptedException {
        Managers.logIn(
                store,
                zendesk.url(),
                "login-" + lost,
                zendesk.issue(client, "read write").refreshToken());
    }

    private ReplicaProcess start() throws IOException {
        String name = "replica-" + started++;
        return ReplicaProcess.start(
                Map.of("rig.url", zendesk.url(), "rig.secret", client.secret(), "rig.location", location),
                line -> note(name, line.split(" ", 3)));
    }

    private void note(String replica, String[] words) {
        switch (words[0]) {
            case "saved" -> savedAt.putIfAbsent(Long.valueOf(words[1]), Long.valueOf(words[2]));
            case "adopted" -> adoptedAt.putIfAbsent(replica + " " + words[1], Long.valueOf(words[2]));
            case "calls" -> {
                calls.addAndGet(Long.parseLong(words[1]));
                replays.addAndGet(Long.parseLong(words[2]));
            }
            case "lost" -> {
                // As the store says, which is what is judged.
            }
            default -> failures.add(replica + ": " + String.join(" ", words));
        }
    }

    /** Microseconds from the moment a pair was stored to the one another process used it. */
    private List<Long> latencies() {
        List<Long> latencies = new ArrayList<>();
        adoptedAt.forEach((adopted, at) -> {
            Long saved = savedAt.get(Long.valueOf(adopted.split(" ")[1]));
            if (saved != null) {
                latencies.add(at - saved);
            }
        });
        return latencies.stream().sorted().toList();
    }

    private void print(double seconds) {
        List<Long> latencies = latencies();
        System.out.printf(
                "%d processes, %d killed, in %.1f s of %s tokens: %d calls of the survivors, %d replays after a 401, %d failures;"
                        + " %d token requests, %d rotations, %d reuses, %d answers lost and named, of which %d by design;"
                        + " adoption n=%d p50=%d us p99=%d us max=%d us%n",
                PROCESSES,
                kills,
                seconds,
                LIFETIME,
                calls.get(),
                replays.get(),
                failures.size(),
                zendesk.tokenRequestCount(),
                zendesk.rotationCount(),
                zendesk.refreshTokenReuseCount(),
                lost,
                undelivered,
                latencies.size(),
                quantile(latencies, 0.5),
                quantile(latencies, 0.99),
                quantile(latencies, 1));
    }

    private static long quantile(List<Long> sorted, double quantile) {
        return sorted.isEmpty()
                ? -1
                : sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * quantile)));
    }
}
