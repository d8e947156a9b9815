package io.github.camelzendesk.auth.rig;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelzendesk.auth.oauth.internal.rotation.DelegatingTransaction;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** A store that notes, in microseconds, how long its lock was waited for and what durability cost a rotation. */
final class TimedStore implements SettingsStore {
    final List<Long> lockWaits = new CopyOnWriteArrayList<>();
    final List<Long> durability = new CopyOnWriteArrayList<>();
    private final SettingsStore store;

    TimedStore(SettingsStore store) {
        this.store = store;
    }

    @Override
    public String identity() {
        return store.identity();
    }

    @Override
    public Optional<OAuthSettings> load() {
        return store.load();
    }

    @Override
    public Optional<Object> stamp() {
        return store.stamp();
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        long begun = System.nanoTime();
        Optional<SettingsTransaction> transaction = store.begin(patience);
        lockWaits.add(microsSince(begun));
        return transaction.map(Timed::new);
    }

    private static long microsSince(long begun) {
        return (System.nanoTime() - begun) / 1000;
    }

    /** Saves and reserves are what a rotation pays for being durable; one that saved nothing paid nothing. */
    private final class Timed extends DelegatingTransaction {
        private long micros;

        Timed(SettingsTransaction transaction) {
            super(transaction);
        }

        @Override
        public void save(OAuthSettings settings) {
            long begun = System.nanoTime();
            transaction.save(settings);
            micros += microsSince(begun);
        }

        @Override
        public void reserve() {
            long begun = System.nanoTime();
            transaction.reserve();
            micros += microsSince(begun);
        }

        @Override
        public void close() {
            transaction.close();
            if (micros > 0) {
                durability.add(micros);
            }
        }
    }
}
