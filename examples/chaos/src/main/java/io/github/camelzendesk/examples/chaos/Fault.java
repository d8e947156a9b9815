package io.github.camelzendesk.examples.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What is done to a process, or to a grant, and for how long. Immutable.
 *
 * @param atMillis after the beginning of the run
 * @param target the number of the process, or of the person whose grant is revoked, from 1
 * @param clockSeconds how far the clock of the process is set forward, or back
 */
record Fault(long atMillis, int target, Kind kind, long forMillis, int clockSeconds) {
    private static final long FIRST_MILLIS = 500;
    // The gap between two faults is this, shared by the processes.
    private static final long GAP_MILLIS = 6000;
    // A JVM starts, and reads its first token.
    private static final long REST_MILLIS = 2500;
    private static final int HOUR = 3600;
    private static final int MOST_SECONDS = 11 * HOUR;
    private static final int MOMENT_MILLIS = 200;

    /** What can be done. */
    enum Kind {
        KILLED(20, 200, 1500, "kill -9"),
        STOPPED(20, 100, 20_000, "stopped"),
        DISK_FULL(16, 500, 6000, "disk full"),
        SESSIONS_CUT(16, 100, 200, "database sessions cut"),
        REFUSED(10, 300, 4000, "network refuses"),
        SILENT(12, 300, 16_000, "network silent"),
        REQUEST_LOST(8, 300, 3000, "requests lost"),
        ANSWER_LOST(8, 300, 3000, "answers lost"),
        CLOCK(12, 2000, 20_000, "clock set"),
        RESTARTED(16, 100, 200, "context restarted"),
        REVOKED(1, 100, 200, "grant revoked");

        final int weight;
        final int leastMillis;
        final int mostMillis;
        final String text;

        Kind(int weight, int leastMillis, int mostMillis, String text) {
            this.weight = weight;
            this.leastMillis = leastMillis;
            this.mostMillis = mostMillis;
            this.text = text;
        }

        boolean cutsNetwork() {
            return this == REFUSED || this == SILENT || this == REQUEST_LOST || this == ANSWER_LOST;
        }
    }

    long endMillis() {
        return atMillis + forMillis;
    }

    String told() {
        String seconds = String.format(Locale.ROOT, "%.1f s", forMillis / 1000.0);
        if (kind == Kind.KILLED) {
            return kind.text + ", started again after " + seconds;
        }
        return condition() + (kind.mostMillis <= MOMENT_MILLIS ? "" : " for " + seconds);
    }

    /** What a process is while this is done to it. */
    String condition() {
        if (kind != Kind.CLOCK) {
            return kind.text;
        }
        boolean hours = Math.abs(clockSeconds) >= HOUR;
        return kind.text + (hours ? " %+d h".formatted(clockSeconds / HOUR) : " %+d s".formatted(clockSeconds));
    }

    /** All faults of a run, in order: a seed makes the same ones each time. A process has one at a time. */
    static List<Fault> plan(long seed, int processes, int people, int seconds) {
        Random random = new Random(seed);
        long[] freeAt = new long[processes + 1];
        List<Fault> plan = new ArrayList<>();
        long at = FIRST_MILLIS;
        while (at < seconds * 1000L) {
            Fault fault = random(random, at, 1 + random.nextInt(processes), people);
            boolean free = fault.kind == Kind.REVOKED || freeAt[fault.target] <= at;
            if (free && fault.endMillis() < seconds * 1000L) {
                plan.add(fault);
                occupy(freeAt, fault);
            }
            at += (long) (GAP_MILLIS / processes * (0.2 + 1.6 * random.nextDouble()));
        }
        return plan;
    }

    private static void occupy(long[] freeAt, Fault fault) {
        if (fault.kind != Kind.REVOKED) {
            freeAt[fault.target] = fault.endMillis() + REST_MILLIS;
        }
    }

    private static Fault random(Random random, long at, int process, int people) {
        Kind kind = kind(random);
        double part = random.nextDouble() * random.nextDouble();
        long millis = kind.leastMillis + (long) (part * (kind.mostMillis - kind.leastMillis));
        int seconds = clock(random);
        int target = kind == Kind.REVOKED ? 1 + random.nextInt(people) : process;
        return new Fault(at, target, kind, millis, kind == Kind.CLOCK ? seconds : 0);
    }

    private static Kind kind(Random random) {
        int left = random.nextInt(
                Arrays.stream(Kind.values()).mapToInt(kind -> kind.weight).sum());
        for (Kind kind : Kind.values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("The weights do not add up");
    }

    /** From a second to eleven hours, seconds as often as hours. */
    private static int clock(Random random) {
        int size = (int) Math.exp(random.nextDouble() * Math.log(MOST_SECONDS));
        return random.nextBoolean() ? size : -size;
    }
}
