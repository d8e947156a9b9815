package io.github.camelzendesk.auth.kubernetes.internal.lease;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * The lock of one connection, a Lease of {@code coordination.k8s.io/v1}. Thread-safe, and safe for use
 * by several processes.
 *
 * <p>A holder is taken over from only once this JVM has seen its Lease unchanged for all of its duration, on this JVM's own
 * monotonic clock.
 */
public final class LeaseLock {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseLock.class);
    private static final String PROCESS = host() + "_" + ProcessHandle.current().pid();
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(400);

    private final LeaseApi api;
    private final SecretEntryRef place;
    private final LeaseTiming terms;
    private final LeaseQueue queue;

    public LeaseLock(LeaseApi api, SecretEntryRef place, LeaseTiming terms) {
        this.api = api;
        this.place = place;
        this.terms = terms;
        this.queue = LeaseQueue.of(place.identity());
    }

    /** Takes the lock; empty when others held it for all of the time given. */
    public Optional<HeldLease> acquire(Duration patience) throws InterruptedException {
        long begun = System.nanoTime();
        if (!queue.enter(patience)) {
            return Optional.empty();
        }
        try {
            long pause = SHORTEST_PAUSE;
            while (true) {
                long release = queue.releases();
                HeldLease held = ask();
                if (held != null) {
                    return Optional.of(held);
                }
                long left = patience.toNanos() - (System.nanoTime() - begun);
                if (left <= 0) {
                    return Optional.empty();
                }
                queue.await(release, Math.min(left, ThreadLocalRandom.current().nextLong(pause / 2, pause)));
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
        } finally {
            queue.leave();
        }
    }

    private @Nullable HeldLease ask() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return tryOnce();
        } catch (SettingsStoreException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw e;
        }
    }

    private @Nullable HeldLease tryOnce() {
        long asked = terms.now();
        Lease lease = api.get();
        if (lease != null && !isFree(lease, asked)) {
            return null;
        }
        String me = PROCESS + "_" + UUID.randomUUID();
        // Should the answer be lost, the Lease names one who never begins: so this process need not wait for its end.
        queue.giveUp(me);
        long claimed = terms.now();
        Lease mine = lease == null ? api.create(me, terms.lease()) : api.claim(lease, me, terms.lease());
        if (mine == null) {
            return null;
        }
        queue.begin();
        return new HeldLease(api, place, terms, queue, mine, claimed);
    }

    private boolean isFree(Lease lease, long asked) {
        String holder = LeaseApi.holder(lease);
        if (holder == null || queue.hasGivenUp(holder)) {
            return true;
        }
        Duration silence = queue.silence(version(lease), asked, terms);
        if (silence.compareTo(duration(lease)) < 0) {
            return false;
        }
        LOG.warn(
                "{}: the lock is taken over from {}, which has not renewed it for {} s. What it may have sent is told by the"
                        + " pending exchange in the settings.",
                place.describe(),
                LeaseApi.describeHolder(lease),
                silence.toSeconds());
        return true;
    }

    /** The longer of what the holder has claimed and what we would. */
    private Duration duration(Lease lease) {
        Integer seconds = lease.getSpec().getLeaseDurationSeconds();
        Duration claimed = Duration.ofSeconds(seconds == null ? 0 : seconds);
        return claimed.compareTo(terms.lease()) > 0 ? claimed : terms.lease();
    }

    private static String version(Lease lease) {
        return lease.getMetadata().getUid() + "/" + lease.getMetadata().getResourceVersion();
    }

    private static String host() {
        String pod = System.getenv("HOSTNAME");
        try {
            return pod == null || pod.isBlank() ? InetAddress.getLocalHost().getHostName() : pod;
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
