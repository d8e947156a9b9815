package io.github.camelzendesk.auth.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * R8 with real ends of real processes. The judge is the stand-in's own knowledge of which refresh token is alive: after
 * the end the connection works, or it says that an answer was lost, and only when the stand-in had committed one. The
 * build halts at each fourth step, from one at random; {@code -Psoak} at each, and repeats it.
 */
@ExtendWith(ZendeskExtension.class)
class CrashMatrixTest {
    private static final int RUNS = Integer.getInteger("rig.crashRuns", 1);
    // Four steps in a row lose the grant: a longer stride could miss them.
    private static final int STRIDE = Integer.getInteger("rig.crashStride", 4);
    private static final int KILLS = Integer.getInteger("rig.kills", 2);
    private static final int MOST_MILLIS = 400;
    private static final int FEWEST_STEPS = 25;

    private enum Verdict {
        WORKS,
        LOST_AND_NAMED
    }

    private record End(String step, Verdict verdict) {}

    @TempDir
    Path directory;

    private ZendeskServer zendesk;
    private RegisteredClient client;
    private int grants;

    @BeforeEach
    void register(ZendeskServer server) {
        zendesk = server;
        client = zendesk.confidentialClient("app");
    }

    @Test
    void r8_aProcessThatHaltsAtAnyStepLeavesAGrantThatWorksOrSaysWhyItDoesNot() throws Exception {
        List<End> ends = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            int number = ThreadLocalRandom.current().nextInt(STRIDE);
            for (Optional<End> end = endAt(number); end.isPresent(); end = endAt(number)) {
                ends.add(end.get());
                number += STRIDE;
            }
        }
        long lost = ends.stream()
                .filter(end -> end.verdict() == Verdict.LOST_AND_NAMED)
                .count();
        System.out.printf("%d halts: %d grants lost and named%n%s%n", ends.size(), lost, byStep(ends));
        assertThat(ends).hasSizeGreaterThanOrEqualTo(RUNS * FEWEST_STEPS / STRIDE);
        assertThat(byStep(ends).values()).contains(Verdict.WORKS, Verdict.LOST_AND_NAMED);
        assertThat(zendesk.refreshTokenReuseCount())
                .as("only those that were judged lost")
                .isEqualTo((int) lost);
    }

    @Test
    void r8_aProcessThatIsKilledAtAnyMomentLeavesAGrantThatWorksOrSaysWhyItDoesNot() throws Exception {
        int lost = 0;
        int rotations = 0;
        Path file = newGrant();
        for (int kill = 0; kill < KILLS; kill++) {
            int before = zendesk.rotationCount();
            try (ChildJvm child =
                    ChildJvm.start(Rotating.class, properties(file, Map.of("rig.rotations", "1000000")))) {
                assertThat(child.line()).isEqualTo("ready");
                Awaitility.await().until(() -> zendesk.rotationCount() > before);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MOST_MILLIS) * 1_000_000);
                child.kill();
            }
            rotations += zendesk.rotationCount() - before;
            if (judge(file, true) == Verdict.LOST_AND_NAMED) {
                lost++;
                file = newGrant();
            }
        }
        System.out.printf("%d kills in the middle of %d rotations: %d grants lost and named%n", KILLS, rotations, lost);
        assertThat(zendesk.refreshTokenReuseCount()).isEqualTo(lost);
    }

    /** Opens the settings as the next process would. */
    private Verdict judge(Path file, boolean mayBeLost) {
        TokenManager manager = open(store(file, Steps.NONE), Steps.NONE);
        try {
            Authorization authorization = manager.authorization().join();
            if (!isAlive(authorization)) {
                manager.reject(authorization.generation());
                authorization = manager.authorization().join();
            }
            assertThat(isAlive(authorization)).isTrue();
            return Verdict.WORKS;
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(AuthorizationRequired.class, required -> assertThat(required.reason())
                            .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST));
            assertThat(mayBeLost)
                    .as("nothing is lost that Zendesk had not committed")
                    .isTrue();
            return Verdict.LOST_AND_NAMED;
        } finally {
            manager.close();
        }
    }

    private boolean isAlive(Authorization authorization) {
        return zendesk.isLive(authorization.headerValue().substring("Bearer ".length()));
    }

    private static Map<String, Verdict> byStep(List<End> ends) {
        return ends.stream().collect(Collectors.toMap(End::step, End::verdict, (one, other) -> other, TreeMap::new));
    }

    /** Empty when the rotation is over before the step of that number. */
    private Optional<End> endAt(int number) throws IOException, InterruptedException {
        Path file = newGrant();
        int before = zendesk.rotationCount();
        Optional<String> step = haltAt(number, file);
        Verdict verdict = judge(file, zendesk.rotationCount() > before);
        if (step.isEmpty()) {
            assertThat(verdict).isEqualTo(Verdict.WORKS);
        }
        return step.map(name -> new End("%02d %s".formatted(number, name), verdict));
    }

    /** The child names the step, as a look at the file that is due adds one to the rotation. */
    private Optional<String> haltAt(int step, Path file) throws IOException, InterruptedException {
        try (ChildJvm child =
                ChildJvm.start(Rotating.class, properties(file, Map.of("rig.haltAt", String.valueOf(step))))) {
            assertThat(child.line()).isEqualTo("ready");
            Optional<String> name = Optional.ofNullable(child.line());
            assertThat(child.exit()).as("%s", name).isEqualTo(name.isPresent() ? Rotating.HALTED : 0);
            return name;
        }
    }

    private Map<String, String> properties(Path file, Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>(more);
        properties.put("rig.url", zendesk.url());
        properties.put("rig.client", client.identifier());
        properties.put("rig.secret", client.secret());
        properties.put("rig.file", file.toString());
        return properties;
    }

    private Path newGrant() throws IOException {
        Path file =
                Files.createDirectories(directory.resolve("grant-" + grants++)).resolve("s.json");
        TokenManager login = RiggedManager.open(
                RiggedManager.connection(
                        zendesk.url(),
                        client.identifier(),
                        client.secret(),
                        zendesk.issue(client, "read write").refreshToken()),
                store(file, Steps.NONE),
                Steps.NONE);
        login.authorization().join();
        login.close();
        return file;
    }

    private SettingsStore store(Path file, Steps steps) {
        return RiggedFiles.store(file, zendesk.url(), client.identifier(), steps);
    }

    private TokenManager open(SettingsStore store, Steps steps) {
        return RiggedManager.open(
                RiggedManager.connection(zendesk.url(), client.identifier(), client.secret(), ""), store, steps);
    }
}
