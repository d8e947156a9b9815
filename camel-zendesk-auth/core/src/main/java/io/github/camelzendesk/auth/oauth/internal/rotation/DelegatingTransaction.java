package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.util.Optional;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** Passes every call on; subclasses change some. For one thread at a time. */
public abstract class DelegatingTransaction implements SettingsTransaction {
    protected final SettingsTransaction transaction;

    protected DelegatingTransaction(SettingsTransaction transaction) {
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
        transaction.close();
    }
}
