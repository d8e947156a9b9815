package io.github.camelzendesk.auth.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.RiggedManager;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.RiggedFiles;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.testkit.OAuthClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * R8 with real ends of real processes. The judge is the stand-in's own knowledge of which refresh token is alive: after
 * the end the connection works, or it says that an answer was lost, and only when the stand-in had committed one.
 * {@code -Psoak} repeats it.
 */
class CrashMatrixTest {
    private static final int RUNS = Integer.getInteger("rig.crashRuns", 1);
    private static final int KILLS = Integer.getInteger("rig.kills", 8);
    private static final int MOST_MILLIS = 400;

    private enum Verdict {
        WORKS,
        LOST_AND_NAMED
    }

    @TempDir
    Path directory;

    private ZendeskServer zendesk;
    private OAuthClient client;
    private int grants;

    @BeforeEach
    void startZendesk() {
        zendesk = ZendeskServer.start();
        client = zendesk.confidentialClient("app");
    }

    @AfterEach
    void stopZendesk() {
        zendesk.close();
    }

    @Test
    void r8_aProcessThatHaltsAtAnyStepLeavesAGrantThatWorksOrSaysWhyItDoesNot() throws Exception {
        List<String> steps = stepsOfARotation();
        Map<String, String> verdicts = new TreeMap<>();
        int lost = 0;
        for (int run = 0; run < RUNS; run++) {
            for (int step = 0; step < steps.size(); step++) {
                Path file = newGrant();
                int before = zendesk.rotationCount();
                assertThat(haltAt(step, file))
                        .as("exit at step %d, %s", step, steps.get(step))
                        .isEqualTo(Rotating.HALTED);
                boolean committed = zendesk.rotationCount() > before;
                Verdict verdict = judge(file, committed);
                lost += verdict == Verdict.LOST_AND_NAMED ? 1 : 0;
                verdicts.put("%02d %s".formatted(step, steps.get(step)), verdict.name());
            }
        }
        System.out.printf(
                "%d halts at %d steps: %d grants lost and named%n%s%n",
                RUNS * steps.size(), steps.size(), lost, verdicts);
        assertThat(verdicts.values()).contains("WORKS", "LOST_AND_NAMED");
        assertThat(zendesk.refreshTokenReuseCount())
                .as("only those that were judged lost")
                .isEqualTo(lost);
    }

    @Test
    void r8_aProcessThatIsKilledAtAnyMomentLeavesAGrantThatWorksOrSaysWhyItDoesNot() throws Exception {
        int lost = 0;
        int rotations = 0;
        Path file = newGrant();
        for (int kill = 0; kill < KILLS; kill++) {
            int before = zendesk.rotationCount();
            try (Child child = Child.start(Rotating.class, properties(file, Map.of("rig.rotations", "1000000")))) {
                assertThat(child.line()).isEqualTo("ready");
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
        assertThat(rotations).isPositive();
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

    private List<String> stepsOfARotation() throws IOException {
        List<String> steps = new ArrayList<>();
        boolean[] armed = {false};
        Steps noting = step -> {
            if (armed[0]) {
                steps.add(step);
            }
        };
        TokenManager manager = open(store(newGrant(), noting), noting);
        manager.authorization().join();
        armed[0] = true;
        manager.refresh().join();
        armed[0] = false;
        manager.close();
        return List.copyOf(steps);
    }

    private int haltAt(int step, Path file) throws IOException, InterruptedException {
        try (Child child = Child.start(Rotating.class, properties(file, Map.of("rig.haltAt", String.valueOf(step))))) {
            return child.exit();
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
