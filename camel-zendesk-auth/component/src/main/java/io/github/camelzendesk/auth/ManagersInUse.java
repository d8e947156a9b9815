package io.github.camelzendesk.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.InterceptSendToEndpoint;

import io.github.camelzendesk.auth.monitor.ConnectionMonitoring;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * Which endpoint uses which manager. Thread-safe.
 *
 * <p>A manager is closed with the last endpoint that uses it. One of a connection that is configured by name stays until
 * the component stops: there are only so many names, and applications keep such managers.
 *
 * <p>Camel never stops an endpoint that its registry evicts, which happens to those whose names come with messages. So we
 * look at the registry ourselves from time to time. An endpoint that is forgotten and used all the same, by a producer or
 * a hand-over, gets its manager back when it asks.
 */
final class ManagersInUse {
    private static final int FEWEST_BETWEEN_LOOKS = 100;

    private final ConnectionMonitoring monitoring;
    private final Predicate<String> isNamed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Kept> byKey = new HashMap<>(); // guarded by lock
    private final Map<ManagerUse, Kept> byUser = new IdentityHashMap<>(); // guarded by lock
    private int nextLook = FEWEST_BETWEEN_LOOKS; // number of users; guarded by lock
    private boolean stopped; // guarded by lock

    /** Guarded by lock. */
    private static final class Kept {
        private final Object key;
        private final TokenManager manager;
        private int users;

        private Kept(Object key, TokenManager manager) {
            this.key = key;
            this.manager = manager;
        }

        /** One that the application has made is its own key. */
        private boolean isOurs() {
            return key != manager;
        }
    }

    /** @param isNamed whether a connection is configured by name */
    ManagersInUse(ConnectionMonitoring monitoring, Predicate<String> isNamed) {
        this.monitoring = monitoring;
        this.isNamed = isNamed;
    }

    /**
     * The manager with this key, for an endpoint that has none. It is told under the lock, so that no stop comes between.
     *
     * @throws TokenEndpointUnavailable when the component is stopped, and would close none that is opened now
     */
    TokenManager take(ManagerUse user, Object key, Supplier<TokenManager> open) {
        List<TokenManager> forgotten = List.of();
        lock.lock();
        try {
            refuseIfStopped(user);
            Kept kept = byUser.get(user);
            if (kept == null) {
                kept = byKey.computeIfAbsent(key, unused -> new Kept(key, open.get()));
                kept.users++;
                byUser.put(user, kept);
                user.use(kept.manager);
                forgotten = forgottenIfItIsTime(user.endpoint().getCamelContext());
            }
            return kept.manager;
        } finally {
            lock.unlock();
            closeLater(forgotten, user.endpoint().getCamelContext());
        }
    }

    private void refuseIfStopped(ManagerUse user) {
        if (stopped) {
            throw new TokenEndpointUnavailable(
                    "Connection '" + user.connection()
                            + "': its component is stopped, so there is no token. Once the context is started again, ask it for"
                            + " the endpoint again.",
                    null,
                    null);
        }
    }

    /** The endpoint uses its manager no longer. Waits for a request that is under way. */
    void giveBack(ManagerUse user) {
        List<TokenManager> unused = new ArrayList<>();
        lock.lock();
        try {
            drop(user, unused);
        } finally {
            lock.unlock();
        }
        unused.forEach(TokenManager::close);
    }

    /** Under the lock. */
    private void drop(ManagerUse user, List<TokenManager> unused) {
        user.use(null);
        Kept kept = byUser.remove(user);
        if (kept == null || --kept.users > 0 || isNamed.test(user.connection())) {
            return;
        }
        byKey.remove(kept.key);
        monitoring.hide(kept.manager);
        if (kept.isOurs()) {
            unused.add(kept.manager);
        }
    }

    /** Under the lock. In steps that grow with the number of users, so that no user costs more the more there are. */
    private List<TokenManager> forgottenIfItIsTime(CamelContext context) {
        if (byUser.size() < nextLook) {
            return List.of();
        }
        Set<Endpoint> registered = Collections.newSetFromMap(new IdentityHashMap<>());
        context.getEndpoints().forEach(endpoint -> registered.add(original(endpoint)));
        List<TokenManager> unused = new ArrayList<>();
        List.copyOf(byUser.keySet()).stream()
                .filter(user -> !user.wasAskedSinceLastLook() && !registered.contains(user.endpoint()))
                .forEach(user -> drop(user, unused));
        nextLook = byUser.size() + Math.max(FEWEST_BETWEEN_LOOKS, byUser.size() / 4);
        return unused;
    }

    private static Endpoint original(Endpoint endpoint) {
        return endpoint instanceof InterceptSendToEndpoint intercepted ? intercepted.getOriginalEndpoint() : endpoint;
    }

    /** Not by the exchange that happened to come along: it would wait for a request that is under way. */
    private static void closeLater(List<TokenManager> managers, CamelContext context) {
        if (!managers.isEmpty()) {
            context.getExecutorServiceManager()
                    .newThread("ZendeskAuthClose", () -> managers.forEach(TokenManager::close))
                    .start();
        }
    }

    /** Opens managers again, after a stop. */
    void start() {
        lock.lock();
        try {
            stopped = false;
        } finally {
            lock.unlock();
        }
    }

    /** Closes all managers, and opens no other. */
    void stop() {
        List<TokenManager> open;
        lock.lock();
        try {
            stopped = true;
            open = byKey.values().stream()
                    .filter(Kept::isOurs)
                    .map(kept -> kept.manager)
                    .collect(Collectors.toList());
            byUser.keySet().forEach(user -> user.use(null));
            byUser.clear();
            byKey.clear();
        } finally {
            lock.unlock();
        }
        open.forEach(TokenManager::close);
    }

    int users() {
        lock.lock();
        try {
            return byUser.size();
        } finally {
            lock.unlock();
        }
    }
}
