package io.github.camelzendesk.auth;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.github.camelzendesk.auth.oauth.Condition;

/**
 * How many connections are in each condition: counted in one pass and at most once a second, however many ask. Safe for
 * use by several threads.
 */
final class Tally {
    private static final long FOR = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_NAMES = 10;

    private final Iterable<Observed> connections;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Taken last; // written under lock

    private record Taken(long nanos, Count count) {}

    /**
     * The connections as they were when they were counted. Immutable.
     *
     * @param byCondition holds each condition, those that none is in too
     * @param inTrouble the labels of a few that cannot serve, or must be saved; the worst first
     */
    record Count(Map<Condition, Integer> byCondition, List<String> inTrouble) {
        int of(Condition condition) {
            return byCondition.get(condition);
        }

        int all() {
            return byCondition.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    Tally(Iterable<Observed> connections, LongSupplier nanoTime) {
        this.connections = connections;
        this.nanoTime = nanoTime;
    }

    Count count() {
        Taken taken = last;
        if (isRecent(taken)) {
            return taken.count;
        }
        lock.lock();
        try {
            // Whoever waited for the lock finds the pass of whoever had it.
            if (!isRecent(last)) {
                last = new Taken(nanoTime.getAsLong(), pass());
            }
            return last.count;
        } finally {
            lock.unlock();
        }
    }

    private boolean isRecent(Taken taken) {
        return taken != null && nanoTime.getAsLong() - taken.nanos < FOR;
    }

    private Count pass() {
        Map<Condition, Integer> numbers = new EnumMap<>(Condition.class);
        Map<Condition, List<String>> names = new EnumMap<>(Condition.class);
        for (Condition condition : Condition.values()) {
            numbers.put(condition, 0);
            names.put(condition, new ArrayList<>());
        }
        for (Observed connection : connections) {
            Condition condition = connection.manager().condition();
            if (numbers.merge(condition, 1, Integer::sum) <= MOST_NAMES) {
                names.get(condition).add(connection.label());
            }
        }
        return new Count(numbers, worstFirst(names));
    }

    private static List<String> worstFirst(Map<Condition, List<String>> names) {
        List<String> all = new ArrayList<>(names.get(Condition.DIRTY));
        all.addAll(names.get(Condition.AUTHORIZATION_REQUIRED));
        all.addAll(names.get(Condition.FAILING));
        return List.copyOf(all.subList(0, Math.min(MOST_NAMES, all.size())));
    }
}
