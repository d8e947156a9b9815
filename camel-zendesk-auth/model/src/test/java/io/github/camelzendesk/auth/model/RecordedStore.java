package io.github.camelzendesk.auth.model;

import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.oauth.internal.rotation.DelegatingTransaction;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** A store that tells what is found and saved under its lock, and when the lock is given back. Thread-safe. */
record RecordedStore(SettingsStore store, String process, EventLog events) implements SettingsStore {
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
    public Optional<Watch> watch(Runnable changed) {
        return store.watch(changed);
    }

    @Override
    public boolean canLoseLock() {
        return store.canLoseLock();
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        return store.begin(patience).map(Recorded::new);
    }

    private final class Recorded extends DelegatingTransaction {
        Recorded(SettingsTransaction transaction) {
            super(transaction);
        }

        @Override
        public Optional<OAuthSettings> load() {
            Optional<OAuthSettings> found = transaction.load();
            events.tell(process, "found", EventLog.member("s", EventLog.settings(found)));
            return found;
        }

        @Override
        public void save(OAuthSettings settings) {
            events.tell(process, "saving", EventLog.member("s", EventLog.settings(Optional.of(settings))));
            try {
                transaction.save(settings);
            } catch (SettingsStoreException e) {
                events.tell(process, "failed");
                throw e;
            }
            events.tell(process, "saved");
        }

        /** Told first, so that it stands before what the next holder tells. */
        @Override
        public void close() {
            events.tell(process, "gaveBack");
            transaction.close();
        }
    }
}
