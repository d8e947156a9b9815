package io.github.camelzendesk.auth.jdbc.internal.changes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to be told of changes to which rows, until the last of them has gone. Thread-safe. */
public final class RowWatchers {
    private static final Logger LOG = LoggerFactory.getLogger(RowWatchers.class);

    private final Map<String, Set<Watcher>> byKey = new ConcurrentHashMap<>();
    private final Set<String> added = ConcurrentHashMap.newKeySet();
    // Outlives the connection to the database; only the thread that tells uses it.
    private final NotifiedVersions versions = new NotifiedVersions();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** One wish; two of the same action are two. */
    public static final class Watcher {
        private final Runnable changed;

        public Watcher(Runnable changed) {
            this.changed = changed;
        }
    }

    public void add(String key, Watcher watcher) {
        byKey.compute(key, (unused, present) -> {
            Set<Watcher> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.add(watcher);
            return set;
        });
        added.add(key);
    }

    public void remove(String key, Watcher watcher) {
        byKey.computeIfPresent(key, (unused, present) -> {
            present.remove(watcher);
            return present.isEmpty() ? null : present;
        });
    }

    public boolean isEmpty() {
        return byKey.isEmpty();
    }

    public List<String> keys() {
        return List.copyOf(byKey.keySet());
    }

    public void tell(String key) {
        byKey.getOrDefault(key, Set.of()).forEach(RowWatchers::tell);
    }

    /** Whose watchers came since this was asked last. */
    public Set<String> takeAdded() {
        Set<String> taken = Set.copyOf(added);
        added.removeAll(taken);
        return taken;
    }

    public boolean isWatched(String key) {
        return byKey.containsKey(key);
    }

    public NotifiedVersions versions() {
        return versions;
    }

    public void stop() {
        stopped.countDown();
    }

    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits for that long; true when it was stopped meanwhile. */
    public boolean awaitStop(long millis) throws InterruptedException {
        return stopped.await(millis, TimeUnit.MILLISECONDS);
    }

    private static void tell(Watcher watcher) {
        try {
            watcher.changed.run();
        } catch (RuntimeException e) {
            // One that fails must not keep the others from being told.
            LOG.warn("A watcher of the settings failed", e);
        }
    }
}
