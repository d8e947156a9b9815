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
    private static final int ROUNDS = Integer.getInteger("trace.rounds", 1);
    private static final int KILLS = Integer.getInteger("trace.kills", 0);
    // From a step at random, so that all steps have their turn in some builds.
    private static final int STRIDE = Integer.getInteger("trace.crashStride", 16);
    private static final int MOST_MICROS = 400_000;

    private final Path directory;
    private final List<Trace> traces = new ArrayList<>();

    FileScenarios(Path directory) {
        this.directory = directory;
    }

    List<Trace> played() throws Exception {
        trace("three processes to which all happens", this::lively);
        halts();
        for (int kill = 0; kill < KILLS; kill++) {
            trace("a kill at any moment", this::killedAtAnyMoment);
        }
        return traces;
    }

    Trace trace(String name, TracedRun.Scenario scenario) throws Exception {
        Path place = Files.createDirectories(directory.resolve("run-" + traces.size()));
        try (TracedRun run = new TracedRun(name, place, place.resolve("s.json").toString())) {
            scenario.play(run);
            traces.add(run.trace());
        }
        return traces.get(traces.size() - 1);
    }

    private void lively(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        ChildJvm three = run.process();
        run.zendesk().nextTokenRequest(TokenFault.dropBeforeCommit());
        assertThat(all("token", one, two, three)).containsOnly("uses 2");
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(all("refresh", one, two, three)).allMatch(said -> said.startsWith("uses"));
        }
        stopWithARequestUnderWay(run, one, two);
        // The note and the space for the answer are written, and the answer is not.
        does(two, "full 3");
        assertThat(does(two, "refresh")).startsWith("uses");
        assertThat(does(three, "refresh")).startsWith("uses");
        lose(run, one, two, three);
        run.end(two);
        run.end(three);
    }

    private static void stopWithARequestUnderWay(TracedRun run, ChildJvm stopped, ChildJvm other) throws Exception {
        CountDownLatch answer = run.refreshWithoutAnswer(stopped);
        run.stop(stopped);
        other.tell("refresh");
        answer.countDown();
        run.goOn(stopped);
        assertThat(stopped.line()).startsWith("uses");
        assertThat(other.line()).startsWith("uses");
    }

    /** By a kill, by an administrator, and by the network; a configured token and a login are what goes on. */
    private static void lose(TracedRun run, ChildJvm one, ChildJvm two, ChildJvm three) throws Exception {
        CountDownLatch answer = run.refreshWithoutAnswer(one);
        run.kill(one);
        answer.countDown();
        ChildJvm four = run.reconfigured();
        assertThat(does(four, "token")).startsWith("uses");
        assertThat(does(three, "refresh")).startsWith("uses");
        run.revoke("B");
        // What another has stored is tried first.
        Awaitility.await().until(() -> does(two, "newer").startsWith("fails \"REFUSED\""));
        run.logIn();
        // Who remembers a refusal looks at the file once a second.
        Awaitility.await().until(() -> does(two, "token").startsWith("uses"));
        assertThat(does(four, "refresh")).startsWith("uses");
        run.zendesk().nextTokenRequest(TokenFault.dropAfterCommit());
        assertThat(does(four, "refresh")).startsWith("fails \"LOST\"");
        run.end(four);
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

    /** Each process halts a few steps after the one before it, and the next goes on with what that one left. */
    private void halts() throws Exception {
        int first = ThreadLocalRandom.current().nextInt(STRIDE) + 1;
        for (int[] step = {first}; step[0] > 0; ) {
            trace("halts from step " + step[0] + " on", run -> {
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
