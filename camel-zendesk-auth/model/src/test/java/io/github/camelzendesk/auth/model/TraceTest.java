package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.simulation.PlantedFault;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;
import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;
import io.github.camelzendesk.auth.testkit.internal.Patience;

import static io.github.camelzendesk.auth.model.TracedRun.does;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * That the model is of this code: what real processes do is a behaviour of it, and what they must not do is not. One TLC
 * checks all traces of a file. {@code -Psoak} halts at each step, and kills and cuts at any moment.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGSTOP")
@ExtendWith({Patience.class, SecretLeakExtension.class})
class TraceTest {
    private static final String NOTE = ".*\"saving\".*over \\|-> FALSE.*";
    private static final String NO_NOTE = "without a note";
    private static final String SENT_TWICE = "with a token sent twice";
    private static final String NO_LOCK = "with a save without the lock";
    private static final String NOTES_NOTHING = "an engine that notes nothing";
    private static final String GIVES_BACK = "an engine that gives the lock back while tokens are unsaved";

    @TempDir
    static Path directory;

    private static final List<Trace> ALL = new ArrayList<>();
    private static List<Trace> real;
    private static Explanation explanation;

    @BeforeAll
    static void play() throws Exception {
        FileScenarios scenarios = new FileScenarios(directory);
        real = List.copyOf(scenarios.played());
        ALL.addAll(real);
        ALL.add(real.get(0).changed(NO_NOTE, TraceTest::dropNote));
        ALL.add(real.get(0).changed(SENT_TWICE, TraceTest::sendAgain));
        ALL.add(real.get(0).changed(NO_LOCK, TraceTest::saveBeside));
        if (Boolean.getBoolean("model.soak")) {
            ALL.add(scenarios.trace(NOTES_NOTHING, run -> {
                ChildJvm child = run.mutated(notesNothing());
                does(child, "token");
                run.end(child);
            }));
            ALL.add(scenarios.trace(GIVES_BACK, run -> {
                ChildJvm child = run.mutated(givesTheLockBack());
                does(child, "token");
                does(child, "full 3");
                does(child, "refresh");
                run.end(child);
            }));
        }
        explanation = Explanation.of("FileTraces", ALL);
    }

    private static Path notesNothing() throws IOException {
        return planted(
                NOTES_NOTHING, "GuardedTokenRequest", "        ledger.save(transaction, request.noted());\n", "");
    }

    private static Path givesTheLockBack() throws IOException {
        return planted(
                GIVES_BACK,
                "Ledger",
                "            if (isDirty()) {\n                retained.set(this);",
                "            if (false) {\n                retained.set(this);");
    }

    private static Path planted(String name, String source, String text, String by) throws IOException {
        Path classes = directory.resolve(source);
        new PlantedFault(name, "oauth/internal/rotation/" + source, text, by).write(classes);
        return classes;
    }

    @Test
    void whatProcessesDoWithAFileIsABehaviourOfTheModel() {
        assertAllExplained(explanation, real);
    }

    @Test
    void whatProcessesDoWithAPostgresIsABehaviourOfTheModel() throws Exception {
        Optional<Path> programs = LocalPostgres.programs();
        assumeTrue(programs.isPresent(), "PostgreSQL is missing: apt-get install postgresql");
        LocalPostgres database = new LocalPostgres(programs.get(), "fsync=off") {};
        List<Trace> traces = new DatabaseScenarios(directory.resolve("database"), database).played();
        assertAllExplained(Explanation.of("DatabaseTraces", traces), traces);
    }

    private static void assertAllExplained(Explanation explained, List<Trace> traces) {
        System.out.println(explained.tlc().figures(traces));
        assertThat(explained.tlc().holds()).as(explained.tlc().output()).isTrue();
        assertThat(traces)
                .allSatisfy(trace -> assertThat(explained.unexplained(trace)).isEmpty());
    }

    @Test
    void aTokenThatIsSentWithoutANoteIsNotOfTheModel() {
        assertThat(unexplained(NO_NOTE)).contains("\"sending\"");
    }

    @Test
    void aTokenThatIsSentAgainAfterItsAnswerWasStoredIsNotOfTheModel() {
        assertThat(unexplained(SENT_TWICE)).contains("\"saved\"");
    }

    @Test
    void aSaveWithoutTheLockIsNotOfTheModel() {
        assertThat(unexplained(NO_LOCK)).contains("\"saved\"");
    }

    @Test
    @EnabledIfSystemProperty(named = "model.soak", matches = "true")
    void anEngineThatNotesNothingIsNotOfTheModel() {
        assertThat(unexplained(NOTES_NOTHING)).contains("event 4 ", "\"sending\"");
    }

    @Test
    @EnabledIfSystemProperty(named = "model.soak", matches = "true")
    void anEngineThatGivesTheLockBackWhileTokensAreUnsavedIsNotOfTheModel() {
        assertThat(unexplained(GIVES_BACK)).contains("\"gaveBack\"");
    }

    @Test
    void aTraceHoldsNoToken() {
        assertThat(real.stream().flatMap(trace -> trace.events().stream()))
                .noneMatch(event -> IssuedSecrets.all().stream().anyMatch(event::contains));
    }

    private static String unexplained(String name) {
        return ALL.stream()
                .filter(trace -> trace.name().endsWith(name))
                .map(explanation::unexplained)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> dropNote(List<String> events) {
        int note = first(events, NOTE);
        List<String> changed = new ArrayList<>(events);
        changed.remove(next(events, note));
        changed.remove(note);
        return changed;
    }

    /** The second refresh goes on with the token of the first. */
    private static List<String> sendAgain(List<String> events) {
        int granted = first(events, ".*\"got\".*");
        int again = granted + 1 + first(events.subList(granted + 1, events.size()), NOTE);
        List<String> changed = new ArrayList<>(events.subList(0, again));
        events.subList(again, events.size()).stream()
                .map(event -> event.replace(
                        "pend |-> [t |-> [l |-> \"A\", n |-> 2]", "pend |-> [t |-> [l |-> \"A\", n |-> 1]"))
                .forEach(changed::add);
        return changed;
    }

    /** As the first note is saved, so is that of another process. */
    private static List<String> saveBeside(List<String> events) {
        int note = first(events, NOTE);
        int saved = next(events, note);
        String owner = Trace.whose(events.get(note));
        String other = events.stream()
                .map(Trace::whose)
                .filter(whose -> whose.startsWith("\"p") && !whose.equals(owner))
                .findFirst()
                .orElseThrow();
        List<String> changed = new ArrayList<>(events);
        changed.addAll(
                saved + 1,
                List.of(
                        events.get(note).replace(owner, other),
                        events.get(saved).replace(owner, other)));
        return changed;
    }

    private static int first(List<String> events, String pattern) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).matches(pattern)) {
                return i;
            }
        }
        throw new IllegalArgumentException(pattern);
    }

    /** The next event of the same process. */
    private static int next(List<String> events, int number) {
        String whose = Trace.whose(events.get(number));
        int i = number + 1;
        while (!Trace.whose(events.get(i)).equals(whose)) {
            i++;
        }
        return i;
    }
}
