package io.github.camelzendesk.auth.model;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code docs/model.adoc} says of traces. */
class TraceTest {
    @TempDir
    Path directory;

    @Test
    void whatProcessesDoIsABehaviourOfTheModel() throws Exception {
        try (TracedRun run = new TracedRun("three processes", directory, directory.resolve("s.json").toString())) {
            ChildJvm one = run.process();
            System.out.println(TracedRun.does(one, "token"));
            ChildJvm two = run.process();
            ChildJvm three = run.process();
            for (int i = 0; i < 3; i++) {
                for (ChildJvm child : List.of(one, two, three)) {
                    child.tell("refresh");
                }
                for (ChildJvm child : List.of(one, two, three)) {
                    System.out.println(child.line());
                }
            }
            run.end(one);
            run.end(two);
            run.end(three);
            Trace trace = run.trace();
            Tlc tlc = Tlc.check("FileTraces", List.of(trace));
            System.out.println(tlc.explained(1) + " of " + trace.events().size());
            assertThat(tlc.holds()).as(tlc.output()).isTrue();
            assertThat(tlc.explained(1)).isEqualTo(trace.events().size());
        }
    }
}
