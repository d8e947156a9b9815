package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Keeps the tokens of one connection alive from its start to its close: by attempts of its own, and by what others bring to
 * the store. Safe for use by several threads.
 */
final class Renewal implements AttemptRun.Ends, TokenSource.Events {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final Surroundings surroundings;
    private final SettingsStore store;
    private final TokenSource rotation;
    private final Guarded guarded;
    private final CurrentToken token; // guarded
    private final Setbacks setbacks; // guarded
    private final Schedule schedule; // guarded
    private final Attempts attempts;
    private final Health health;
    private final Announcer announcer;
    private final SettingsWatch watch;
    private volatile Engine.Cancellable engineHold = () -> {};
    private boolean lookMissed; // guarded

    Renewal(
            Connection connection,
            CurrentToken token,
            SettingsStore store,
            AuthorizationServer server,
            Surroundings surroundings) {
        this.connection = connection;
        this.surroundings = surroundings;
        this.store = store;
        this.token = token;
        this.setbacks = new Setbacks(surroundings.nanoTime(), surroundings.random());
        this.guarded = new Guarded(new ReentrantLock(), token, setbacks, new AttemptQueue());
        this.schedule = new Schedule(connection, surroundings, this::due, this::keepAlive);
        this.rotation = TokenSource.of(connection, store, server, surroundings, this);
        this.attempts = new Attempts(connection, surroundings, rotation, guarded, this);
        this.health = new Health(surroundings, rotation, guarded, schedule);
        this.announcer = new Announcer(connection, rotation, surroundings);
        this.watch = new SettingsWatch(rotation.store, surroundings, this::look);
    }

    Attempts attempts() {
        return attempts;
    }

    Health health() {
        return health;
    }

    @Nullable
    Authorization token() {
        return token.current();
    }

    TokenSource rotation() {
        return rotation;
    }

    Connection connection() {
        return connection;
    }

    /** Takes over what the store holds, so that the first call finds it, and goes on watching the store. */
    void start() {
        engineHold = surroundings.engine().hold();
        try {
            Siblings.join(store.identity(), this);
        } catch (ConfigurationRefused e) {
            letGo();
            throw e;
        }
        inBackground(watch::start);
    }

    boolean reject(long generation) {
        return guarded.get(() -> token.reject(generation));
    }

    /** Takes over what the store holds, unless an attempt is about to do so anyway. Blocks on the store. */
    void look() {
        Long before = guarded.get(() -> mayLook() ? token.changes() : null);
        if (before == null) {
            return;
        }
        try {
            OAuthSettings stored = rotation.known();
            Runnable toDo = guarded.get(() -> takeOver(stored, before));
            if (toDo != null) {
                toDo.run();
                health.adopted();
                announcer.adopted();
            }
        } catch (SettingsStoreException e) {
            LOG.warn("Connection {}: {}", connection.describe(), e.getMessage());
        }
    }

    void lookSoon() {
        inBackground(this::look);
    }

    private boolean mayLook() {
        lookMissed = guarded.attempts().isRunning();
        return !lookMissed && !guarded.attempts().isClosed();
    }

    /** Under the lock. What this returns is to be done without it; null when nothing was taken over. */
    private @Nullable Runnable takeOver(OAuthSettings stored, long before) {
        if (!mayLook() || token.changes() != before) {
            return null;
        }
        setbacks.forgetWhatSettingsMayCure();
        health.isOver(rotation.needsPerson(stored));
        schedule.planKeepAlive(stored);
        if (rotation.adoptStored(stored)) {
            LOG.debug("Connection {}: adopted generation {}", connection.describe(), stored.generation());
            return attempts.adopted(stored);
        }
        if (rotation.isSuperseded(stored)) {
            token.retire();
        }
        return null;
    }

    /** What was not looked at because of an attempt: that may have read the store before it changed. */
    private void lookAgainIfMissed() {
        boolean missed = guarded.get(() -> {
            boolean was = lookMissed;
            lookMissed = false;
            return was;
        });
        if (missed) {
            lookSoon();
        }
    }

    /** Nobody takes the current value any more: it was revoked. */
    void forget() {
        guarded.lock().lock();
        try {
            token.replace(null);
            schedule.cancel();
            setbacks.forget();
            OAuthSettings held = rotation.held();
            health.isOver(held != null && rotation.needsPerson(held));
        } finally {
            guarded.lock().unlock();
        }
        Siblings.tell(store.identity(), this);
        announcer.dirtiness();
    }

    /** Begins nothing any more; what is under way lands, and what is unsaved is saved. */
    void close() {
        watch.close();
        attempts.close();
        guarded.get(() -> {
            schedule.cancel();
            return schedule;
        });
        rotation.flush();
        announcer.dirtiness();
        Siblings.leave(store.identity(), this);
        // A closer who is interrupted, or out of patience, leaves a request under way, whose answer must land
        // somewhere.
        attempts.whenIdle(this::letGo);
    }

    private void letGo() {
        rotation.release();
        engineHold.cancel();
    }

    @Override
    public void stored() {
        announcer.dirtiness();
    }

    @Override
    public void succeeded(boolean obtained, Duration duration) {
        health.succeeded();
        lookAgainIfMissed();
        Siblings.tell(store.identity(), this);
        if (obtained) {
            announcer.obtained(duration);
        } else {
            announcer.adopted();
        }
    }

    @Override
    public void failed(ZendeskAuthException error, Duration duration) {
        guarded.lock().lock();
        try {
            Authorization current = token.current();
            if (!guarded.attempts().isClosed()
                    && current != null
                    && current.wasUsed()
                    && !(error instanceof AuthorizationRequired)) {
                schedule.retry(setbacks.left(), current.generation());
            }
        } finally {
            guarded.lock().unlock();
        }
        boolean again = health.failed(error);
        lookAgainIfMissed();
        announcer.failed(error, again, duration);
    }

    @Override
    public void awaitsPerson() {
        lookAgainIfMissed();
    }

    @Override
    public void beforeSending() {
        attempts.sending(surroundings.nanoTime().getAsLong());
    }

    @Override
    public void publish(OAuthSettings settings) {
        guarded.lock().lock();
        try {
            token.replace(schedule.authorization(settings));
            health.isOver(rotation.needsPerson(settings));
            if (!guarded.attempts().isClosed()) {
                schedule.plan(settings);
            }
        } finally {
            guarded.lock().unlock();
        }
    }

    private void due(long generation) {
        if (guarded.get(() -> token.due(generation))) {
            demand(needOf(generation));
        }
    }

    /** Rotates a refresh token that would lapse otherwise; its access token may be of no use to anybody. */
    private void keepAlive(long generation) {
        Authorization current = token.current();
        if (current == null || current.generation() <= generation) {
            // Nobody is at work, so nobody is asked to log in.
            demand(needOf(generation).alone());
        }
    }

    private Need needOf(long generation) {
        return Need.newerThan(generation, rotation.held());
    }

    private void demand(Need need) {
        CompletableFuture<Authorization> nobodys = attempts.demand(need);
        nobodys.exceptionally(error -> null);
    }

    private void inBackground(Runnable work) {
        try {
            surroundings.engine().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {}: the JVM is about to end, nothing is begun", connection.describe());
        }
    }
}
