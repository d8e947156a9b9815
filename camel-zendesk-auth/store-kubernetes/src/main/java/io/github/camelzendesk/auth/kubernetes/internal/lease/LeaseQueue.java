package io.github.camelzendesk.auth.kubernetes.internal.lease;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * What the threads of this JVM share about one Lease: one of them asks for it at a time, and what it has seen of it
 * outlives the asking. Thread-safe.
 */
public final class LeaseQueue {
    private static final Map<String, Known> ALL = new ConcurrentHashMap<>();
    private static final ReferenceQueue<LeaseQueue> UNUSED = new ReferenceQueue<>();

    private final Semaphore asking = new Semaphore(1, true);
    private final Set<String> givenUp = new HashSet<>(); // guarded by this
    private @Nullable Sighting last; // guarded by asking
    private long releases; // guarded by this

    /** A state of the Lease, and when this JVM had certainly seen it. */
    private record Sighting(String version, long since) {}

    /** A queue for as long as a store or a holder has it. */
    private static final class Known extends WeakReference<LeaseQueue> {
        private final String identity;

        Known(String identity, LeaseQueue queue) {
            super(queue, UNUSED);
            this.identity = identity;
        }
    }

    private LeaseQueue() {}

    public static LeaseQueue of(String identity) {
        forgetUnused();
        AtomicReference<LeaseQueue> found = new AtomicReference<>();
        ALL.compute(identity, (key, known) -> {
            LeaseQueue queue = known == null ? null : known.get();
            found.set(queue == null ? new LeaseQueue() : queue);
            return queue == null ? new Known(identity, found.get()) : known;
        });
        return found.get();
    }

    private static void forgetUnused() {
        for (Reference<? extends LeaseQueue> gone = UNUSED.poll(); gone != null; gone = UNUSED.poll()) {
            ALL.remove(((Known) gone).identity, gone);
        }
    }

    /** For a test. */
    public static boolean isKnown(String identity) {
        forgetUnused();
        return ALL.containsKey(identity);
    }

    boolean enter(Duration patience) throws InterruptedException {
        return asking.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave() {
        asking.release();
    }

    /**
     * For how long the Lease has been as it is now.
     *
     * @param asked when the question was put to which this version is the answer
     */
    Duration silence(String version, long asked, LeaseTiming terms) {
        Sighting before = last;
        if (before == null || !before.version.equals(version)) {
            // Seen first after the answer, and last before the question: both err on the side of the holder.
            last = new Sighting(version, terms.now());
            return Duration.ZERO;
        }
        return Duration.ofNanos(asked - before.since);
    }

    synchronized long releases() {
        return releases;
    }

    /** Waits until a holder in this JVM gives the Lease back, or for the time given. */
    synchronized void await(long seen, long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; releases == seen && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    synchronized void released() {
        releases++;
        notifyAll();
    }

    /** Remembers a holder of this JVM that will never write again, whatever the Lease says. */
    synchronized void giveUp(String holder) {
        givenUp.add(holder);
    }

    synchronized boolean hasGivenUp(String holder) {
        return givenUp.contains(holder);
    }

    /** Forgets abandoned waiters, as the Lease has another holder now. */
    synchronized void begin() {
        givenUp.clear();
    }
}
