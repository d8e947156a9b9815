package io.github.camelzendesk.auth.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.camelzendesk.auth.testkit.internal.ChildJvm;
import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

import static io.github.camelzendesk.auth.model.TracedRun.all;
import static io.github.camelzendesk.auth.model.TracedRun.does;
import static org.assertj.core.api.Assertions.assertThat;

/** Real runs of processes that share a PostgreSQL. For one test thread. */
final class DatabaseScenarios {
    private final Path directory;
    private final LocalPostgres database;
    private final List<Trace> traces = new ArrayList<>();

    DatabaseScenarios(Path directory, LocalPostgres database) {
        this.directory = directory;
        this.database = database;
    }

    List<Trace> played() throws Exception {
        Path place = Files.createDirectories(directory.resolve("run-" + traces.size()));
        String location = database.url() + "&zendesk.table=settings_" + traces.size();
        try (TracedRun run = new TracedRun("a session is cut with a request under way", place, location)) {
            cut(run);
            traces.add(run.trace());
        }
        return traces;
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
