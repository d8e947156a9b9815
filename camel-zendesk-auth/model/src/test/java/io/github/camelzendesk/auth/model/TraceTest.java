package io.github.camelzendesk.auth.model;

import java.nio.file.Path;
import java.util.List;
import io.github.camelzendesk.auth.testkit.internal.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code docs/model.adoc} says of traces. */
class TraceTest {
    @TempDir
    Path directory;

    @Test
    void file() throws Exception {
        check("FileTraces", new FileScenarios(directory).played());
    }

    @Test
    void database() throws Exception {
        check("DatabaseTraces", new DatabaseScenarios(directory, new LocalPostgres(LocalPostgres.programs().get(), "fsync=off") {}).played());
    }

    void check(String cfg, List<Trace> traces) throws Exception {
        Tlc tlc = Tlc.check(cfg, traces);
        for (int i = 0; i < traces.size(); i++) {
            Trace trace = traces.get(i);
            int n = tlc.explained(i + 1);
            System.out.println(trace.name() + ": " + n + " of " + trace.events().size()
                    + (n < trace.events().size() && n >= 0 ? ", not " + trace.events().get(n) : ""));
        }
        assertThat(tlc.holds()).as(tlc.output()).isTrue();
    }
}
