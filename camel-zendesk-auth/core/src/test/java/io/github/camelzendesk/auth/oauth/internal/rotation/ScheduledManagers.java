package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static io.github.camelzendesk.auth.oauth.internal.engine.Schedules.check;

/** Managers of one store, and the loop of its ledger, which goes on when a thread lets time go by, or at the end. */
public class ScheduledManagers {
    private final ScheduledDisk disk = new ScheduledDisk();
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
        try (SettingsTransaction transaction = ledger.begin(disk, Duration.ZERO).orElse(null)) {
            if (transaction != null) {
                OAuthSettings stored = transaction.load().orElseThrow();
                OAuthSettings unsaved = ledger.outranking(stored, ScheduledDisk.NOTHING);
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
        return newest.withNextTokens(ScheduledDisk.pair());
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

    /** A manager could not save what it was given. */
    public static class Unsaved extends ScheduledManagers {
        public Unsaved() {
            come();
            rotateWithoutSpace();
        }
    }

    private static final class Guest implements Runnable {
        @Override
        public void run() {}
    }
}
