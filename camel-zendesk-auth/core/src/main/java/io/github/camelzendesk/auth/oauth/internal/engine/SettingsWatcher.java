package io.github.camelzendesk.auth.oauth.internal.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.PollRateLimiter;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Notices that the settings were changed by another process, a login elsewhere or an operator. Thread-safe.
 *
 * <p>A store that can tell does so. Of any other the stamp is compared once a second, or less often where there are
 * {@link PollRateLimiter many}, on the engine's threads and never on the path of an exchange.
 */
public final class SettingsWatcher {
    /** With up to a thousand watches. */
    private final SettingsStore store;

    private final EngineContext context;
    private final Runnable changed;
    private final AtomicBoolean entered = new AtomicBoolean();
    private volatile boolean closed;
    private volatile TaskScheduler.@Nullable Cancellable next;
    private volatile Object last = SettingsWatcher.class;
    private volatile SettingsStore.@Nullable Watch told;

    public SettingsWatcher(SettingsStore store, EngineContext context, Runnable changed) {
        this.store = store;
        this.context = context;
        this.changed = changed;
    }

    /** Reports what is there already as the first change. Blocks on the store. */
    public void start() {
        told = store.watch(() -> context.engine().execute(changed)).orElse(null);
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
        TaskScheduler engine = context.engine();
        next = engine.after(untilNext(), () -> engine.execute(this::look));
    }

    private Duration untilNext() {
        boolean first = entered.compareAndSet(false, true);
        long shortest = PollRateLimiter.EVERY.toNanos();
        if (first) {
            context.polls().enter();
            // Processes that were started at the same time do not look at the same time.
            shortest = context.random().nextLong(shortest);
        }
        return context.polls().next(context.nanoTime().getAsLong(), Duration.ofNanos(shortest));
    }

    private void leave() {
        if (entered.compareAndSet(true, false)) {
            context.polls().leave();
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

    public void close() {
        closed = true;
        TaskScheduler.Cancellable planned = next;
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
