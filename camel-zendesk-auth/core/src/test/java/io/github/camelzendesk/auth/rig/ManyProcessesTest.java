package io.github.camelzendesk.auth.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/** R1 and R2 with real processes; {@code -Psoak} makes it eight of them with 64 threads each, for a minute. */
class ManyProcessesTest {
    private static final int PROCESSES = Integer.getInteger("rig.processes", 3);
    private static final int THREADS = Integer.getInteger("rig.processThreads", 8);
    private static final int SECONDS = Integer.getInteger("rig.processSeconds", 4);
    private static final Duration LIFETIME = Duration.ofSeconds(2);

    private final List<Long> lockWaits = new ArrayList<>();
    private final List<Long> durability = new ArrayList<>();
    private long calls;
    private long replays;

    @Test
    void r1_r2_manyProcessesAndThreadsSpendEachRefreshTokenOnceAndFailNoCall(@TempDir Path directory) throws Exception {
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            zendesk.accessTokenLifetime(LIFETIME);
            RegisteredClient client = zendesk.confidentialClient("app");
            Map<String, String> properties = Map.of(
                    "rig.url", zendesk.url(),
                    "rig.client", "app",
                    "rig.secret", client.secret(),
                    "rig.refreshToken", zendesk.issue(client, "read write").refreshToken(),
                    "rig.file", directory.resolve("s.json").toString(),
                    "rig.threads", String.valueOf(THREADS),
                    "rig.seconds", String.valueOf(SECONDS));
            long begun = System.nanoTime();
            run(properties);
            double seconds = (System.nanoTime() - begun) / 1e9;
            int rotations = zendesk.tokenRequestCount();

            System.out.printf(
                    "%d processes x %d threads: %d calls, %d replays after a 401, %d token requests in %.1f s of %s"
                            + " tokens, %d reuses%nlock waits %s%ndurability of a rotation %s%n",
                    PROCESSES,
                    THREADS,
                    calls,
                    replays,
                    rotations,
                    seconds,
                    LIFETIME,
                    zendesk.refreshTokenReuseCount(),
                    Quantiles.of(lockWaits),
                    Quantiles.of(durability));
            assertThat(zendesk.refreshTokenReuseCount()).isZero();
            // One request for each time that two thirds of a life had passed, and the first one.
            assertThat((double) rotations).isLessThanOrEqualTo(1 + seconds / (LIFETIME.toMillis() / 1000.0 * 0.6));
            assertThat(rotations).isGreaterThan(SECONDS / 3);
        }
    }

    private void run(Map<String, String> properties) throws IOException, InterruptedException {
        List<ChildJvm> children = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            children.add(ChildJvm.start(Calling.class, properties));
        }
        for (ChildJvm child : children) {
            read(child);
            assertThat(child.exit()).isZero();
        }
    }

    private void read(ChildJvm child) throws IOException {
        String[] counts = String.valueOf(child.line()).split(" ");
        String failure = child.line();
        assertThat(counts).hasSize(6);
        assertThat(counts[5]).as(failure).isEqualTo("0");
        calls += Long.parseLong(counts[1]);
        replays += Long.parseLong(counts[3]);
        addAll(child.line(), lockWaits);
        addAll(child.line(), durability);
    }

    private static void addAll(String line, List<Long> samples) {
        String numbers = line.substring(line.indexOf(' ') + 1);
        for (String number : numbers.isBlank() ? new String[0] : numbers.split(",")) {
            samples.add(Long.parseLong(number));
        }
    }
}
