package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.oauth.internal.rotation.DelegatingTransaction;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** A place as one process has it, with an identity of its own: what one JVM knows, no other does. Tells the oracle. */
final class ObservedStore implements SettingsStore {
    static final String PREFIX = "simulated:";

    private static final int LONGEST_NAME = 4;

    private final SettingsStore store;
    private final SimulatedProcess process;
    private final Place place;
    private final Oracle oracle;
    private String name = "";

    ObservedStore(SettingsStore store, SimulatedProcess process, Place place, Oracle oracle) {
        this.store = store;
        this.process = process;
        this.place = place;
        this.oracle = oracle;
    }

    @Override
    public String identity() {
        return PREFIX + process.name() + ":" + (place == oracle.place ? "" : "2");
    }

    @Override
    public Optional<OAuthSettings> load() {
        return store.load().map(this::asWritten);
    }

    /** All processes are this JVM, so their notes carry one name; in the place each has its own. */
    private OAuthSettings named(OAuthSettings settings) {
        PendingExchange note = settings.pending();
        if (note == null || isOthers(note)) {
            return settings;
        }
        name = note.owner();
        return settings.withPending(by(process.name(), note));
    }

    private OAuthSettings asWritten(OAuthSettings settings) {
        PendingExchange note = settings.pending();
        return note == null || !note.owner().equals(process.name()) ? settings : settings.withPending(by(name, note));
    }

    private static boolean isOthers(PendingExchange note) {
        return note.owner().length() <= LONGEST_NAME;
    }

    private static PendingExchange by(String owner, PendingExchange note) {
        return new PendingExchange(
                note.fingerprint(), note.generation(), note.startedAt(), owner, note.mayTake(), note.earlier());
    }

    @Override
    public Optional<Watch> watch(Runnable changed) {
        return Optional.of(place.watch(process, changed));
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        return store.begin(patience).map(Observed::new);
    }

    @Override
    public boolean canLoseLock() {
        return store.canLoseLock();
    }

    private final class Observed extends DelegatingTransaction {
        Observed(SettingsTransaction transaction) {
            super(transaction);
        }

        @Override
        public Optional<OAuthSettings> load() {
            return super.load().map(ObservedStore.this::asWritten);
        }

        @Override
        public void save(OAuthSettings settings) {
            Optional<OAuthSettings> before = place.seenOrNothing();
            boolean done = false;
            place.saving(1);
            try {
                super.save(named(settings));
                done = true;
            } finally {
                place.saving(-1);
                tell(before, settings, done);
            }
        }

        private void tell(Optional<OAuthSettings> before, OAuthSettings settings, boolean done) {
            process.simulation.tell(process, () -> (done ? "stores " : "fails to store ") + Texts.of(settings));
            Optional<OAuthSettings> after = place.seenOrNothing();
            oracle.stored.saves(process, place, before, after, done);
            if (!before.equals(after)) {
                place.changed();
            }
        }
    }
}
