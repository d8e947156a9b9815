package io.github.camelzendesk.auth.kubernetes;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.api.model.Secret;
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

    private final KubernetesSettingsStore store;
    private final HeldLease lease;
    private @Nullable Secret read;

    KubernetesTransaction(KubernetesSettingsStore store, HeldLease lease) {
        this.store = store;
        this.lease = lease;
    }

    @Override
    public Optional<OAuthSettings> load() {
        Secret now = store.entry().read();
        read = now;
        return store.decode(now);
    }

    @Override
    public void save(OAuthSettings settings) {
        Secret before = read == null ? store.entry().read() : read;
        Precedence.refuseOlder(
                settings, store.decode(before).orElse(null), store.place().describe());
        // After the read: a successor that comes later finds what was read, or has changed it.
        lease.confirm();
        try {
            read = store.entry().write(before, store.codec().encode(settings));
        } catch (SettingsStoreException e) {
            // Whatever it holds now: the next attempt is about that.
            read = null;
            throw e;
        }
    }

    /** Renews the Lease, so that all of it is ahead of the exchange that follows. */
    @Override
    public void reserve() {
        store.entry().refuseFull(read == null ? store.entry().read() : read);
        lease.renew();
    }

    @Override
    public boolean isExclusive() {
        return lease.isHeld();
    }

    @Override
    public Optional<String> keepUnparsed(byte[] answer) {
        Secret now = store.entry().read();
        String prefix = store.place().key() + ".unparsed-";
        long kept = SettingsEntry.data(now).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .count();
        // A portal that answers every request with its own page must not fill the Secret.
        if (kept >= MOST_UNPARSED) {
            return Optional.empty();
        }
        String key = prefix + UUID.randomUUID();
        read = store.entry().add(now, key, store.codec().protect(answer));
        return Optional.of("key " + key + " of the Secret " + store.place().namespace() + "/"
                + store.place().secret());
    }

    @Override
    public void close() {
        lease.close();
    }
}
