package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** One process in a {@link EngineFixture}: it shares the store with the others and nothing else, and it can die. */
final class FixtureProcess implements InPlace, SettingsStore {
    private final EngineFixture world;
    private boolean dead;

    FixtureProcess(EngineFixture world) {
        this.world = world;
    }

    /** From now on nothing that it has planned will happen, and its lock is free. */
    void die() {
        dead = true;
        if (world.holder == this) {
            world.holder = null;
        }
    }

    @Override
    public void execute(Runnable work) {
        if (!dead) {
            work.run();
        }
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return world.after(delay, () -> execute(task));
    }

    @Override
    public void pause(Duration delay) {
        world.pause(delay);
    }

    @Override
    public String identity() {
        return "process:" + System.identityHashCode(this);
    }

    @Override
    public Optional<OAuthSettings> load() {
        return world.load();
    }

    @Override
    public Optional<Object> stamp() {
        return world.stamp();
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) {
        return world.begin(patience, this);
    }
}
