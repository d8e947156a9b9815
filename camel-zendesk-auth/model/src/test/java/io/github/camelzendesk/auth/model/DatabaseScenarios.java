package io.github.camelzendesk.auth.model;

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
import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

import static io.github.camelzendesk.auth.model.TracedRun.all;
import static io.github.camelzendesk.auth.model.TracedRun.does;
import static org.assertj.core.api.Assertions.assertThat;

/** Real runs of processes that share a PostgreSQL. For one test thread. */
final class DatabaseScenarios {
    private static final int CUTS = Integer.getInteger("trace.cuts", 0);
    private static final int ROUNDS = 5;
    private static final int MOST_MICROS = 40_000;

    private final Path directory;
    private final LocalPostgres database;
    private final List<Trace> traces = new ArrayList<>();

    DatabaseScenarios(Path directory, LocalPostgres database) {
        this.directory = directory;
        this.database = database;
    }

    List<Trace> played() throws Exception {
        trace("a session is cut with a request under way", this::cut);
        for (int cut = 0; cut < CUTS; cut++) {
            trace("sessions are cut at any moment", this::cutAtAnyMoment);
        }
        if (CUTS > 0) {
            trace("killed with a request under way", this::killed);
            trace("stopped, and its session cut, with a request under way", this::stopped);
        }
        return traces;
    }

    private void trace(String name, TracedRun.Scenario scenario) throws Exception {
        Path place = Files.createDirectories(directory.resolve("run-" + traces.size()));
        String location = database.url() + "&zendesk.table=settings_" + traces.size();
        try (TracedRun run = new TracedRun(name, place, location)) {
            scenario.play(run);
            traces.add(run.trace());
        }
    }

    private void cutAtAnyMoment(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        assertThat(does(one, "token")).isEqualTo("uses 2");
        for (int round = 0; round < ROUNDS; round++) {
            one.tell("refresh");
            two.tell("refresh");
            run.zendesk().nextTokenRequest(TokenFault.delay(Duration.ofMillis(20)));
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(MOST_MICROS) * 1000L);
            run.cut(database);
            one.line();
            two.line();
        }
        run.end(one);
        run.end(two);
    }

    private void killed(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        assertThat(does(one, "token")).isEqualTo("uses 2");
        CountDownLatch answer = run.refreshWithoutAnswer(one);
        run.kill(one);
        answer.countDown();
        assertThat(does(two, "token")).isEqualTo("uses 2");
        assertThat(does(two, "refresh")).startsWith("fails \"LOST\"");
        run.end(two);
    }

    /** For longer than its note says: nothing can prevent that both send the token. */
    private void stopped(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        assertThat(does(one, "token")).isEqualTo("uses 2");
        CountDownLatch answer = run.refreshWithoutAnswer(one);
        run.stop(one);
        run.cut(database);
        answer.countDown();
        assertThat(does(two, "refresh")).startsWith("fails \"LOST\"");
        run.goOn(one);
        assertThat(one.line()).isEqualTo("uses 3");
        Awaitility.await().until(() -> does(two, "token").equals("uses 3"));
        run.end(one);
        run.end(two);
    }

    private void cut(TracedRun run) throws Exception {
        ChildJvm one = run.process();
        ChildJvm two = run.process();
        assertThat(does(one, "token")).isEqualTo("uses 2");
        CountDownLatch answer = run.refreshWithoutAnswer(one);
        run.cut(database);
        two.tell("refresh");
        answer.countDown();
        assertThat(one.line()).isEqualTo("uses 3");
        assertThat(two.line()).startsWith("uses");
        assertThat(all("refresh", one, two)).allMatch(said -> said.startsWith("uses"));
        run.end(one);
        run.end(two);
    }
}
