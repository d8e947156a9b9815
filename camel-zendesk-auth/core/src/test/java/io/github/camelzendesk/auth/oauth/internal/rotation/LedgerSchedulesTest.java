package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.engine.Schedules;
import io.github.camelzendesk.auth.oauth.internal.refresh.InPlace;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.simulation.PlantedFault;

import static io.github.camelzendesk.auth.oauth.internal.engine.Schedules.check;

/** Managers of one store and its ledger, under thread schedules that Lincheck chooses. */
@Tag("schedules")
public class LedgerSchedulesTest {
    private static final String FILE = "oauth/internal/rotation/Ledger";
    private static final Schedules COME =
            new Schedules(Managers.class, "come", "come");
    private static final Schedules COME_AND_GO =
            new Schedules(Managers.class, "comeAndGo", "come");
    private static final Schedules ROTATE =
            new Schedules(Unsaved.class, "rotate", "rotate");
    private static final Schedules LOOP =
            new Schedules(Unsaved.class, "timeGoesBy", "rotate");
    private static final Schedules NO_SPACE =
            new Schedules(Unsaved.class, "timeGoesBy", "rotateWithoutSpace");

    @Test
    void managersThatComeAtOnceShareOneLedger() {
        COME.explore();
    }

    @Test
    void aManagerThatComesAsTheLastOneGoesSharesItsLedgerWithTheNext() {
        COME_AND_GO.explore();
    }

    @Test
    void twoManagersNeverPresentTheSameToken() {
        ROTATE.explore();
    }

    @Test
    void theLoopNeverSavesOverWhatAManagerSaved() {
        LOOP.explore();
    }

    @Test
    void oneLoopGoesOnUntilWhateverFailedIsSaved() {
        NO_SPACE.explore();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                COME.fault(
                        "a ledger is looked up, and then made",
                        "two ledgers of one store",
                        FILE,
                        "        return ALL.compute(store.identity(), (identity, present) -> {\n            Ledger ledger = present == null ? new Ledger(identity) : present;\n            ledger.users.add(whenSaved);\n            return ledger;\n        });\n",
                        "        Ledger present = ALL.get(store.identity());\n        Ledger ledger = present == null ? new Ledger(store.identity()) : present;\n        ledger.users.add(whenSaved);\n        ALL.put(store.identity(), ledger);\n        return ledger;\n"),
                COME_AND_GO.fault(
                        "a ledger is found idle, and then forgotten",
                        "two ledgers of one store",
                        FILE,
                        "        ALL.computeIfPresent(\n                identity, (key, present) -> present.users.isEmpty() && !present.isDirty() ? null : present);\n",
                        "        if (users.isEmpty() && !isDirty()) {\n            ALL.remove(identity);\n        }\n"),
                ROTATE.fault(
                        "two take one lock that was kept",
                        "the lock of the store is kept",
                        FILE,
                        "RetainedLock mine = retained.getAndSet(null);",
                        "RetainedLock mine = retained.get();\n        retained.set(null);"),
                NO_SPACE.fault(
                        "what is unsaved is read before the lock is taken",
                        "the latest tokens are lost",
                        FILE,
                        "                saveLatest(transaction);\n",
                        "                OAuthSettings newest = outranking(latest, transaction.load().orElse(null));\n                if (newest == null) {\n                    remember(null);\n                } else {\n                    save(transaction, newest);\n                }\n"),
                NO_SPACE.fault(
                        "whether a loop is planned is asked, and then one is",
                        "two loops",
                        FILE,
                        "!planned.compareAndSet(false, true)",
                        "planned.get() || planned.getAndSet(true) && false"),
                NO_SPACE.fault(
                        "the loop ends without a look at what came meanwhile",
                        "the latest tokens are lost",
                        FILE,
                        "        planned.set(false);\n        saveNow();\n        failures = isDirty() ? failures + 1 : 0;\n        plan();\n",
                        "        saveNow();\n        boolean again = isDirty();\n        planned.set(false);\n        if (again) {\n            plan();\n        }\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aPlantedFaultIsFound(PlantedFault fault, Schedules schedules, String shown, @TempDir Path classes)
            throws Exception {
        schedules.find(fault, shown, classes);
    }

    /** Managers of one store, and the loop of its ledger, which goes on when a thread lets time go by, or at the end. */
    public static class Managers {
        private final Disk disk = new Disk();
        private final Queue<Ledger> open = new ConcurrentLinkedQueue<>();
        private final AtomicLong presented = new AtomicLong(1);
        private volatile String broken = "";

        @Operation
        public void come() {
            open.add(Ledger.open(disk, disk));
        }

        @Operation
        public void comeAndGo() {
            Runnable guest = new Guest();
            Ledger.open(disk, guest).release(guest);
        }

        @Operation
        public void timeGoesBy() {
            disk.timeGoesBy();
        }

        @Operation
        public void rotate() {
            rotate((ledger, transaction, next) -> ledger.save(transaction, next));
        }

        @Operation
        public void rotateWithoutSpace() {
            rotate((ledger, transaction, next) -> ledger.saveLater(next, disk.stored, disk, disk.context));
        }

        private interface Kept {
            void keep(Ledger ledger, SettingsTransaction transaction, OAuthSettings next);
        }

        private void rotate(Kept kept) {
            Ledger ledger = open.element();
            try (SettingsTransaction transaction =
                    ledger.begin(disk, Duration.ZERO).orElse(null)) {
                if (transaction != null) {
                    OAuthSettings stored = transaction.load().orElseThrow();
                    OAuthSettings unsaved = ledger.outranking(stored, Disk.NOTHING);
                    kept.keep(ledger, transaction, next(unsaved == null ? stored : unsaved));
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private OAuthSettings next(OAuthSettings newest) {
            if (!presented.compareAndSet(newest.generation(), newest.generation() + 1)) {
                broken = "a refresh token is presented again";
            }
            return newest.withNextTokens(Disk.pair());
        }

        @Validate
        public void nothingIsLost() {
            for (int round = 0; round < 3; round++) {
                timeGoesBy();
            }
            check(broken.isEmpty(), broken);
            check(disk.broken.isEmpty(), disk.broken);
            check(disk.stored.generation() == presented.get(), "the latest tokens are lost");
            check(disk.lock.availablePermits() == 1, "the lock of the store is kept");
            check(disk.holds.get() == 0, "the engine is held for ever");
            Ledger shared = Ledger.open(disk, disk);
            open.forEach(one -> check(one == shared, "two ledgers of one store"));
            shared.release(disk);
        }
    }

    /** A manager could not save what it was given. */
    public static class Unsaved extends Managers {
        public Unsaved() {
            come();
            rotateWithoutSpace();
        }
    }

    private static final class Guest implements Runnable {
        @Override
        public void run() {}
    }

    /** A store in memory, and the engine of its managers. */
    private static final class Disk implements SettingsStore, InPlace, Runnable {
        static final OAuthSettings NOTHING = OAuthSettings.empty("https://acme.zendesk.com", "app");

        private final Semaphore lock = new Semaphore(1);
        private final AtomicInteger holds = new AtomicInteger();
        private final AtomicReference<Runnable> loop = new AtomicReference<>();
        private final EngineContext context =
                new EngineContext(() -> Instant.EPOCH, () -> 0, new Random(1), this, null, TokenListener.NONE);
        private volatile OAuthSettings stored = NOTHING.withNewLineage("login", pair());
        private volatile String broken = "";

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
}
