package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Notices that somebody else has changed the settings: another process, a login elsewhere, an operator. Safe for use by
 * several threads.
 *
 * <p>A store that can tell does so. Of any other the stamp is compared once a second, or less often where there are
 * {@link Looks many}, on the engine's threads and never on the path of an exchange.
 */
final class SettingsWatch {
    /** With up to a thousand watches. */
    static final Duration EVERY = Duration.ofSeconds(1);

    private final SettingsStore store;
    private final Surroundings surroundings;
    private final Runnable changed;
    private final AtomicBoolean entered = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Engine.@Nullable Cancellable next;
    private volatile Object last = SettingsWatch.class;
    private volatile SettingsStore.@Nullable Watch told;

    SettingsWatch(SettingsStore store, Surroundings surroundings, Runnable changed) {
        this.store = store;
        this.surroundings = surroundings;
        this.changed = changed;
    }

    /** Reports what is there already as the first change. Blocks on the store. */
    void start() {
        told = store.watch(() -> surroundings.engine().execute(changed)).orElse(null);
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
            leave();
            return;
        }
        boolean unseen = !stamp.equals(last);
        last = stamp;
        if (stamp.equals(SettingsStore.class)) {
            leave();
        } else {
            lookAgain();
        }
        if (unseen) {
            changed.run();
        }
    }

    private void lookAgain() {
        Engine engine = surroundings.engine();
        next = engine.after(untilNext(), () -> engine.execute(this::look));
    }

    private Duration untilNext() {
        boolean first = entered.compareAndSet(false, true);
        long shortest = EVERY.toNanos();
        if (first) {
            surroundings.looks().enter();
            // Processes that were started at the same time do not look at the same time.
            shortest = surroundings.random().nextLong(shortest);
        }
        return surroundings.looks().next(surroundings.nanoTime().getAsLong(), Duration.ofNanos(shortest));
    }

    private void leave() {
        if (entered.compareAndSet(true, false)) {
            surroundings.looks().leave();
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
        leave();
        SettingsStore.Watch watch = told;
        if (watch != null) {
            watch.close();
        }
    }
}
