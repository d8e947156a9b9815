package io.github.camelzendesk.auth.settings.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * Settings in the memory of this process, shared by all connections that use the same id and lost with the process.
 * Thread-safe.
 *
 * <p>A grant with a refresh token stays when its id is no longer in use, because there is no other copy: until the last
 * owner that holds it lets go, or with the process when none does. All else is dropped at once: a client's token can be
 * requested again.
 */
public final class MemorySettingsStore implements SettingsStore {
    private static final Logger LOG = LoggerFactory.getLogger(MemorySettingsStore.class);
    private static final Map<String, Known> CELLS = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Cell> UNUSED = new ReferenceQueue<>();

    private final String id;
    private final Cell cell;
    private final SettingsCodec codec;

    public MemorySettingsStore(String id, SettingsCodec codec) {
        this.id = id;
        this.cell = cell(id);
        this.codec = codec;
    }

    private static Cell cell(String id) {
        forgetUnused();
        AtomicReference<Cell> found = new AtomicReference<>();
        CELLS.compute(id, (key, known) -> {
            Cell cell = known == null ? null : known.get();
            found.set(cell == null ? new Cell() : cell);
            return cell == null ? new Known(id, found.get()) : known;
        });
        return found.get();
    }

    private static void forgetUnused() {
        for (Reference<? extends Cell> gone = UNUSED.poll(); gone != null; gone = UNUSED.poll()) {
            CELLS.remove(((Known) gone).id, gone);
        }
    }

    /** Keeps the settings until this owner lets go, as a Camel context does at its end. */
    public void hold(Object owner) {
        CELLS.computeIfPresent(id, (key, known) -> {
            known.owners.add(owner);
            return known;
        });
    }

    /** Forgets all settings that this owner held, and that no other one holds and no open connection uses. */
    public static void letGo(Object owner) {
        for (String id : CELLS.keySet()) {
            CELLS.computeIfPresent(id, (key, known) -> known.isOverAfter(owner) ? null : known);
        }
    }

    /** For a test. */
    static boolean isKnown(String id) {
        forgetUnused();
        return CELLS.containsKey(id);
    }

    @Override
    public String identity() {
        return "memory:" + id;
    }

    @Override
    public Optional<OAuthSettings> load() {
        OAuthSettings stored = cell.settings;
        if (stored != null) {
            codec.checkOwner(stored.owner(), "The settings location " + identity());
        }
        return Optional.ofNullable(stored);
    }

    @Override
    public Optional<Watch> watch(Runnable changed) {
        // Two wishes may share one Runnable, and each ends for itself.
        Runnable own = () -> tell(changed);
        cell.listeners.add(own);
        return Optional.of(() -> cell.listeners.remove(own));
    }

    private void tell(Runnable changed) {
        try {
            changed.run();
        } catch (RuntimeException e) {
            // What is saved is saved, and the others are told all the same.
            LOG.debug("Somebody could not be told of a change in {}", identity(), e);
        }
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        return cell.lock.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)
                ? Optional.of(new MemoryTransaction())
                : Optional.empty();
    }

    /** A cell, kept while a store uses it or while it holds the only copy of a grant. */
    private static final class Known extends WeakReference<Cell> {
        private final String id;
        private final Set<Object> owners = ConcurrentHashMap.newKeySet();
        private volatile @Nullable Cell kept;

        Known(String id, Cell cell) {
            super(cell, UNUSED);
            this.id = id;
        }

        private boolean isOverAfter(Object owner) {
            if (!owners.remove(owner) || !owners.isEmpty()) {
                return false;
            }
            kept = null;
            Cell cell = get();
            return cell == null || cell.listeners.isEmpty();
        }
    }

    private static final class Cell {
        private final Semaphore lock = new Semaphore(1, true);
        private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
        private volatile @Nullable OAuthSettings settings; // written under lock
    }

    private final class MemoryTransaction implements SettingsTransaction {
        @Override
        public Optional<OAuthSettings> load() {
            return MemorySettingsStore.this.load();
        }

        @Override
        public void save(OAuthSettings settings) {
            Precedence.refuseOlder(settings, load().orElse(null), "The settings location " + identity());
            cell.settings = settings;
            Known known = CELLS.get(id);
            if (known != null) {
                known.kept = settings.refreshToken() == null ? null : cell;
            }
            cell.listeners.forEach(Runnable::run);
        }

        @Override
        public void close() {
            cell.lock.release();
        }
    }
}
