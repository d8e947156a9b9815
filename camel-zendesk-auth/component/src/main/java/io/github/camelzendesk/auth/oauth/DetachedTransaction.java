package io.github.camelzendesk.auth.oauth;

import java.util.Optional;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** Stands in for a store that cannot be used, for tokens that need not be kept. Immutable. */
record DetachedTransaction(SettingsStoreException why) implements SettingsTransaction {
    @Override
    public Optional<OAuthSettings> load() {
        return Optional.empty();
    }

    @Override
    public void save(OAuthSettings settings) {
        throw why;
    }

    @Override
    public void close() {}
}
