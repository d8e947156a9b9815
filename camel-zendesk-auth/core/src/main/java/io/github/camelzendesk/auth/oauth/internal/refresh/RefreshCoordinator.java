package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.rotation.ClientCredentialsGrant;
import io.github.camelzendesk.auth.oauth.internal.rotation.Rotation;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenRequirement;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenSource;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;

/**
 * Keeps the tokens of one connection valid from its start to its close: by attempts of its own, and by adopting what
 * other processes store. Thread-safe.
 */
final class RefreshCoordinator implements AttemptRun.Ends, TokenSource.Events {
    private final Connection connection;
    private final EngineContext context;
    private final TokenSource source;
    private final Guarded guarded;
    private final CurrentToken token; // guarded
    private final FailureMemory failures; // guarded
    private final Schedule schedule; // guarded
    private final Attempts attempts;
    private final Health health;
    private final EventDispatcher dispatcher;
    private final StoredSettings storedSettings;
    private volatile TaskScheduler.Cancellable engineHold = () -> {};

    RefreshCoordinator(
            Connection connection,
            CurrentToken token,
            SettingsStore store,
            AuthorizationServer server,
            EngineContext context) {
        this.connection = connection;
        this.context = context;
        this.token = token;
        this.failures = new FailureMemory(context.nanoTime(), context.random());
        this.guarded = new Guarded(new ReentrantLock(), token, failures, new AttemptQueue());
        this.schedule = new Schedule(connection, context, this::due, this::keepAlive);
        this.source = source(store, server);
        this.attempts = new Attempts(connection, context, source, guarded, this);
        this.health = new Health(context, source, guarded, schedule);
        this.dispatcher = new EventDispatcher(connection, source, context);
        this.storedSettings =
                new StoredSettings(connection, context, source, guarded, schedule, attempts, health, dispatcher);
    }

    Attempts attempts() {
        return attempts;
    }

    private TokenSource source(SettingsStore store, AuthorizationServer server) {
        return connection.credentials() instanceof Credentials.Grant
                ? new Rotation(connection, store, server, context, this)
                : new ClientCredentialsGrant(connection, store, server, context, this);
    }

    EventDispatcher events() {
        return dispatcher;
    }

    Health health() {
        return health;
    }

    @Nullable
    ExpiringAuthorization token() {
        return token.current();
    }

    TokenSource source() {
        return source;
    }

    /**
     * Adopts what the store holds, in the background, and watches the store from then on.
     *
     * @throws ConfigurationRefused when a manager of the same store is configured with another grant;
     *     this one is closed
     */
    void start() {
        join();
        storedSettings.watch();
    }

    /**
     * Adopts what the store holds, and does not watch it. Blocks on the store.
     *
     * @throws ConfigurationRefused as {@link #start}
     */
    void startOnDemand() {
        join();
        storedSettings.read();
    }

    private void join() {
        engineHold = context.engine().hold(() -> {});
        try {
            storedSettings.join();
        } catch (ConfigurationRefused e) {
            letGo();
            throw e;
        }
    }

    boolean reject(long generation) {
        return guarded.get(() -> token.reject(generation));
    }

    /** Forgets the current token, which was revoked. */
    void forget() {
        guarded.run(() -> {
            token.replace(null);
            schedule.cancel();
            failures.forget();
            OAuthSettings held = source.settings().current();
            health.isOver(held != null && source.needsPerson(held));
        });
        storedSettings.tellPeers();
        dispatcher.revoked();
    }

    /** Waits for a request that is under way, saves what is unsaved, and begins nothing after. */
    void close() {
        storedSettings.unwatch();
        attempts.close();
        guarded.run(schedule::cancel);
        source.flush();
        dispatcher.dirtiness();
        storedSettings.leave();
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
    public void succeeded(TokenSource.Renewal renewal, Duration duration) {
        health.recovered();
        storedSettings.readIfMissed();
        storedSettings.tellPeers();
        dispatcher.renewed(renewal, duration);
    }

    @Override
    public void failed(ZendeskAuthException error, Duration duration) {
        if (!(error instanceof AuthorizationRequired)) {
            guarded.run(this::retryLater);
        }
        boolean again = health.failed(error);
        storedSettings.readIfMissed();
        dispatcher.failed(error, again, duration);
    }

    private void retryLater() {
        ExpiringAuthorization current = token.current();
        if (!guarded.attempts().isClosed() && current != null && current.wasUsed()) {
            schedule.retry(failures.left(), current.generation());
        }
    }

    @Override
    public void awaitsPerson() {
        storedSettings.readIfMissed();
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
            // No caller waits, so no person is asked to log in.
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
}
