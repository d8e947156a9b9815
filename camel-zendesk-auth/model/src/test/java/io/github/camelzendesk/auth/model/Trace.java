package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The events of one run, in order, as records of TLA+. Immutable. */
record Trace(String name, List<String> events) {
    private static final Pattern TOKEN = Pattern.compile("token\\((\\w*)\\)");
    private static final Pattern LOGIN = Pattern.compile("login\\((?:configured-)?([\\w-]*)\\)");
    private static final Pattern PROCESS = Pattern.compile("\"p(\\d+)\"");
    private static final Pattern WHOSE = Pattern.compile(", p \\|-> (\"\\w+\")");

    Trace {
        events = List.copyOf(events);
    }

    /** @param names what the model calls each token, by its fingerprint */
    static Trace read(String name, Path file, Map<String, String> names) throws IOException {
        Map<String, String> processes = new LinkedHashMap<>();
        List<String> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String tokens = replace(TOKEN, line, found -> token(names, found));
            String logins = replace(LOGIN, tokens, found -> login(names, found));
            events.add(replace(PROCESS, logins, pid -> process(processes, pid)));
        }
        return new Trace(name, events);
    }

    private static String process(Map<String, String> processes, String pid) {
        return processes.computeIfAbsent(pid, same -> "\"p" + (processes.size() + 1) + '"');
    }

    private static String token(Map<String, String> names, String fingerprint) {
        return fingerprint.isEmpty() ? "[l |-> \"-\", n |-> 0]" : known(names, fingerprint);
    }

    /** That of the token which it began with. */
    private static String login(Map<String, String> names, String fingerprint) {
        return fingerprint.isEmpty() ? "\"\"" : known(names, fingerprint).replaceFirst(".*(\"\\w\").*", "$1");
    }

    private static String known(Map<String, String> names, String fingerprint) {
        if (!names.containsKey(fingerprint)) {
            throw new IllegalStateException("a token or login that the run does not know: " + fingerprint);
        }
        return names.get(fingerprint);
    }

    private static String replace(Pattern pattern, String text, Function<String, String> by) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(by.apply(match.group(1))));
    }

    /** The same with other events, as something planted. */
    Trace changed(String what, Function<List<String>, List<String>> change) {
        return new Trace(name + ", " + what, change.apply(events));
    }

    /** The module that {@code RotationTrace.tla} extends. */
    static String module(List<Trace> traces) {
        String processes =
                traces.stream().flatMap(Trace::processes).collect(Collectors.toCollection(TreeSet::new)).stream()
                        .collect(Collectors.joining(", "));
        String all = traces.stream()
                .map(trace -> "\\* " + trace.name + "\n<<\n" + String.join(",\n", trace.linked()) + "\n>>")
                .collect(Collectors.joining(",\n"));
        return "---- MODULE Traces ----\nEXTENDS Integers\nProcesses == {" + processes + "}\nTraces == <<\n" + all
                + "\n>>\n====\n";
    }

    private Stream<String> processes() {
        return events.stream().map(Trace::whose).filter(whose -> whose.matches("\"p\\d+\""));
    }

    static String whose(String event) {
        Matcher whose = WHOSE.matcher(event);
        if (!whose.find()) {
            throw new IllegalStateException(event);
        }
        return whose.group(1);
    }

    /** With the number of the next event of the same process in each; 0 in its last one. */
    private List<String> linked() {
        Map<String, Integer> next = new HashMap<>();
        List<String> linked = new ArrayList<>(events);
        for (int i = events.size() - 1; i >= 0; i--) {
            String whose = whose(events.get(i));
            linked.set(i, events.get(i).replaceFirst("]$", ", next |-> " + next.getOrDefault(whose, 0) + "]"));
            next.put(whose, i + 1);
        }
        return linked;
    }
}
