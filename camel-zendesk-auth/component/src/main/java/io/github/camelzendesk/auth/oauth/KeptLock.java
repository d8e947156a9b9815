package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * The store's lock, which is not given back while memory holds tokens that the store does not: whoever took it then would
 * find the dead refresh token, and spend it once more. Safe for use by several threads.
 */
final class KeptLock {
    private final SettingsStore store;
    private final Landing landing;
    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

    KeptLock(SettingsStore store, Landing landing) {
        this.store = store;
        this.landing = landing;
    }

    Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        Kept mine = kept.getAndSet(null);
        if (mine != null && mine.isExclusive()) {
            return Optional.of(mine);
        }
        if (mine != null) {
            // It cannot save any more, and what is unsaved must not wait for ever.
            mine.transaction.close();
        }
        return store.begin(patience).map(Kept::new);
    }

    /** Gives it back whatever is unsaved: nobody here will save it any more. */
    void release() {
        Kept mine = kept.getAndSet(null);
        if (mine != null) {
            mine.transaction.close();
        }
    }

    private final class Kept implements SettingsTransaction {
        private final SettingsTransaction transaction;

        Kept(SettingsTransaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public Optional<OAuthSettings> load() {
            return transaction.load();
        }

        @Override
        public void save(OAuthSettings settings) {
            transaction.save(settings);
        }

        @Override
        public void reserve() {
            transaction.reserve();
        }

        @Override
        public boolean isExclusive() {
            return transaction.isExclusive();
        }

        @Override
        public Optional<String> keepUnparsed(byte[] answer) {
            return transaction.keepUnparsed(answer);
        }

        @Override
        public void close() {
            if (landing.isDirty()) {
                kept.set(this);
            } else {
                transaction.close();
            }
        }
    }
}
