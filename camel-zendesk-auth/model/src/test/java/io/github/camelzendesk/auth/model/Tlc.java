package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of TLC over one of the modules, in a JVM of its own: TLC keeps its state in static fields. Immutable. */
record Tlc(String output) {
    private static final Path MODEL = Path.of("src/main/tla");
    private static final Path TARGET = Path.of("target/tlc").toAbsolutePath();
    private static final Pattern VIOLATED = Pattern.compile("Error: Invariant (\\w+) is violated");
    private static final Pattern STEP = Pattern.compile("State \\d+: <(\\w+)");
    // Most of a run of seconds is the start of its JVM. One of minutes needs the second compiler.
    private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");
    private static final List<String> LONG_RUN = List.of("-XX:+UseParallelGC", "-Xmx3g");

    private static final Pattern EXPLAINED = Pattern.compile("<<\"explained\", (\\d+), (\\d+)>>");

    /** @param name of the configuration, without {@code .cfg} */
    static Tlc check(String name) throws IOException, InterruptedException {
        return check(name, "Rotation");
    }

    /** Whether {@code Rotation.tla} explains the traces. */
    static Tlc check(String name, List<Trace> traces) throws IOException, InterruptedException {
        Path library = Files.createDirectories(TARGET.resolve(name));
        Files.writeString(library.resolve("Traces.tla"), Trace.module(traces));
        return check(name, "RotationTrace");
    }

    private static Tlc check(String name, String module) throws IOException, InterruptedException {
        Path output = Files.createDirectories(TARGET.resolve(name)).resolve("output.txt");
        Process tlc = new ProcessBuilder(command(name, module))
                .directory(MODEL.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            tlc.waitFor();
        } finally {
            tlc.destroyForcibly();
        }
        return new Tlc(Files.readString(output));
    }

    private static List<String> command(String name, String module) {
        Path work = TARGET.resolve(name);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(name.startsWith("Soak") ? LONG_RUN : FAST_START);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + work,
                "-DTLA-Library=" + work,
                "-cp",
                System.getProperty("java.class.path"),
                "tlc2.TLC"));
        // Histories end where nothing is left to do, which TLC would call a deadlock.
        command.addAll(List.of("-workers", "1", "-deadlock", "-nowarning", "-cleanup"));
        command.addAll(
                List.of("-metadir", work.resolve("states").toString(), "-config", name + ".cfg", module + ".tla"));
        return command;
    }

    boolean holds() {
        return output.contains("Model checking completed. No error has been found.");
    }

    /** The invariant that does not hold; empty when all do. */
    String violated() {
        Matcher invariant = VIOLATED.matcher(output);
        return invariant.find() ? invariant.group(1) : "";
    }

    /** How many events of the trace of this number are explained; the first is number 1. */
    int explained(int trace) {
        return EXPLAINED
                .matcher(output)
                .results()
                .filter(line -> Integer.parseInt(line.group(1)) == trace)
                .mapToInt(line -> Integer.parseInt(line.group(2)))
                .max()
                .orElse(-1);
    }

    /** For {@code docs/model.adoc}. */
    String figures(List<Trace> traces) {
        long events = traces.stream().mapToLong(trace -> trace.events().size()).sum();
        return "%d traces of %d events: %s"
                .formatted(
                        traces.size(),
                        events,
                        output.lines()
                                .filter(line -> line.contains("distinct states found, 0 states left"))
                                .findFirst()
                                .orElse("no end"));
    }

    /** The actions of the counterexample, in order. */
    List<String> steps() {
        return STEP.matcher(output)
                .results()
                .map(step -> step.group(1))
                .filter(action -> !action.equals("Initial"))
                .toList();
    }
}
