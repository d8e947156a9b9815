package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.refresh.InPlace;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/** A store in memory, and the engine of its managers. */
final class ScheduledDisk implements SettingsStore, InPlace, Runnable {
    static final OAuthSettings NOTHING = OAuthSettings.empty("https://acme.zendesk.com", "app");

    final Semaphore lock = new Semaphore(1);
    final AtomicInteger holds = new AtomicInteger();
    private final AtomicReference<Runnable> loop = new AtomicReference<>();
    final EngineContext context =
            new EngineContext(() -> Instant.EPOCH, () -> 0, new Random(1), this, null, TokenListener.NONE);
    volatile OAuthSettings stored = NOTHING.withNewLineage("login", pair());
    volatile String broken = "";

    static TokenPair pair() {
        return new TokenPair(Secret.of("a"), Secret.of("r"), null, Instant.EPOCH, null, null);
    }

    void timeGoesBy() {
        Runnable due = loop.getAndSet(null);
        if (due != null) {
            due.run();
        }
    }

    /** Something is saved. */
    @Override
    public void run() {}

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        if (loop.getAndSet(task) != null) {
            broken = "two loops";
        }
        return () -> {};
    }

    @Override
    public void pause(Duration delay) {}

    @Override
    public Cancellable hold(Runnable beforeExit) {
        holds.incrementAndGet();
        return holds::decrementAndGet;
    }

    @Override
    public String identity() {
        return "disk";
    }

    @Override
    public Optional<OAuthSettings> load() {
        return Optional.of(stored);
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) {
        return lock.tryAcquire() ? Optional.of(new Locked()) : Optional.empty();
    }

    private final class Locked implements SettingsTransaction {
        @Override
        public Optional<OAuthSettings> load() {
            return Optional.of(stored);
        }

        @Override
        public void save(OAuthSettings settings) {
            stored = settings;
        }

        @Override
        public void close() {
            lock.release();
        }
    }
}
