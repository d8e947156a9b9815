package io.github.camelzendesk.auth.jdbc.internal;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.camelzendesk.auth.jdbc.internal.connections.Connections;

/**
 * The databases of this JVM that a store is open on: one for all stores on one table. Thread-safe.
 */
public final class Databases {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final List<WeakReference<Database>> ALL = new ArrayList<>(); // guarded by LOCK

    private Databases() {}

    /** @param place what tells one database from another: its URL, or the DataSource */
    public static Database of(JdbcLocation location, Object place, Supplier<Connections> connections) {
        LOCK.lock();
        try {
            ALL.removeIf(known -> known.get() == null);
            List<Database> live = ALL.stream()
                    .map(WeakReference::get)
                    .filter(Objects::nonNull)
                    .toList();
            return live.stream()
                    .filter(database -> database.isOf(location, place))
                    .findFirst()
                    .orElseGet(() -> added(location, place, connections.get(), live));
        } finally {
            LOCK.unlock();
        }
    }

    private static Database added(JdbcLocation location, Object place, Connections connections, List<Database> live) {
        Database database = new Database(location, place, connections, name(place, connections.shown(), live));
        ALL.add(new WeakReference<>(database));
        return database;
    }

    /** Two places of which the same may be shown are told apart by a number, as they must not pass for one. */
    private static String name(Object place, String shown, List<Database> live) {
        Set<String> taken = new HashSet<>();
        for (Database database : live) {
            if (database.isAt(place)) {
                return database.shown();
            }
            taken.add(database.shown());
        }
        String name = shown;
        for (int number = 2; taken.contains(name); number++) {
            name = shown + "(" + number + ")";
        }
        return name;
    }
}
