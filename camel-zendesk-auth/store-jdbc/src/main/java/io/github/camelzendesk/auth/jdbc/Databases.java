package io.github.camelzendesk.auth.jdbc;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The databases of this JVM that a store is open on: one for all stores on one table. Thread-safe.
 */
final class Databases {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final List<WeakReference<Entry>> ALL = new ArrayList<>(); // guarded by LOCK

    private Databases() {}

    /** What tells one database from another: its URL, or the DataSource. */
    record Entry(Object place, JdbcLocation location, Database database) {
        boolean is(JdbcLocation other, Object otherPlace) {
            return samePlace(otherPlace) && location.equals(other);
        }

        boolean samePlace(Object other) {
            return place == other || (place instanceof JdbcUrl && place.equals(other));
        }
    }

    static Database of(JdbcLocation location, Object place, Supplier<Connections> connections) {
        LOCK.lock();
        try {
            ALL.removeIf(entry -> entry.get() == null);
            List<Entry> live = ALL.stream()
                    .map(WeakReference::get)
                    .filter(Objects::nonNull)
                    .toList();
            return live.stream()
                    .filter(entry -> entry.is(location, place))
                    .findFirst()
                    .map(Entry::database)
                    .orElseGet(() -> added(location, place, connections.get(), live));
        } finally {
            LOCK.unlock();
        }
    }

    private static Database added(JdbcLocation location, Object place, Connections connections, List<Entry> live) {
        Database database = new Database(location, connections, name(place, connections.shown(), live));
        Entry entry = new Entry(place, location, database);
        database.isKnownAs(entry);
        ALL.add(new WeakReference<>(entry));
        return database;
    }

    /** Two places of which the same may be shown are told apart by a number, as they must not pass for one. */
    private static String name(Object place, String shown, List<Entry> live) {
        Set<String> taken = new HashSet<>();
        for (Entry entry : live) {
            if (entry.samePlace(place)) {
                return entry.database().shown();
            }
            taken.add(entry.database().shown());
        }
        String name = shown;
        for (int number = 2; taken.contains(name); number++) {
            name = shown + "(" + number + ")";
        }
        return name;
    }
}
