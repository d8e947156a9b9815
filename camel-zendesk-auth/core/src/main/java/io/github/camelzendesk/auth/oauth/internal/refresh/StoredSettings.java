package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.engine.SettingsWatcher;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenSource;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Adopts what others store, other processes and other managers of this one. Thread-safe.
 */
final class StoredSettings implements LocalPeers.Peer {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final EngineContext context;
    private final TokenSource source;
    private final Guarded guarded;
    private final Schedule schedule;
    private final Attempts attempts;
    private final Health health;
    private final EventDispatcher dispatcher;
    private final SettingsWatcher watcher;
    private boolean changeMissed; // guarded

    StoredSettings(
            Connection connection,
            EngineContext context,
            TokenSource source,
            Guarded guarded,
            Schedule schedule,
            Attempts attempts,
            Health health,
            EventDispatcher dispatcher) {
        this.connection = connection;
        this.context = context;
        this.source = source;
        this.guarded = guarded;
        this.schedule = schedule;
        this.attempts = attempts;
        this.health = health;
        this.dispatcher = dispatcher;
        this.watcher = new SettingsWatcher(source.store, context, this::read);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String configuredGrant() {
        return source.settings().configured().fingerprint();
    }

    /** @throws ConfigurationRefused when a manager of the same store is configured with another grant */
    void join() {
        LocalPeers.join(source.store.identity(), this);
    }

    /** Reads the store in the background, and after each change from then on. */
    void watch() {
        inBackground(watcher::start);
    }

    void unwatch() {
        watcher.close();
    }

    void leave() {
        LocalPeers.leave(source.store.identity(), this);
    }

    /** Has the other managers of the store in this JVM read it. */
    void tellPeers() {
        LocalPeers.tell(source.store.identity(), this);
    }

    @Override
    public void readSoon() {
        inBackground(this::read);
    }

    /** Adopts what the store holds, unless an attempt is about to do so anyway. Blocks on the store. */
    void read() {
        Long before = guarded.get(() -> mayAdopt() ? guarded.token().changes() : null);
        if (before == null) {
            return;
        }
        try {
            OAuthSettings stored = source.known();
            Runnable toDo = guarded.get(() -> adopt(stored, before));
            if (toDo != null) {
                toDo.run();
                health.recovered();
                dispatcher.adopted();
            }
        } catch (SettingsStoreException e) {
            LOG.warn("Connection {}: {}", connection.describe(), e.getMessage());
        }
    }

    private boolean mayAdopt() {
        changeMissed = guarded.attempts().isRunning();
        return !changeMissed && !guarded.attempts().isClosed();
    }

    /** Called under the lock. Returns what to do after it is released; null when nothing was adopted. */
    private @Nullable Runnable adopt(OAuthSettings stored, long before) {
        if (!mayAdopt() || guarded.token().changes() != before) {
            return null;
        }
        guarded.failures().forgetWhatSettingsMayCure();
        health.isOver(source.needsPerson(stored));
        schedule.planKeepAlive(stored);
        if (source.settings().adoptStored(stored)) {
            LOG.debug("Connection {}: adopted generation {}", connection.describe(), stored.generation());
            return attempts.adopted(stored);
        }
        if (source.settings().isSuperseded(stored)) {
            guarded.token().retire();
        }
        return null;
    }

    /** Reads the store again if a change was skipped because of an attempt, which may have read it before. */
    void readIfMissed() {
        if (guarded.get(this::takeMissed)) {
            readSoon();
        }
    }

    private boolean takeMissed() {
        boolean missed = changeMissed;
        changeMissed = false;
        return missed;
    }

    private void inBackground(Runnable work) {
        try {
            context.engine().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {}: the JVM is about to end, nothing is begun", connection.describe());
        }
    }
}
