package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * The settings of one store that are in memory only, because they could not be saved when they came. One for each store
 * identity, shared by all managers of it; what is unsaved outlives them. Thread-safe.
 *
 * <p>While something is unsaved, the store's lock is kept: another process would find the used refresh token and present
 * it again. One loop tries to save, a few times soon and then once a minute, and once more when the JVM exits.
 */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Map<String, Ledger> ALL = new ConcurrentHashMap<>();
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);
    private static final int SHORT_PAUSES = 6;
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    private final String identity;
    private final AtomicReference<@Nullable RetainedLock> retained = new AtomicReference<>();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final Set<Runnable> users = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Unsaved unsaved;
    private volatile int failures;
    // Never sent again, even where the store could not be told.
    private volatile @Nullable EndedGrant ended;

    /**
     * @param settings what the store lacks
     * @param replaced what the store held before
     * @param engineHold keeps the threads and the shutdown hook while no manager is open
     */
    private record Unsaved(
            OAuthSettings settings,
            OAuthSettings replaced,
            SettingsStore store,
            EngineContext context,
            TaskScheduler.Cancellable engineHold) {}

    private Ledger(String identity) {
        this.identity = identity;
    }

    /**
     * The ledger of a store, until it is {@link #release released}.
     *
     * @param whenSaved runs when what was unsaved is saved; names the user
     */
    static Ledger open(SettingsStore store, Runnable whenSaved) {
        return ALL.compute(store.identity(), (identity, present) -> {
            Ledger ledger = present == null ? new Ledger(identity) : present;
            ledger.users.add(whenSaved);
            return ledger;
        });
    }

    /** Ends one use. What is unsaved stays, and so does the lock. */
    void release(Runnable whenSaved) {
        users.remove(whenSaved);
        forgetWhenIdle();
    }

    private void forgetWhenIdle() {
        ALL.computeIfPresent(
                identity, (key, present) -> present.users.isEmpty() && !present.isDirty() ? null : present);
    }

    /** The identity of the store. */
    String identity() {
        return identity;
    }

    /** Remembers a grant that Zendesk has refused. */
    void end(EndedGrant latest) {
        ended = latest;
    }

    /** The grant that was refused last; null when none was. */
    @Nullable
    EndedGrant ended() {
        return ended;
    }

    /** Whether memory holds what the store does not. */
    boolean isDirty() {
        return unsaved != null;
    }

    /**
     * What is unsaved, when it takes precedence over what is stored; null otherwise.
     *
     * @param nothing the empty settings of the connection that asks: what another owner has unsaved is not for it
     */
    @Nullable
    OAuthSettings outranking(@Nullable OAuthSettings stored, OAuthSettings nothing) {
        Unsaved latest = unsaved;
        return latest == null || !latest.settings.owner().equals(nothing.owner()) ? null : outranking(latest, stored);
    }

    private static @Nullable OAuthSettings outranking(Unsaved latest, @Nullable OAuthSettings stored) {
        return Precedence.isUnsaved(latest.settings, latest.replaced, stored) ? latest.settings : null;
    }

    /** The store's lock, which this JVM may have kept; empty when another process held it all that time. */
    Optional<SettingsTransaction> begin(SettingsStore store, Duration patience) throws InterruptedException {
        RetainedLock mine = retained.getAndSet(null);
        if (mine != null && mine.isExclusive()) {
            return Optional.of(mine);
        }
        if (mine != null) {
            // It was lost, and only a new one can save it.
            mine.transaction.close();
        }
        return store.begin(patience).map(RetainedLock::new);
    }

    /** Saves settings that descend from the latest ones, so that nothing is unsaved after. */
    void save(SettingsTransaction transaction, OAuthSettings settings) {
        Unsaved latest = unsaved;
        if (latest != null && !latest.settings.owner().equals(settings.owner())) {
            throw new SettingsStoreException("The settings location " + identity
                    + " is another connection's, whose tokens are still to be saved there. Set another"
                    + " oauthSettingsLocation for one of the two.");
        }
        transaction.save(settings);
        remember(null);
    }

    private void remember(@Nullable Unsaved next) {
        Unsaved before = unsaved;
        unsaved = next;
        if (before != null) {
            before.engineHold.cancel();
        }
    }

    /** Remembers what could not be saved, and goes on trying. */
    void saveLater(OAuthSettings settings, OAuthSettings replaced, SettingsStore store, EngineContext context) {
        remember(
                new Unsaved(settings, replaced, store, context, context.engine().hold(this::saveNow)));
        plan();
    }

    private void plan() {
        Unsaved latest = unsaved;
        if (latest == null || !planned.compareAndSet(false, true)) {
            return;
        }
        TaskScheduler engine = latest.context.engine();
        try {
            // On a thread of its own: it may wait for a lock, and must not keep other stores waiting.
            engine.after(pause(latest.context.random()), () -> engine.spawn(this::saveAsPlanned));
        } catch (RejectedExecutionException e) {
            LOG.debug("The JVM is about to end, and what is unsaved in {} is saved at its exit", identity, e);
        }
    }

    /** A disk may be full for a moment, or for days. */
    private Duration pause(RandomGenerator random) {
        return failures < SHORT_PAUSES ? ExponentialBackoff.after(failures + 1, random) : LONG_PAUSE;
    }

    private void saveAsPlanned() {
        planned.set(false);
        saveNow();
        failures = isDirty() ? failures + 1 : 0;
        plan();
    }

    /** Tries once, also on an interrupted thread: an interrupt closes the very file that is to be written. */
    void saveNow() {
        Unsaved latest = unsaved;
        if (latest == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            save(latest);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void save(Unsaved latest) throws InterruptedException {
        try (SettingsTransaction transaction =
                begin(latest.store, LOCK_PATIENCE).orElse(null)) {
            if (transaction != null) {
                saveLatest(transaction);
            }
        } catch (SettingsStoreException e) {
            // It was logged as an error when it began.
            LOG.debug("Still unsaved in {}. {}", identity, e.getMessage());
        }
        if (!isDirty()) {
            users.forEach(Runnable::run);
            forgetWhenIdle();
        }
    }

    private void saveLatest(SettingsTransaction transaction) {
        Unsaved latest = unsaved;
        OAuthSettings newest =
                latest == null ? null : outranking(latest, transaction.load().orElse(null));
        if (newest == null) {
            remember(null);
        } else {
            save(transaction, newest);
        }
    }

    /** A lock that is not given back while something is unsaved. */
    private final class RetainedLock extends DelegatingTransaction {
        RetainedLock(SettingsTransaction transaction) {
            super(transaction);
        }

        @Override
        public void close() {
            if (isDirty()) {
                retained.set(this);
            } else {
                super.close();
            }
        }
    }
}
