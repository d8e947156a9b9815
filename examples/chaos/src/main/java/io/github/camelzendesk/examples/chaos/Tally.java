package io.github.camelzendesk.examples.chaos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;

/** What became of the calls of one process. Holds no secret and no text from outside. Thread-safe. */
final class Tally {
    private final LongAdder good = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, Long> failed = new ConcurrentHashMap<>();
    private final Map<Thread, Long> underWay = new ConcurrentHashMap<>();
    private final Latencies latencies = new Latencies();

    void begins() {
        underWay.put(Thread.currentThread(), System.nanoTime());
    }

    /** Zendesk answered 401. */
    void refused() {
        refused.increment();
    }

    void succeeded() {
        good.increment();
        ends();
    }

    /** @param name of the failure */
    void failed(String name) {
        failed.merge(name, 1L, Long::sum);
        ends();
    }

    private void ends() {
        latencies.add(System.nanoTime() - underWay.remove(Thread.currentThread()));
    }

    /** The errors of the library are named after their remedy; those that need a person say why. */
    static String name(Exception error) {
        String name = error.getClass().getSimpleName();
        return error instanceof AuthorizationRequired required ? name + " " + required.reason() : name;
    }

    /** What happened since this was asked last. */
    Map<String, Object> shown() {
        Map<String, Long> failures = new TreeMap<>();
        failed.keySet().forEach(name -> failures.put(name, failed.remove(name)));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("good", good.sumThenReset());
        shown.put("refused", refused.sumThenReset());
        shown.put("failed", failures);
        shown.put("latencies", latencies.drain());
        shown.put("oldestMillis", oldestMillis());
        return shown;
    }

    private long oldestMillis() {
        long now = System.nanoTime();
        return underWay.values().stream().mapToLong(begun -> now - begun).max().orElse(0) / 1_000_000;
    }
}
