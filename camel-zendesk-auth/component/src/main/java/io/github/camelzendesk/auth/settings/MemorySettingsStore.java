package io.github.camelzendesk.auth.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings in the memory of this process, shared by all connections that use the same id and lost with the process. Safe
 * for use by several threads.
 */
final class MemorySettingsStore implements SettingsStore {
    private static final Logger LOG = LoggerFactory.getLogger(MemorySettingsStore.class);
    private static final Map<String, Cell> CELLS = new ConcurrentHashMap<>();

    private final String id;
    private final Cell cell;
    private final SettingsCodec codec;

    MemorySettingsStore(String id, SettingsCodec codec) {
        this.id = id;
        this.cell = CELLS.computeIfAbsent(id, unused -> new Cell());
        this.codec = codec;
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
            long stored = load().map(OAuthSettings::generation).orElse(0L);
            if (stored > settings.generation()) {
                throw new SettingsStoreException("The settings location " + identity() + " holds generation " + stored
                        + ", which generation " + settings.generation() + " must not replace.");
            }
            cell.settings = settings;
            cell.listeners.forEach(Runnable::run);
        }

        @Override
        public void close() {
            cell.lock.release();
        }
    }
}
