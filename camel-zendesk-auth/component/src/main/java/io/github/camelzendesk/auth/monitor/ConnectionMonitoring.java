package io.github.camelzendesk.auth.monitor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * The connections of a component, on every surface that there is: the first ones each by itself, all that come when there
 * are so many together. Thread-safe.
 *
 * <p>Endpoints may open connections before the component is started: they are shown as soon as it is. Nothing here costs
 * more for each connection the more of them there are.
 */
public final class ConnectionMonitoring {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final int alone;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<Long, MonitoredConnection> connections =
            new ConcurrentSkipListMap<>(); // changed under lock
    private final NavigableMap<Long, MonitoredConnection> together =
            new ConcurrentSkipListMap<>(); // changed under lock
    private final Map<String, MonitoredConnection> byLabel = new ConcurrentHashMap<>(); // changed under lock
    private final Map<TokenManager, Place> places = new IdentityHashMap<>(); // guarded by lock
    private final Map<String, Integer> numbers = new HashMap<>(); // of each name the last; guarded by lock
    private long lastPlace; // guarded by lock
    private int shownAlone; // guarded by lock
    private ConnectionGroup others; // null until there are too many to show alone; guarded by lock
    private volatile List<ConnectionMonitor> surfaces = List.of(); // changed under lock

    /**
     * Where a connection stands.
     *
     * @param hidden from then on it is not told of any more: meters of it would come back with its last event
     */
    private record Place(long number, MonitoredConnection connection, boolean isAlone, AtomicBoolean hidden) {}

    /** @param alone how many connections are shown each by itself */
    public ConnectionMonitoring(int alone, LongSupplier nanoTime) {
        this.alone = alone;
        this.nanoTime = nanoTime;
    }

    public List<MonitoredConnection> connections() {
        return List.copyOf(connections.values());
    }

    /** Opens a manager that tells the surfaces what happens, and shows it. */
    public TokenManager opened(String name, Function<TokenListener, TokenManager> open) {
        lock.lock();
        try {
            String label = label(name);
            String shownAs = isRoomAlone() ? label : others.label();
            AtomicBoolean hidden = new AtomicBoolean();
            TokenManager manager =
                    open.apply(new SurfaceListener(label, shownAs, () -> isShown(hidden), () -> surfaces));
            add(new MonitoredConnection(label, manager), hidden);
            return manager;
        } finally {
            lock.unlock();
        }
    }

    /** Shows a manager that the application has made; what happens to it is told to the application alone. */
    public TokenManager brought(String name, TokenManager manager) {
        lock.lock();
        try {
            if (!places.containsKey(manager)) {
                add(new MonitoredConnection(label(name), manager), new AtomicBoolean());
            }
            return manager;
        } finally {
            lock.unlock();
        }
    }

    /** It is used no longer. */
    public void hide(TokenManager manager) {
        lock.lock();
        try {
            Place place = places.remove(manager);
            if (place != null) {
                remove(place);
            }
        } finally {
            lock.unlock();
        }
    }

    public void start(List<ConnectionMonitor> available) {
        lock.lock();
        try {
            surfaces = List.copyOf(available);
            surfaces.forEach(surface -> surface.begin(new StateCounts(connections.values(), nanoTime)));
            alone().forEach(connection -> surfaces.forEach(surface -> surface.show(connection)));
            if (others != null) {
                showTogether();
            }
        } finally {
            lock.unlock();
        }
    }

    public void stop() {
        lock.lock();
        try {
            alone().forEach(connection -> surfaces.forEach(surface -> surface.hide(connection)));
            if (others != null) {
                surfaces.forEach(surface -> surface.hideTogether(others));
            }
            surfaces.forEach(ConnectionMonitor::end);
            surfaces = List.of();
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        places.values().forEach(place -> place.hidden.set(true));
        connections.clear();
        together.clear();
        byLabel.clear();
        places.clear();
        numbers.clear();
        shownAlone = 0;
        others = null;
    }

    /** Waits until it is shown: its first event may come before. */
    private boolean isShown(AtomicBoolean hidden) {
        lock.lock();
        try {
            return !hidden.get();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private List<MonitoredConnection> alone() {
        return places.values().stream()
                .filter(Place::isAlone)
                .sorted(Comparator.comparingLong(Place::number))
                .map(Place::connection)
                .toList();
    }

    /** Under the lock. */
    private boolean isRoomAlone() {
        return shownAlone < alone;
    }

    /** Under the lock. */
    private void add(MonitoredConnection connection, AtomicBoolean hidden) {
        Place place = new Place(++lastPlace, connection, isRoomAlone(), hidden);
        places.put(connection.manager(), place);
        byLabel.put(connection.label(), connection);
        connections.put(place.number, connection);
        if (place.isAlone) {
            shownAlone++;
            surfaces.forEach(surface -> surface.show(connection));
        } else {
            together.put(place.number, connection);
        }
    }

    /** Under the lock. */
    private void remove(Place place) {
        MonitoredConnection connection = place.connection;
        place.hidden.set(true);
        byLabel.remove(connection.label());
        numbers.remove(connection.label());
        connections.remove(place.number);
        if (place.isAlone) {
            shownAlone--;
            surfaces.forEach(surface -> surface.hide(connection));
        } else {
            together.remove(place.number);
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
        if (others == null && !isRoomAlone()) {
            others = new ConnectionGroup(free("others"), new StateCounts(together.values(), nanoTime), byLabel::get);
            if (!surfaces.isEmpty()) {
                showTogether();
            }
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
