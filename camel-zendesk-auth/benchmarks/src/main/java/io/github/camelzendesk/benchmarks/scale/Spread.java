package io.github.camelzendesk.benchmarks.scale;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * A simulation of when refreshes fall due, of tokens that were all obtained within one second. Immutable.
 *
 * <p>It repeats the formula of the schedule: due = end - margin - U(0, jitter), and a refresh begins the next life. The
 * margin is a tenth of the lifetime, but a minute at least, and never more than a third.
 *
 * @param jitter at most
 */
record Spread(int connections, Duration lifetime, Duration jitter) {
    static final int[] CYCLES = {1, 10, 50};
    private static final int MINUTE = 60;

    /** How many refreshes fall into the busiest second and minute of a cycle, and into one on average. Immutable. */
    record Busiest(int cycle, int second, int minute, double meanSecond, double meanMinute) {}

    Busiest[] busiest() {
        int[] seconds = simulated(CYCLES[CYCLES.length - 1] + 2);
        return Arrays.stream(CYCLES).mapToObj(cycle -> busiest(cycle, seconds)).toArray(Busiest[]::new);
    }

    /** The refreshes of each second, for so many cycles. */
    private int[] simulated(int cycles) {
        Random random = new Random(3);
        int[] seconds = new int[(int) ((cycles + 1) * mean())];
        for (int i = 0; i < connections; i++) {
            double at = random.nextDouble();
            while (true) {
                at += lifetime.toSeconds() - margin() - random.nextDouble() * jitter.toMillis() / 1e3;
                if (at >= seconds.length) {
                    break;
                }
                seconds[(int) at]++;
            }
        }
        return seconds;
    }

    /** In the time from half a cycle before the mean one of its refreshes to half a cycle after. */
    private Busiest busiest(int cycle, int[] seconds) {
        int from = (int) ((cycle - 0.5) * mean());
        int to = (int) ((cycle + 0.5) * mean());
        int second = 0;
        int minute = 0;
        int window = 0;
        for (int at = from; at < to; at++) {
            second = Math.max(second, seconds[at]);
            window += seconds[at] - (at - MINUTE >= from ? seconds[at - MINUTE] : 0);
            minute = Math.max(minute, window);
        }
        return new Busiest(cycle, second, minute, connections / mean(), MINUTE * connections / mean());
    }

    private double mean() {
        return lifetime.toSeconds() - margin() - jitter.toMillis() / 2e3;
    }

    private double margin() {
        return Math.min(Math.max(lifetime.toSeconds() / 10.0, MINUTE), lifetime.toSeconds() / 3.0);
    }
}
