package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/** Where settings are kept, shared by all processes, with what may go wrong there. */
abstract class Place {
    final Simulation simulation;
    private final List<Watch> watches = new ArrayList<>();
    private long brokenUntil;
    private int saves;

    Place(Simulation simulation) {
        this.simulation = simulation;
    }

    private record Watch(SimulatedProcess process, Runnable told) implements SettingsStore.Watch {
        @Override
        public void close() {}
    }

    abstract SettingsStore store(SimulatedProcess process, SettingsOwner owner);

    /** What is stored, whatever is broken; throws {@link SettingsStoreException} when it cannot be understood. */
    abstract Optional<OAuthSettings> seen();

    Optional<OAuthSettings> seenOrNothing() {
        try {
            return seen();
        } catch (SettingsStoreException e) {
            return Optional.empty();
        }
    }

    /** All that is stored, for {@link #restore}. */
    abstract Object copy();

    abstract void restore(Object copy);

    /** What an operator does who has logged in elsewhere. */
    abstract void put(OAuthSettings settings);

    /** Frees what a dead process has locked. */
    abstract void release(SimulatedProcess process);

    /** Takes the lock from its owner, who lives and is not told. */
    abstract void loseLock();

    abstract void setFull(boolean full);

    /** All processes are dead. */
    abstract void cutPower();

    /** Whether a request may be sent now, as far as the space for its answer goes. */
    abstract boolean hasRoom();

    void breakFor(Duration time) {
        brokenUntil = simulation.now() + time.toNanos();
    }

    boolean isBroken() {
        return simulation.now() < brokenUntil;
    }

    void saving(int change) {
        saves += change;
    }

    boolean isSaving() {
        return saves > 0;
    }

    void heal() {
        brokenUntil = 0;
        setFull(false);
    }

    SettingsStore.Watch watch(SimulatedProcess process, Runnable changed) {
        Watch watch = new Watch(process, changed);
        watches.add(watch);
        return new SettingsStore.Watch() {
            @Override
            public void close() {
                watches.remove(watch);
            }
        };
    }

    /** Tells all who watch, within a second. */
    void changed() {
        watches.removeIf(watch -> watch.process.isDead());
        for (Watch watch : watches) {
            simulation.after(Duration.ofMillis(simulation.random.nextInt(1000)), watch.process, watch.told);
        }
    }

    /** Waits a little for a lock; false when the time is over. */
    boolean waitsUntil(SimulatedProcess process, long deadline) {
        long left = deadline - simulation.now();
        if (left <= 0) {
            return false;
        }
        simulation.sleep(process, Duration.ofNanos(Math.min(left, 1 + simulation.random.nextInt(500_000_000))));
        return true;
    }
}
