package io.github.camelzendesk.auth.kubernetes.internal;

import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.kubernetes.internal.cluster.Cluster;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseApi;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseLock;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseTiming;
import io.github.camelzendesk.auth.kubernetes.internal.secret.SecretWatch;
import io.github.camelzendesk.auth.kubernetes.internal.secret.SettingsEntry;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * Settings in a data key of a Secret, changed under a Lease and watched. Thread-safe, and
 * safe for use by several processes and machines.
 */
public final class KubernetesSettingsStore implements SettingsStore {
    private final Cluster cluster;
    private final SecretEntryRef place;
    private final SettingsEntry entry;
    private final LeaseTiming terms;
    private final LeaseLock lock;
    private final StepBackWarning warning;

    public KubernetesSettingsStore(Cluster cluster, SecretEntryRef place, SettingsCodec codec, LeaseTiming terms) {
        this.cluster = cluster;
        this.place = place;
        this.entry = new SettingsEntry(cluster, place, codec);
        this.terms = terms;
        this.lock = new LeaseLock(new LeaseApi(cluster, place), place, terms);
        this.warning = new StepBackWarning(place);
    }

    @Override
    public String identity() {
        return place.identity();
    }

    @Override
    public Optional<OAuthSettings> load() {
        return entry.settings(entry.read());
    }

    @Override
    public Optional<Watch> watch(Runnable changed) {
        return Optional.of(SecretWatch.join(cluster, place, changed));
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        return lock.acquire(patience).map(lease -> new KubernetesTransaction(entry, lease, warning));
    }

    @Override
    public boolean canLoseLock() {
        return true;
    }

    @Override
    public void requireLockFor(Duration longest) {
        if (terms.lease().compareTo(longest) < 0) {
            throw new IllegalArgumentException("a token request may take " + longest.toSeconds()
                    + " s, three times the exchangeTimeout, and the lock at oauthSettingsLocation may be taken over after "
                    + terms.lease().toSeconds() + " s: set leaseDurationSeconds=" + longest.toSeconds()
                    + " or more there, or a shorter exchangeTimeout");
        }
    }
}
