package io.github.camelzendesk.examples.chaos;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many calls took how long: classes of microseconds, each a tenth wider than the one before. Thread-safe. */
final class Latencies {
    private static final double WIDTH = 1.1;
    private static final int CLASSES = 220;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

    void add(long nanos) {
        double micros = Math.max(1, nanos / 1000.0);
        counts.incrementAndGet(Math.min(CLASSES - 1, (int) (Math.log(micros) / Math.log(WIDTH))));
    }

    void add(Map<Integer, Long> drained) {
        drained.forEach(counts::addAndGet);
    }

    /** Takes what is there, by the number of the class. */
    Map<Integer, Long> drain() {
        Map<Integer, Long> drained = new TreeMap<>();
        for (int i = 0; i < CLASSES; i++) {
            long count = counts.getAndSet(i, 0);
            if (count > 0) {
                drained.put(i, count);
            }
        }
        return drained;
    }

    long count() {
        long count = 0;
        for (int i = 0; i < CLASSES; i++) {
            count += counts.get(i);
        }
        return count;
    }

    /** The upper end, in milliseconds, of the class in which this part of all calls had ended; 0 for none. */
    double quantile(double part) {
        long left = (long) Math.ceil(part * count());
        for (int i = 0; i < CLASSES && left > 0; i++) {
            left -= counts.get(i);
            if (left <= 0) {
                return Math.pow(WIDTH, i + 1) / 1000;
            }
        }
        return 0;
    }

    Map<String, Double> shown() {
        return Map.of("p50", quantile(0.5), "p99", quantile(0.99), "max", quantile(1));
    }
}
