package io.github.camelzendesk.auth.jdbc.internal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Turns by key: of those in this JVM who want the lock of one row, one waits at the database with a connection of its
 * own, and the others here. Thread-safe. A key for which nobody waits takes no space.
 */
final class KeyedMutex {
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(Semaphore semaphore, int users) {}

    boolean acquire(String key, Duration patience) throws InterruptedException {
        Entry entry = entries.compute(
                key,
                (unused, present) -> present == null
                        ? new Entry(new Semaphore(1, true), 1)
                        : new Entry(present.semaphore(), present.users() + 1));
        boolean acquired = false;
        try {
            acquired = entry.semaphore().tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            return acquired;
        } finally {
            if (!acquired) {
                leave(key);
            }
        }
    }

    void release(String key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.semaphore().release();
            leave(key);
        }
    }

    private void leave(String key) {
        entries.computeIfPresent(
                key,
                (unused, present) -> present.users() == 1 ? null : new Entry(present.semaphore(), present.users() - 1));
    }
}
