package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Notices that somebody else has changed the settings: another process, a login elsewhere, an operator. Safe for use by
 * several threads.
 *
 * <p>A store that can tell does so. Of any other the stamp is compared once a second, on the engine's threads and never on
 * the path of an exchange.
 */
final class SettingsWatch {
    static final Duration EVERY = Duration.ofSeconds(1);

    private final SettingsStore store;
    private final Engine engine;
    private final Runnable changed;
    private volatile boolean closed;
    private volatile Engine.@Nullable Cancellable next;
    private volatile Object last = SettingsWatch.class;
    private volatile SettingsStore.@Nullable Watch told;

    SettingsWatch(SettingsStore store, Engine engine, Runnable changed) {
        this.store = store;
        this.engine = engine;
        this.changed = changed;
    }

    /** Reports what is there already as the first change. Blocks on the store. */
    void start() {
        told = store.watch(() -> engine.execute(changed)).orElse(null);
        if (told == null) {
            look();
            return;
        }
        changed.run();
        if (closed) {
            close();
        }
    }

    private void look() {
        Object stamp = stamp().orElse(SettingsStore.class);
        if (closed) {
            return;
        }
        boolean unseen = !stamp.equals(last);
        last = stamp;
        if (!stamp.equals(SettingsStore.class)) {
            next = engine.after(EVERY, () -> engine.execute(this::look));
        }
        if (unseen) {
            changed.run();
        }
    }

    private Optional<Object> stamp() {
        try {
            return store.stamp();
        } catch (SettingsStoreException e) {
            // That it cannot be looked at is a state too, and one that ends.
            return Optional.of(SettingsStoreException.class);
        }
    }

    void close() {
        closed = true;
        Engine.Cancellable planned = next;
        if (planned != null) {
            planned.cancel();
        }
        SettingsStore.Watch watch = told;
        if (watch != null) {
            watch.close();
        }
    }
}
