package io.github.camelzendesk.auth.rig;

import java.util.List;

/** Quantiles of samples in microseconds, for what the rig prints. Stateless. */
final class Quantiles {
    private Quantiles() {}

    static String of(List<Long> micros) {
        List<Long> sorted = micros.stream().sorted().toList();
        return sorted.isEmpty()
                ? "no samples"
                : "n=" + sorted.size() + " p50=" + at(sorted, 0.5) + " us p99=" + at(sorted, 0.99) + " us";
    }

    private static long at(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * quantile)));
    }
}
