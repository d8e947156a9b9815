package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * A store whose lock a living holder can lose. While the holder's token request may be under way, its note counts as
 * the lock: no other process presents the same refresh token, or takes the lock, so that the holder can store the
 * answer. What the store throws comes out as {@link SettingsStoreException}. Thread-safe.
 */
final class PatientStore implements SettingsStore {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final SettingsStore store;
    private final EngineContext context;
    private final ForeignExchange foreign = new ForeignExchange();

    PatientStore(SettingsStore store, EngineContext context) {
        this.store = store;
        this.context = context;
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        try {
            return beginUnlessUnderWay(patience);
        } catch (RuntimeException | Error e) {
            throw trouble(e);
        }
    }

    private Optional<SettingsTransaction> beginUnlessUnderWay(Duration patience) throws InterruptedException {
        // Reads without the lock first, to leave the lock to the owner of the note.
        Duration left = foreign.left(now()).isZero() ? Duration.ZERO : left(store.load());
        if (!left.isZero()) {
            return pause(left, patience);
        }
        Optional<SettingsTransaction> begun = store.begin(patience);
        return begun.isEmpty() ? begun : unlessUnderWay(begun.get(), patience);
    }

    private Optional<SettingsTransaction> unlessUnderWay(SettingsTransaction transaction, Duration patience)
            throws InterruptedException {
        Duration left = Duration.ZERO;
        boolean isOurs = false;
        try {
            Optional<OAuthSettings> found = transaction.load();
            left = store.canLoseLock() ? left(found) : Duration.ZERO;
            isOurs = left.isZero();
            if (isOurs) {
                return Optional.of(new Noting(transaction, found));
            }
        } finally {
            if (!isOurs) {
                transaction.close();
            }
        }
        LOG.info(
                "{}: another process lost the lock with a token request under way. Waiting {} s at most for its answer",
                identity(),
                left.toSeconds());
        return pause(left, patience);
    }

    private Optional<SettingsTransaction> pause(Duration left, Duration patience) throws InterruptedException {
        Duration pause = left.compareTo(patience) < 0 ? left : patience;
        if (!pause.isZero()) {
            context.engine().pause(pause);
        }
        return Optional.empty();
    }

    private Duration left(Optional<OAuthSettings> found) {
        return foreign.left(found.map(OAuthSettings::pending).orElse(null), now());
    }

    private long now() {
        return context.nanoTime().getAsLong();
    }

    @Override
    public String identity() {
        return store.identity();
    }

    /** Whatever a store of the user throws, issued tokens must be remembered. */
    private SettingsStoreException trouble(Throwable e) {
        return e instanceof SettingsStoreException known
                ? known
                : new SettingsStoreException(
                        "The settings location " + identity() + " cannot be used ("
                                + e.getClass().getName() + "): its cause says why.",
                        e);
    }

    private <T> T use(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            throw trouble(e);
        }
    }

    @Override
    public Optional<OAuthSettings> load() {
        return use(store::load);
    }

    @Override
    public Optional<Object> stamp() {
        return use(store::stamp);
    }

    @Override
    public Optional<Watch> watch(Runnable changed) {
        return store.watch(changed);
    }

    @Override
    public boolean canLoseLock() {
        return store.canLoseLock();
    }

    /** Remembers the notes that are ours. */
    private final class Noting extends DelegatingTransaction {
        // Read a moment ago, under this lock; saves a second request to the database.
        private @Nullable Optional<OAuthSettings> found;

        Noting(SettingsTransaction transaction, Optional<OAuthSettings> found) {
            super(transaction);
            this.found = found;
        }

        @Override
        public Optional<OAuthSettings> load() {
            Optional<OAuthSettings> first = found;
            found = null;
            return first == null ? use(transaction::load) : first;
        }

        @Override
        public void save(OAuthSettings settings) {
            PendingExchange note = settings.pending();
            if (note != null) {
                // Before it is saved: the database may store it and lose the answer.
                foreign.write(note);
            }
            use(() -> {
                transaction.save(settings);
                return settings;
            });
        }

        @Override
        public void reserve() {
            use(() -> {
                transaction.reserve();
                return transaction;
            });
        }

        @Override
        public boolean isExclusive() {
            try {
                return transaction.isExclusive();
            } catch (RuntimeException | Error e) {
                LOG.debug("{}: whether its lock is still held is not known", identity(), e);
                return false;
            }
        }

        @Override
        public Optional<String> keepUnparsed(byte[] answer) {
            return use(() -> transaction.keepUnparsed(answer));
        }

        @Override
        public void close() {
            try {
                transaction.close();
            } catch (RuntimeException | Error e) {
                LOG.warn("{}: its lock could not be given back", identity(), e);
            }
        }
    }
}
