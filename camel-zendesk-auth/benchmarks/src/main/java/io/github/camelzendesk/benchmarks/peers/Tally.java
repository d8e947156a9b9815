package io.github.camelzendesk.benchmarks.peers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How the calls ended, by outcome, and failures by the class of their exception too. Thread-safe. */
final class Tally {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    void call(Contender.Instance instance) {
        try {
            add(instance.call().name(), 1);
        } catch (Exception e) {
            add(Outcome.FAILED.name(), 1);
            add(e.getClass().getSimpleName(), 1);
        }
    }

    void add(String name, long count) {
        counts.computeIfAbsent(name, unused -> new LongAdder()).add(count);
    }

    long of(Outcome outcome) {
        LongAdder count = counts.get(outcome.name());
        return count == null ? 0 : count.sum();
    }

    /** The failures that had an exception, for people. */
    String failures() {
        Map<String, LongAdder> exceptions = new TreeMap<>(counts);
        List.of(Outcome.values()).forEach(outcome -> exceptions.remove(outcome.name()));
        return exceptions.isEmpty() ? "" : exceptions.toString();
    }

    /** As one line, to come out of a child process. */
    String line() {
        StringBuilder line = new StringBuilder();
        counts.forEach(
                (name, count) -> line.append(name).append('=').append(count).append(' '));
        return line.toString().trim();
    }

    void addLine(String line) {
        for (String pair : line.split(" ")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                add(pair.substring(0, equals), Long.parseLong(pair.substring(equals + 1)));
            }
        }
    }
}
