package io.github.camelzendesk.benchmarks.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.camelzendesk.auth.oauth.TokenManager;

/** How long single calls of {@code fresh} take, to managers in random order. For one thread at a time. */
final class Latencies {
    private final List<TokenManager> managers;
    private final int[] order;
    private final long[] nanos;
    private int visits;
    private int taken;

    Latencies(List<TokenManager> managers, int most) {
        this.managers = managers;
        this.order = new Random(1).ints(most, 0, managers.size()).toArray();
        this.nanos = new long[most];
    }

    /** Visits the next ones; a manager without a fresh token does not count. */
    void visit(int count) {
        for (int i = 0; i < count && visits < order.length; i++) {
            TokenManager manager = managers.get(order[visits++]);
            long before = System.nanoTime();
            boolean fresh = manager.fresh() != null;
            long after = System.nanoTime();
            if (fresh) {
                nanos[taken++] = after - before;
            }
        }
    }

    void say(String name, Readings readings) {
        Arrays.sort(nanos, 0, taken);
        readings.say(name + "Visits", taken);
        readings.say(name + "P50Nanos", taken == 0 ? Double.NaN : nanos[taken / 2]);
        readings.say(name + "P99Nanos", taken == 0 ? Double.NaN : nanos[(int) (taken * 0.99)]);
    }
}
