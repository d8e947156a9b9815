package io.github.camelzendesk.auth;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * The connections of a component, on every surface that there is: the first ones each by itself, all later ones together.
 * Safe for use by several threads.
 *
 * <p>Endpoints may open connections before the component is started: they are shown as soon as it is. Nothing here costs
 * more for each connection the more of them there are.
 */
final class Observation {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final int alone;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Observed> connections = new ConcurrentLinkedQueue<>(); // in order; changed under lock
    private final Map<String, Observed> byLabel = new ConcurrentHashMap<>(); // changed under lock
    private final Set<TokenManager> managers = Collections.newSetFromMap(new IdentityHashMap<>()); // guarded by lock
    private final Map<String, Integer> numbers = new HashMap<>(); // of each name the last; guarded by lock
    private Others others; // null while all are shown alone; guarded by lock
    private volatile List<Surface> surfaces = List.of(); // changed under lock

    /** @param alone how many connections are shown each by itself */
    Observation(int alone, LongSupplier nanoTime) {
        this.alone = alone;
        this.nanoTime = nanoTime;
    }

    List<Observed> connections() {
        return List.copyOf(connections);
    }

    /** Opens a manager that tells the surfaces what happens, and shows it. */
    TokenManager opened(String name, Function<TokenListener, TokenManager> open) {
        lock.lock();
        try {
            String label = label(name);
            // Settled before it is opened, because its first event may come before it is shown.
            String shownAs = others == null ? label : others.label();
            TokenManager manager = open.apply(event -> tell(label, shownAs, event));
            add(new Observed(label, manager));
            return manager;
        } finally {
            lock.unlock();
        }
    }

    /** Shows a manager that the application has made; what happens to it is told to the application alone. */
    TokenManager brought(String name, TokenManager manager) {
        lock.lock();
        try {
            if (!managers.contains(manager)) {
                add(new Observed(label(name), manager));
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
            surfaces.forEach(surface -> surface.begin(new Tally(connections, nanoTime)));
            shownAlone().forEach(connection -> surfaces.forEach(surface -> surface.show(connection)));
            if (byLabel.size() > alone) {
                showTogether();
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            shownAlone().forEach(connection -> surfaces.forEach(surface -> surface.hide(connection)));
            if (byLabel.size() > alone) {
                surfaces.forEach(surface -> surface.hideTogether(others));
            }
            surfaces.forEach(Surface::end);
            surfaces = List.of();
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        connections.clear();
        byLabel.clear();
        managers.clear();
        numbers.clear();
        others = null;
    }

    private void tell(String label, String shownAs, TokenEvent event) {
        surfaces.forEach(surface -> surface.happened(label, shownAs, event));
    }

    private List<Observed> shownAlone() {
        return connections.stream().limit(alone).toList();
    }

    /** Under the lock. */
    private void add(Observed connection) {
        byLabel.put(connection.label(), connection);
        connections.add(connection);
        managers.add(connection.manager());
        if (byLabel.size() <= alone) {
            surfaces.forEach(surface -> surface.show(connection));
        } else if (byLabel.size() == alone + 1 && !surfaces.isEmpty()) {
            showTogether();
        }
    }

    /** Under the lock. */
    private void showTogether() {
        LOG.warn(
                "There are more than {} connections: those that were opened later are shown together as '{}', in one health"
                        + " check, one MBean and one set of meters. One of them by itself is found by its name: with the option filter"
                        + " of the developer console, or with the operation status of that MBean.",
                alone,
                others.label());
        surfaces.forEach(surface -> surface.showTogether(others));
    }

    /** Under the lock. Everything that operators look at is found by its name, so no two have the same. */
    private String label(String name) {
        if (others == null && byLabel.size() >= alone) {
            Iterable<Observed> together = () -> connections.stream().skip(alone).iterator();
            others = new Others(free("others"), new Tally(together, nanoTime), byLabel::get);
        }
        return free(name);
    }

    private String free(String name) {
        String label = name;
        while (byLabel.containsKey(label) || (others != null && others.label().equals(label))) {
            label = name + "-" + numbers.merge(name, 2, (last, two) -> last + 1);
        }
        return label;
    }
}
