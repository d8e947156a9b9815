package io.github.camelzendesk.benchmarks.scale;

import java.util.Arrays;
import java.util.Random;

import io.github.camelzendesk.benchmarks.Table;

/**
 * A simulation of when refreshes fall due, of half-hour tokens that were all obtained within one second. Stateless.
 *
 * <p>It repeats the formula of the schedule: due = end - margin - U(0, margin), with a margin of a tenth of the lifetime,
 * and a refresh begins the next life.
 */
final class Spread {
    private static final int[] CYCLES = {1, 10, 50};
    private static final int LIFETIME = (int) Tenants.LIFETIME.toSeconds();
    private static final int MARGIN = LIFETIME / 10;
    private static final double MEAN = LIFETIME - 1.5 * MARGIN;

    private Spread() {}

    static void print(int connections) {
        Table table =
                new Table("Spread of " + connections + " refreshes, simulated", "cycle", "busiest second", "mean");
        int[] seconds = refreshes(connections);
        for (int cycle : CYCLES) {
            int[] turn = Arrays.copyOfRange(seconds, (int) ((cycle - 0.5) * MEAN), (int) ((cycle + 0.5) * MEAN));
            table.row(cycle, Arrays.stream(turn).max().orElse(0), connections / MEAN);
        }
    }

    /** How many there are in each second. */
    private static int[] refreshes(int connections) {
        Random random = new Random(3);
        int[] seconds = new int[(int) ((CYCLES[CYCLES.length - 1] + 2) * MEAN)];
        for (int i = 0; i < connections; i++) {
            double at = random.nextDouble() + life(random);
            while (at < seconds.length) {
                seconds[(int) at]++;
                at += life(random);
            }
        }
        return seconds;
    }

    private static double life(Random random) {
        return LIFETIME - MARGIN - random.nextDouble() * MARGIN;
    }
}
