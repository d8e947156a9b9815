package io.github.camelzendesk.benchmarks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Durations that were measured, in nanoseconds. Thread-safe while they are added. */
public final class Latencies {
    private static final double NANOS_A_MILLI = 1e6;

    private final long[] nanos;
    private final AtomicInteger next = new AtomicInteger();

    /** @param most how many are kept; those beyond are left out */
    public Latencies(int most) {
        nanos = new long[most];
    }

    public void add(long duration) {
        int index = next.getAndIncrement();
        if (index < nanos.length) {
            nanos[index] = duration;
        }
    }

    public int count() {
        return Math.min(next.get(), nanos.length);
    }

    /** NaN where there is none. */
    public double nanos(int percentile) {
        long[] sorted = Arrays.copyOf(nanos, count());
        Arrays.sort(sorted);
        int index = (int) Math.ceil(percentile / 100.0 * sorted.length) - 1;
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, index)];
    }

    public double millis(int percentile) {
        return nanos(percentile) / NANOS_A_MILLI;
    }
}
