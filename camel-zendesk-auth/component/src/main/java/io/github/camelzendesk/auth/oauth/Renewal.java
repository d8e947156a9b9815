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
 * Keeps the tokens of one connection valid from its start to its close: by attempts of its own, and by adopting what
 * other processes store. Safe for use by several threads.
 */
final class Renewal implements AttemptRun.Ends, TokenSource.Events {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final Surroundings surroundings;
    private final SettingsStore store;
    private final TokenSource source;
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
        this.source = TokenSource.of(connection, store, server, surroundings, this);
        this.attempts = new Attempts(connection, surroundings, source, guarded, this);
        this.health = new Health(surroundings, source, guarded, schedule);
        this.announcer = new Announcer(connection, source, surroundings);
        this.watch = new SettingsWatch(source.store, surroundings, this::look);
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

    TokenSource source() {
        return source;
    }

    Connection connection() {
        return connection;
    }

    /**
     * Adopts what the store holds, in the background, and watches the store from then on.
     *
     * @throws ConfigurationRefused when a manager of the same store is configured with another grant;
     *     this one is closed
     */
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

    /** Adopts what the store holds, unless an attempt is about to do so anyway. Blocks on the store. */
    void look() {
        Long before = guarded.get(() -> mayLook() ? token.changes() : null);
        if (before == null) {
            return;
        }
        try {
            OAuthSettings stored = source.known();
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

    /** Called under the lock. Returns what to do after it is released; null when nothing was adopted. */
    private @Nullable Runnable takeOver(OAuthSettings stored, long before) {
        if (!mayLook() || token.changes() != before) {
            return null;
        }
        setbacks.forgetWhatSettingsMayCure();
        health.isOver(source.needsPerson(stored));
        schedule.planKeepAlive(stored);
        if (source.settings().adoptStored(stored)) {
            LOG.debug("Connection {}: adopted generation {}", connection.describe(), stored.generation());
            return attempts.adopted(stored);
        }
        if (source.settings().isSuperseded(stored)) {
            token.retire();
        }
        return null;
    }

    /** Reads the store again if a change was skipped because of an attempt, which may have read it before. */
    private void lookAgainIfMissed() {
        if (guarded.get(this::takeMissed)) {
            lookSoon();
        }
    }

    private boolean takeMissed() {
        boolean missed = lookMissed;
        lookMissed = false;
        return missed;
    }

    /** Forgets the current token, which was revoked. */
    void forget() {
        guarded.run(() -> {
            token.replace(null);
            schedule.cancel();
            setbacks.forget();
            OAuthSettings held = source.settings().current();
            health.isOver(held != null && source.needsPerson(held));
        });
        Siblings.tell(store.identity(), this);
        announcer.dirtiness();
    }

    /** Waits for a request that is under way, saves what is unsaved, and begins nothing after. */
    void close() {
        watch.close();
        attempts.close();
        guarded.run(schedule::cancel);
        source.flush();
        announcer.dirtiness();
        Siblings.leave(store.identity(), this);
        // A closer who is interrupted, or out of patience, leaves a request under way, whose answer must be
        // stored all the same.
        attempts.whenIdle(this::letGo);
    }

    private void letGo() {
        source.release();
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
        if (!(error instanceof AuthorizationRequired)) {
            guarded.run(this::retryLater);
        }
        boolean again = health.failed(error);
        lookAgainIfMissed();
        announcer.failed(error, again, duration);
    }

    private void retryLater() {
        Authorization current = token.current();
        if (!guarded.attempts().isClosed() && current != null && current.wasUsed()) {
            schedule.retry(setbacks.left(), current.generation());
        }
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
        guarded.run(() -> {
            token.replace(schedule.authorization(settings));
            health.isOver(source.needsPerson(settings));
            if (!guarded.attempts().isClosed()) {
                schedule.plan(settings);
            }
        });
    }

    private void due(long generation) {
        if (guarded.get(() -> token.due(generation))) {
            demand(needOf(generation));
        }
    }

    /** Rotates a refresh token before it expires unused. */
    private void keepAlive(long generation) {
        Authorization current = token.current();
        if (current == null || current.generation() <= generation) {
            // Nobody is at work, so nobody is asked to log in.
            demand(needOf(generation).alone());
        }
    }

    private Need needOf(long generation) {
        return Need.newerThan(generation, source.settings().current());
    }

    private void demand(Need need) {
        CompletableFuture<Authorization> ignored = attempts.demand(need);
        ignored.exceptionally(error -> null);
    }

    private void inBackground(Runnable work) {
        try {
            surroundings.engine().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {}: the JVM is about to end, nothing is begun", connection.describe());
        }
    }
}
