package io.github.camelzendesk.auth;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * The connections of a component, on every surface that there is. Safe for use by several threads.
 *
 * <p>Endpoints may open connections before the component is started: they are shown as soon as it is.
 */
final class Observation {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> labels = new HashSet<>(); // guarded by lock
    private final List<Observed> connections = new CopyOnWriteArrayList<>(); // changed under lock
    private volatile List<Surface> surfaces = List.of(); // changed under lock

    List<Observed> connections() {
        return List.copyOf(connections);
    }

    /** Opens a manager that tells the surfaces what happens, and shows it. */
    TokenManager opened(String name, Function<TokenListener, TokenManager> open) {
        lock.lock();
        try {
            String label = label(name);
            TokenManager manager = open.apply(event -> tell(label, event));
            show(new Observed(label, manager));
            return manager;
        } finally {
            lock.unlock();
        }
    }

    /** Shows a manager that the application has made; what happens to it is told to the application alone. */
    TokenManager brought(String name, TokenManager manager) {
        lock.lock();
        try {
            if (connections.stream().noneMatch(known -> known.manager() == manager)) {
                show(new Observed(label(name), manager));
            }
            return manager;
        } finally {
            lock.unlock();
        }
    }

    void start(List<Surface> available) {
        lock.lock();
        try {
            surfaces = List.copyOf(available);
            connections.forEach(connection -> surfaces.forEach(surface -> surface.show(connection)));
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            for (Observed connection : connections) {
                surfaces.forEach(surface -> surface.hide(connection));
            }
            surfaces = List.of();
            connections.clear();
            labels.clear();
        } finally {
            lock.unlock();
        }
    }

    private void tell(String label, TokenEvent event) {
        surfaces.forEach(surface -> surface.happened(label, event));
    }

    /** Under the lock. */
    private void show(Observed connection) {
        labels.add(connection.label());
        connections.add(connection);
        surfaces.forEach(surface -> surface.show(connection));
    }

    /** Under the lock. Everything that operators look at is found by its name, so no two have the same. */
    private String label(String name) {
        String label = name;
        for (int number = 2; labels.contains(label); number++) {
            label = name + "-" + number;
        }
        return label;
    }
}
