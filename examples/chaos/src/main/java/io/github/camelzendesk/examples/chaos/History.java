package io.github.camelzendesk.examples.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** What happened so far, summed up for the page: totals, the last seconds, the last entries of the log. Thread-safe. */
final class History {
    private static final int SECONDS = 120;
    private static final int ENTRIES = 60;

    private volatile long begun = System.nanoTime();
    private final Latencies all = new Latencies();
    private final Latencies ofSecond = new Latencies();
    private final Deque<Map<String, Object>> seconds = new ArrayDeque<>(); // guarded by this, as all below
    private final Deque<Map<String, Object>> log = new ArrayDeque<>();
    private final Map<String, Integer> injected = new TreeMap<>();
    private final Map<String, Long> failed = new TreeMap<>();
    private long good;
    private long refused;
    private int spendsBefore;

    /** All are served, so the time of the run begins. */
    synchronized void begin(int spends) {
        begun = System.nanoTime();
        spendsBefore = spends;
    }

    double elapsed() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** A report of one of the processes. */
    synchronized void add(JsonNode report) {
        good += report.path("good").asLong();
        refused += report.path("refused").asLong();
        report.path("failed")
                .properties()
                .forEach(one -> failed.merge(one.getKey(), one.getValue().asLong(), Long::sum));
        Map<Integer, Long> latencies = new TreeMap<>();
        report.path("latencies")
                .properties()
                .forEach(one -> latencies.put(
                        Integer.valueOf(one.getKey()), one.getValue().asLong()));
        all.add(latencies);
        ofSecond.add(latencies);
    }

    synchronized void injected(Fault fault) {
        injected.merge(fault.kind().text, 1, Integer::sum);
    }

    synchronized void log(String what) {
        log.addFirst(Map.of("at", elapsed(), "what", what));
        if (log.size() > ENTRIES) {
            log.removeLast();
        }
    }

    /** Ends a second. */
    synchronized void tick(int spends, int troubled) {
        Map<String, Object> second = new LinkedHashMap<>();
        second.put("at", Math.round(elapsed()));
        second.put("spends", spends - spendsBefore);
        second.put("troubled", troubled);
        second.put("p99", ofSecond.quantile(0.99));
        ofSecond.drain();
        spendsBefore = spends;
        seconds.addLast(second);
        if (seconds.size() > SECONDS) {
            seconds.removeFirst();
        }
    }

    long calls() {
        return all.count();
    }

    synchronized void show(Map<String, Object> state) {
        state.put("elapsed", elapsed());
        state.put("good", good);
        state.put("refused", refused);
        state.put("failed", new TreeMap<>(failed));
        state.put("injected", new TreeMap<>(injected));
        state.put("latency", all.shown());
        state.put("perSecond", new ArrayList<>(seconds));
        state.put("log", List.copyOf(log));
    }
}
