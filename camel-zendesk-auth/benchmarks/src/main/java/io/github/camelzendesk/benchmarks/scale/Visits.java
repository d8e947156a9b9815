package io.github.camelzendesk.benchmarks.scale;

import java.util.List;
import java.util.Random;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.benchmarks.Latencies;

/** How long single calls of {@code fresh} take, to managers in random order. For one thread. */
final class Visits {
    private final List<TokenManager> managers;
    private final int[] order;
    private final Latencies latencies;
    private int visits;

    Visits(List<TokenManager> managers, int most) {
        this.managers = managers;
        this.order = new Random(1).ints(most, 0, managers.size()).toArray();
        this.latencies = new Latencies(most);
    }

    /** Visits the next ones; a manager without a fresh token does not count. */
    void visit(int count) {
        for (int i = 0; i < count && visits < order.length; i++) {
            TokenManager manager = managers.get(order[visits++]);
            long before = System.nanoTime();
            boolean fresh = manager.fresh() != null;
            long after = System.nanoTime();
            if (fresh) {
                latencies.add(after - before);
            }
        }
    }

    void say(String name) {
        Readings.say(name + "Visits", latencies.count());
        Readings.say(name + "P50Nanos", latencies.nanos(50));
        Readings.say(name + "P99Nanos", latencies.nanos(99));
    }
}
