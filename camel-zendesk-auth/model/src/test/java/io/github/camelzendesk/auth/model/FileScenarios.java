package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;

import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static io.github.camelzendesk.auth.model.TracedRun.all;
import static io.github.camelzendesk.auth.model.TracedRun.does;
import static org.assertj.core.api.Assertions.assertThat;

/** Real runs of processes that share a settings file. For one test thread. */
final class FileScenarios {
    private static final int ROUNDS = Integer.getInteger("trace.rounds", 2);
    private static final int STRIDE = Integer.getInteger("trace.crashStride", 5);
    private static final int KILLS = Integer.getInteger("trace.kills", 0);
    private static final int MOST_MICROS = 400_000;

    private final Path directory;
    private final List<Trace> traces = new ArrayList<>();

    FileScenarios(Path directory) {
        this.directory = directory;
    }

    List<Trace> played() throws Exception {
        trace("three processes refresh at the same time", this::herd);
        trace("answers are lost, and cannot be parsed", this::oddAnswers);
        trace("killed with a request under way", this::killed);
        trace("stopped with a request under way", this::stopped);
        trace("revoked, and logged in again", this::revoked);
        trace("another token is configured", this::reconfigured);
        trace("the disk is full", this::fullDisk);
        halts();
        for (int kill = 0; kill < KILLS; kill++) {
            trace("killed at any moment", this::killedAtAnyMoment);
        }
        return traces;
    }

    private void trace(String name, TracedRun.Scenario scenario) throws Exception {
        Path place = Files.createDirectories(directory.resolve("run-" + traces.size()));
        try (TracedRun run = new TracedRun(name, place, place.resolve("s.json").toString())) {
            scenario.play(run);
            traces.add(run.trace());
        }
    }

    private void herd(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        ChildJvm three = run.process();
        assertThat(all("token", one, two, three)).containsOnly("uses 2");
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(all("refresh", one, two, three)).allMatch(said -> said.startsWith("uses"));
        }
        run.end(one);
        run.end(two);
        run.end(three);
    }

    private void oddAnswers(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        run.zendesk().nextTokenRequest(TokenFault.dropBeforeCommit());
        assertThat(does(one, "token")).isEqualTo("uses 2");
        run.zendesk().nextTokenRequest(TokenFault.status(503));
        assertThat(does(one, "refresh")).startsWith("fails \"later\"");
        run.end(one);
        ChildJvm two = run.process();
        assertThat(does(two, "token")).isEqualTo("uses 2");
        run.zendesk().nextTokenRequest(TokenFault.dropAfterCommit());
        assertThat(does(two, "refresh")).startsWith("fails \"LOST\"");
        run.end(two);
    }

    private void killed(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        assertThat(does(one, "token")).isEqualTo("uses 2");
        CountDownLatch answer = run.refreshWithoutAnswer(one);
        run.kill(one);
        answer.countDown();
        ChildJvm two = run.process();
        assertThat(does(two, "token")).isEqualTo("uses 2");
        assertThat(does(two, "refresh")).startsWith("fails \"LOST\"");
        run.kill(two);
    }

    private void killedAtAnyMoment(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        ChildJvm three = run.process();
        run.zendesk().always(TokenFault.delay(Duration.ofMillis(20)));
        assertThat(all("token", one, two, three)).containsOnly("uses 2");
        one.tell("refresh");
        two.tell("refresh");
        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(MOST_MICROS) * 1000L);
        run.kill(one);
        two.line();
        does(three, "refresh");
        run.end(two);
        run.end(three);
    }

    private void stopped(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        assertThat(does(one, "token")).isEqualTo("uses 2");
        CountDownLatch answer = run.refreshWithoutAnswer(one);
        run.stop(one);
        two.tell("refresh");
        answer.countDown();
        run.goOn(one);
        assertThat(one.line()).isEqualTo("uses 3");
        assertThat(two.line()).startsWith("uses");
        run.end(one);
        run.end(two);
    }

    private void revoked(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        assertThat(all("token", one, two)).containsOnly("uses 2");
        run.revoke();
        assertThat(does(one, "newer")).startsWith("fails \"REFUSED\"");
        assertThat(does(two, "newer")).startsWith("fails \"REFUSED\"");
        run.logIn();
        // Who remembers the refusal looks at the file once a second.
        Awaitility.await().until(() -> all("token", one, two).equals(List.of("uses 3", "uses 3")));
        assertThat(does(two, "refresh")).isEqualTo("uses 4");
        run.end(one);
        run.end(two);
    }

    private void reconfigured(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        assertThat(does(one, "token")).isEqualTo("uses 2");
        CountDownLatch answer = run.refreshWithoutAnswer(one);
        run.kill(one);
        answer.countDown();
        ChildJvm two = run.reconfigured();
        assertThat(does(two, "token")).isEqualTo("uses 4");
        ChildJvm three = run.process();
        assertThat(does(three, "refresh")).startsWith("uses");
        run.end(two);
        run.end(three);
    }

    private void fullDisk(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        assertThat(does(one, "token")).isEqualTo("uses 2");
        // The note and the space for the answer are written, and the answer is not.
        does(one, "full 3");
        assertThat(does(one, "refresh")).isEqualTo("uses 3");
        assertThat(does(two, "refresh")).startsWith("uses");
        run.end(one);
        run.end(two);
    }

    /** Each process halts a few steps after the one before it, and the next goes on with what that one left. */
    private void halts() throws Exception {
        int first = ThreadLocalRandom.current().nextInt(STRIDE) + 1;
        for (int[] step = {first}; step[0] > 0; ) {
            trace("halted", run -> {
                String said = "halted";
                for (; said.startsWith("halted"); step[0] += STRIDE) {
                    said = haltsAt(run, step[0]);
                }
                // What is lost is lost; a new grant goes on. When the rotation is over before that step, all is done.
                step[0] = said.startsWith("fails") ? step[0] - STRIDE : 0;
            });
        }
    }

    private static String haltsAt(TracedRun run, int step) throws IOException, InterruptedException {
        ChildJvm child = run.process();
        does(child, "token");
        does(child, "halt " + step);
        String said = does(child, "refresh");
        if (said.startsWith("halted")) {
            run.halted(child);
        } else {
            run.end(child);
        }
        return said;
    }
}
