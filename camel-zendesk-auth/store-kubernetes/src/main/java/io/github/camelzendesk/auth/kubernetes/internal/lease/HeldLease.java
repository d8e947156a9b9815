package io.github.camelzendesk.auth.kubernetes.internal.lease;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.KubernetesExecutor;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * A Lease while it is held, renewed in the background. Thread-safe.
 *
 * <p>It is trusted for two thirds of its duration from the moment at which the last renewal was asked for: so a holder
 * that could not renew stops before anybody takes over.
 */
public final class HeldLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);
    private static final int ATTEMPTS = 3;

    private final LeaseApi api;
    private final SecretEntryRef place;
    private final LeaseTiming terms;
    private final LeaseQueue queue;
    private final String holder;
    private Lease lease; // guarded by this
    private StoredGenerations generations; // guarded by this
    private long trustedUntil; // guarded by this
    private boolean lost; // guarded by this
    private boolean closed; // guarded by this
    private KubernetesExecutor.@Nullable Cancellable next; // guarded by this

    HeldLease(LeaseApi api, SecretEntryRef place, LeaseTiming terms, LeaseQueue queue, Lease lease, long claimed) {
        this.api = api;
        this.place = place;
        this.terms = terms;
        this.queue = queue;
        this.lease = lease;
        this.generations = StoredGenerations.of(lease);
        this.holder = String.valueOf(LeaseApi.holder(lease));
        this.trustedUntil = claimed + terms.trust().toNanos();
        schedule(terms.renewal());
    }

    /**
     * Makes sure that the Lease is held, for all of its duration from now on.
     *
     * @throws SettingsStoreException when another process has it, or that cannot be known
     */
    public synchronized void renew() {
        refuseWhenLost();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long asked = terms.now();
            Lease renewed = api.renew(generations.on(lease));
            if (renewed != null) {
                lease = renewed;
                trustedUntil = asked + terms.trust().toNanos();
                return;
            }
            // Somebody may have written a label on it, or it was our own renewal, whose answer was lost.
            lease = mine();
        }
        throw new SettingsStoreException(place.describe() + " cannot be locked: its Lease " + place.lease()
                + " is changed by others all the time. Leave it to camel-zendesk-auth.");
    }

    /** Makes sure that the Lease is held now. */
    public synchronized void confirm() {
        if (isTrusted()) {
            refuseWhenLost();
            lease = mine();
        } else {
            renew();
        }
    }

    /** Whether it is held, as far as can be told: without an answer of the server it is until the trust in it ends. */
    public synchronized boolean isHeld() {
        try {
            confirm();
            return true;
        } catch (SettingsStoreException e) {
            return !lost && !closed && isTrusted();
        }
    }

    /** What was stored under this Lease and its predecessors. */
    public synchronized StoredGenerations generations() {
        return generations;
    }

    /** Has the Lease remember these settings, with its next change. */
    public synchronized void remember(OAuthSettings stored) {
        generations = generations.with(stored);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (next != null) {
            next.cancel();
        }
        // An interrupt would end the request, and everybody would wait for the end of the Lease.
        boolean interrupted = Thread.interrupted();
        try {
            free();
        } catch (SettingsStoreException e) {
            // At least this JVM knows, and need not wait for the end of the Lease.
            queue.giveUp(holder);
            LOG.debug("{}: its Lease stays as it is until it ends", place.describe(), e);
        } finally {
            queue.released();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void free() {
        for (int attempt = 0; !lost && attempt < ATTEMPTS; attempt++) {
            if (api.free(generations.on(lease)) != null) {
                return;
            }
            lease = mine();
        }
    }

    /** The Lease as it is now, if it is still ours. */
    private Lease mine() {
        Lease now = api.get();
        if (now != null && holder.equals(LeaseApi.holder(now))) {
            return now;
        }
        lost = true;
        LOG.warn(
                "{}: the lock is lost to {}, and this transaction changes nothing any more.",
                place.describe(),
                now == null ? "a program that deleted its Lease" : LeaseApi.describeHolder(now));
        throw lost();
    }

    private void refuseWhenLost() {
        if (lost || closed) {
            throw lost();
        }
    }

    private boolean isTrusted() {
        return terms.now() - trustedUntil < 0;
    }

    private SettingsStoreException lost() {
        return new SettingsStoreException(place.describe() + " was not changed: its Lease " + place.lease()
                + " is held by another process meanwhile. The next attempt begins again.");
    }

    private synchronized void schedule(Duration delay) {
        next = KubernetesExecutor.after(delay, this::renewInBackground);
    }

    private synchronized void renewInBackground() {
        if (closed || lost) {
            return;
        }
        try {
            renew();
            schedule(terms.renewal());
        } catch (SettingsStoreException e) {
            if (!lost) {
                LOG.debug("{}: its Lease could not be renewed yet", place.describe(), e);
                schedule(terms.retry());
            }
        }
    }
}
