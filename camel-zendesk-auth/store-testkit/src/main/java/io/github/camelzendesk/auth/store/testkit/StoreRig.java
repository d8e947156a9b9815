package io.github.camelzendesk.auth.store.testkit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** What a subclass of the contract says about its place, and how the contract reaches it. For one test thread. */
abstract class StoreRig {
    /** The connection's own among the settings of others at the same location. */
    protected static final String NAME = "acme@acme.zendesk.com";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final BeanLookup NO_BEANS = new BeanLookup() {
        @Override
        public <T> T find(String name, Class<T> type) {
            throw new IllegalArgumentException("no bean " + name);
        }
    };

    /** The place of this test, as in the option {@code oauthSettingsLocation}; another test has another one. */
    protected abstract String location();

    /** What is stored for a connection now; null when nothing is. */
    protected abstract byte @Nullable [] stored(String name) throws Exception;

    /** Replaces what is stored for a connection, as an operator could. */
    protected abstract void overwrite(String name, byte[] content) throws Exception;

    /** The beans that the location names; none by default. Child JVMs have none. */
    protected BeanLookup beans() {
        return NO_BEANS;
    }

    /** Whether the settings are kept as bytes, which can be damaged, and encrypted. */
    protected boolean isBytes() {
        return true;
    }

    /** Whether other processes reach the place by the same location. */
    protected boolean isShared() {
        return true;
    }

    /** Whether the location keeps the settings of several connections by their names. */
    protected boolean isForMany() {
        return true;
    }

    /** How long the lock of a killed process may outlive it. */
    protected Duration takeover() {
        return PATIENCE;
    }

    /** Takes the lock away from its holder, unnoticed; false where that cannot happen. */
    protected boolean breakLock(String name) throws Exception {
        return false;
    }

    final SettingsStore store() {
        return store(Samples.codec());
    }

    final SettingsStore store(SettingsCodec codec) {
        return store(NAME, codec);
    }

    final SettingsStore store(String name, SettingsCodec codec) {
        return SettingsStores.open(location(), name, codec, beans());
    }

    static SettingsTransaction begin(SettingsStore store) throws InterruptedException {
        return begin(store, PATIENCE);
    }

    static SettingsTransaction begin(SettingsStore store, Duration patience) throws InterruptedException {
        return store.begin(patience).orElseThrow(() -> new AssertionError("the lock was not to be had"));
    }

    static void save(SettingsStore store, OAuthSettings settings) throws InterruptedException {
        try (SettingsTransaction transaction = begin(store)) {
            transaction.save(settings);
        }
    }

    /** A change as a rotation makes one: read under the lock, save what comes after. */
    static void advance(SettingsStore store) throws InterruptedException {
        try (SettingsTransaction transaction = begin(store)) {
            long generation = transaction.load().map(OAuthSettings::generation).orElse(0L);
            transaction.save(Samples.whole(generation + 1));
        }
    }
}
