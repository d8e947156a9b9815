package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * A row of a database, or a Secret with its lease: a lock that a living owner can lose, and saves that compare versions.
 */
final class SimulatedDatabase extends Place {
    private Optional<OAuthSettings> row = Optional.empty();
    private int version;
    private int locks;
    private SimulatedProcess owner;
    private boolean isFull;

    SimulatedDatabase(Simulation simulation) {
        super(simulation);
    }

    @Override
    SettingsStore store(SimulatedProcess process, SettingsOwner of) {
        return new Store(process, of);
    }

    @Override
    Optional<OAuthSettings> seen() {
        return row;
    }

    @Override
    Object copy() {
        return row;
    }

    @Override
    @SuppressWarnings("unchecked")
    void restore(Object copy) {
        row = (Optional<OAuthSettings>) copy;
        version++;
        changed();
    }

    @Override
    void put(OAuthSettings settings) {
        restore(Optional.of(settings));
    }

    @Override
    void release(SimulatedProcess process) {
        if (owner == process) {
            loseLock();
        }
    }

    @Override
    void loseLock() {
        owner = null;
        locks++;
    }

    @Override
    void setFull(boolean full) {
        isFull = full;
    }

    @Override
    void cutPower() {
        loseLock();
    }

    @Override
    boolean hasRoom() {
        return true;
    }

    private final class Store implements SettingsStore {
        private final SimulatedProcess process;
        private final SettingsOwner of;

        Store(SimulatedProcess process, SettingsOwner of) {
            this.process = process;
            this.of = of;
        }

        @Override
        public String identity() {
            return "database";
        }

        private void query() {
            simulation.step(process);
            if (isBroken()) {
                throw new SettingsStoreException("the database is down");
            }
        }

        @Override
        public Optional<OAuthSettings> load() {
            query();
            row.ifPresent(settings -> {
                if (!settings.owner().equals(of)) {
                    throw new SettingsStoreException("the row is another's");
                }
            });
            return row;
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) {
            query();
            long deadline = simulation.now() + patience.toNanos();
            while (owner != null) {
                if (!waitsUntil(process, deadline)) {
                    return Optional.empty();
                }
            }
            owner = process;
            return Optional.of(new Transaction(this, ++locks));
        }

        @Override
        public boolean canLoseLock() {
            return true;
        }
    }

    private final class Transaction implements SettingsTransaction {
        private final Store store;
        private int lock;
        private int seen;

        Transaction(Store store, int lock) {
            this.store = store;
            this.lock = lock;
            this.seen = version;
        }

        @Override
        public Optional<OAuthSettings> load() {
            Optional<OAuthSettings> loaded = store.load();
            seen = version;
            return loaded;
        }

        @Override
        public void save(OAuthSettings settings) {
            store.load();
            if (!isExclusive()) {
                takeAgain();
            }
            if (isFull || seen != version) {
                throw new SettingsStoreException(isFull ? "the database is full" : "another has changed the row");
            }
            Precedence.refuseOlder(settings, row.orElse(null), "the row");
            row = Optional.of(settings);
            seen = ++version;
            // The answer to the commit may be lost.
            store.query();
        }

        /** One that brings the only copy of a token may, if nobody has begun anything. */
        private void takeAgain() {
            if (owner != null) {
                throw new SettingsStoreException("another has the lock");
            }
            owner = store.process;
            lock = ++locks;
        }

        @Override
        public boolean isExclusive() {
            return lock == locks;
        }

        @Override
        public void close() {
            if (isExclusive()) {
                owner = null;
            }
        }
    }
}
