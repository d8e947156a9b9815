package io.github.camelzendesk.auth.monitor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.github.camelzendesk.auth.oauth.ConnectionState;

/**
 * How many connections are in each state: counted in one pass and at most once a second, however many ask. Thread-safe.
 */
final class StateCounts {
    private static final long FOR = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_NAMES = 10;

    private final Iterable<MonitoredConnection> connections;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Taken last; // written under lock

    private record Taken(long nanos, Count count) {}

    /**
     * The connections as they were when they were counted. Immutable.
     *
     * @param byState holds each state, those that none is in too
     * @param inTrouble the labels of a few that cannot serve, or must be saved; the worst first
     */
    record Count(Map<ConnectionState, Integer> byState, List<String> inTrouble) {
        int of(ConnectionState state) {
            return byState.get(state);
        }

        int all() {
            return byState.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    StateCounts(Iterable<MonitoredConnection> connections, LongSupplier nanoTime) {
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
            // The thread that held the lock before may have counted.
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
        Map<ConnectionState, Integer> numbers = new EnumMap<>(ConnectionState.class);
        Map<ConnectionState, List<String>> names = new EnumMap<>(ConnectionState.class);
        for (ConnectionState state : ConnectionState.values()) {
            numbers.put(state, 0);
            names.put(state, new ArrayList<>());
        }
        for (MonitoredConnection connection : connections) {
            ConnectionState state = connection.manager().state();
            if (numbers.merge(state, 1, Integer::sum) <= MOST_NAMES) {
                names.get(state).add(connection.label());
            }
        }
        return new Count(numbers, worstFirst(names));
    }

    private static List<String> worstFirst(Map<ConnectionState, List<String>> names) {
        List<String> all = new ArrayList<>(names.get(ConnectionState.DIRTY));
        all.addAll(names.get(ConnectionState.AUTHORIZATION_REQUIRED));
        all.addAll(names.get(ConnectionState.FAILING));
        return List.copyOf(all.subList(0, Math.min(MOST_NAMES, all.size())));
    }
}
