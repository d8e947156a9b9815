package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.Engine;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.engine.SettingsWatcher;
import io.github.camelzendesk.auth.oauth.internal.rotation.ClientCredentialsGrant;
import io.github.camelzendesk.auth.oauth.internal.rotation.Rotation;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenRequirement;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenSource;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Keeps the tokens of one connection valid from its start to its close: by attempts of its own, and by adopting what
 * other processes store. Safe for use by several threads.
 */
final class RefreshCoordinator implements LocalPeers.Peer, AttemptRun.Ends, TokenSource.Events {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final EngineContext context;
    private final SettingsStore store;
    private final TokenSource source;
    private final Guarded guarded;
    private final CurrentToken token; // guarded
    private final FailureMemory setbacks; // guarded
    private final Schedule schedule; // guarded
    private final Attempts attempts;
    private final Health health;
    private final EventDispatcher dispatcher;
    private final SettingsWatcher watch;
    private volatile Engine.Cancellable engineHold = () -> {};
    private boolean lookMissed; // guarded

    RefreshCoordinator(
            Connection connection,
            CurrentToken token,
            SettingsStore store,
            AuthorizationServer server,
            EngineContext context) {
        this.connection = connection;
        this.context = context;
        this.store = store;
        this.token = token;
        this.setbacks = new FailureMemory(context.nanoTime(), context.random());
        this.guarded = new Guarded(new ReentrantLock(), token, setbacks, new AttemptQueue());
        this.schedule = new Schedule(connection, context, this::due, this::keepAlive);
        this.source = source(server);
        this.attempts = new Attempts(connection, context, source, guarded, this);
        this.health = new Health(context, source, guarded, schedule);
        this.dispatcher = new EventDispatcher(connection, source, context);
        this.watch = new SettingsWatcher(source.store, context, this::look);
    }

    Attempts attempts() {
        return attempts;
    }

    private TokenSource source(AuthorizationServer server) {
        return connection.credentials() instanceof Credentials.Grant
                ? new Rotation(connection, store, server, context, this)
                : new ClientCredentialsGrant(connection, store, server, context, this);
    }

    Health health() {
        return health;
    }

    @Nullable
    ExpiringAuthorization token() {
        return token.current();
    }

    @Override
    public String configuredGrant() {
        return source.settings().configured().fingerprint();
    }

    TokenSource source() {
        return source;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    /**
     * Adopts what the store holds, in the background, and watches the store from then on.
     *
     * @throws ConfigurationRefused when a manager of the same store is configured with another grant;
     *     this one is closed
     */
    void start() {
        engineHold = context.engine().hold(() -> {});
        try {
            LocalPeers.join(store.identity(), this);
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
                health.recovered();
                dispatcher.adopted();
            }
        } catch (SettingsStoreException e) {
            LOG.warn("Connection {}: {}", connection.describe(), e.getMessage());
        }
    }

    @Override
    public void lookSoon() {
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
        LocalPeers.tell(store.identity(), this);
        dispatcher.dirtiness();
    }

    /** Waits for a request that is under way, saves what is unsaved, and begins nothing after. */
    void close() {
        watch.close();
        attempts.close();
        guarded.run(schedule::cancel);
        source.flush();
        dispatcher.dirtiness();
        LocalPeers.leave(store.identity(), this);
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
        dispatcher.dirtiness();
    }

    @Override
    public void ending(@Nullable ZendeskAuthException error) {
        health.ending(error);
    }

    @Override
    public void succeeded(boolean obtained, Duration duration) {
        health.recovered();
        lookAgainIfMissed();
        LocalPeers.tell(store.identity(), this);
        if (obtained) {
            dispatcher.obtained(duration);
        } else {
            dispatcher.adopted();
        }
    }

    @Override
    public void failed(ZendeskAuthException error, Duration duration) {
        if (!(error instanceof AuthorizationRequired)) {
            guarded.run(this::retryLater);
        }
        boolean again = health.failed(error);
        lookAgainIfMissed();
        dispatcher.failed(error, again, duration);
    }

    private void retryLater() {
        ExpiringAuthorization current = token.current();
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
        attempts.sending(context.nanoTime().getAsLong());
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
        ExpiringAuthorization current = token.current();
        if (current == null || current.generation() <= generation) {
            // Nobody is at work, so nobody is asked to log in.
            demand(needOf(generation).alone());
        }
    }

    private TokenRequirement needOf(long generation) {
        return TokenRequirement.newerThan(generation, source.settings().current());
    }

    private void demand(TokenRequirement need) {
        CompletableFuture<Authorization> ignored = attempts.demand(need);
        ignored.exceptionally(error -> null);
    }

    private void inBackground(Runnable work) {
        try {
            context.engine().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {}: the JVM is about to end, nothing is begun", connection.describe());
        }
    }
}
