package io.github.camelzendesk.auth.kubernetes.internal;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.api.model.Secret;
import io.github.camelzendesk.auth.kubernetes.internal.lease.HeldLease;
import io.github.camelzendesk.auth.kubernetes.internal.secret.SettingsEntry;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * A change under the Lease. For one thread at a time.
 *
 * <p>The Lease alone does not exclude a holder that slept through its end. So each save also replaces exactly what was
 * read under it: once a successor has written, this transaction can write no more, however late it wakes.
 */
final class KubernetesTransaction implements SettingsTransaction {
    private static final int MOST_UNPARSED = 3;

    private final SettingsEntry entry;
    private final HeldLease lease;
    private final StepBackWarning warning;
    private @Nullable Secret read;

    KubernetesTransaction(SettingsEntry entry, HeldLease lease, StepBackWarning warning) {
        this.entry = entry;
        this.lease = lease;
        this.warning = warning;
    }

    @Override
    public Optional<OAuthSettings> load() {
        Secret now = entry.read();
        read = now;
        Optional<OAuthSettings> stored = entry.settings(now);
        warning.check(stored.orElse(null), lease.generations().missedBy(stored.orElse(null)));
        stored.ifPresent(lease::remember);
        return stored;
    }

    @Override
    public void save(OAuthSettings settings) {
        Secret before = read == null ? entry.read() : read;
        Precedence.refuseOlder(
                settings, entry.settings(before).orElse(null), entry.place().describe());
        Precedence.refuseSpent(
                settings, lease.generations().highest(settings), entry.place().describe());
        // After the read: a successor that comes later finds what was read, or has changed it.
        lease.confirm();
        try {
            read = entry.write(before, settings);
            lease.remember(settings);
        } catch (SettingsStoreException e) {
            // Whatever it holds now: the next attempt is about that.
            read = null;
            throw e;
        }
    }

    /** Renews the Lease, so that all of it is ahead of the exchange that follows. */
    @Override
    public void reserve() {
        entry.refuseFull(read == null ? entry.read() : read);
        lease.renew();
    }

    @Override
    public boolean isExclusive() {
        return lease.isHeld();
    }

    @Override
    public Optional<String> keepUnparsed(byte[] answer) {
        Secret now = entry.read();
        String prefix = entry.place().key() + ".unparsed-";
        long kept = SettingsEntry.data(now).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .count();
        // A portal that answers every request with its own page must not fill the Secret.
        if (kept >= MOST_UNPARSED) {
            return Optional.empty();
        }
        String key = prefix + UUID.randomUUID();
        read = entry.add(now, key, answer);
        return Optional.of("key " + key + " of the Secret " + entry.place().namespace() + "/"
                + entry.place().secret());
    }

    @Override
    public void close() {
        lease.close();
    }
}
