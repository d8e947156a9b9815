package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenSource;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Delivers the events of one connection to its listener, in order, on a thread of its own. Thread-safe; not for use under
 * a lock.
 */
final class EventDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final @Nullable TokenSource source; // null for credentials that never change
    private final TaskScheduler engine;
    private final TokenListener listener;
    private final Queue<TokenEvent> untold = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untoldCount = new AtomicInteger();
    private final AtomicBoolean toldDirty = new AtomicBoolean();

    EventDispatcher(Connection connection, @Nullable TokenSource source, EngineContext context) {
        this.connection = connection;
        this.source = source;
        this.engine = context.engine();
        this.listener = context.listener();
    }

    void renewed(TokenSource.Renewal renewal, Duration duration) {
        switch (renewal) {
            case FOUND -> adopted();
            case OBTAINED -> tell(TokenEvent.Kind.REFRESHED, duration, null);
            case LOGGED_IN -> {
                tell(TokenEvent.Kind.REFRESHED, duration, null);
                tell(TokenEvent.Kind.LOGGED_IN);
            }
        }
        dirtiness();
    }

    void adopted() {
        tell(TokenEvent.Kind.ADOPTED);
        dirtiness();
    }

    void refreshedByHand() {
        tell(TokenEvent.Kind.REFRESHED_BY_HAND);
    }

    void revoked() {
        tell(TokenEvent.Kind.REVOKED);
        dirtiness();
    }

    /** By number and role: names and addresses are not for a log. */
    void verified(Map<String, Object> identity) {
        if (Boolean.TRUE.equals(identity.get("verified"))) {
            tell(new News(
                    TokenEvent.Kind.VERIFIED,
                    Duration.ZERO,
                    null,
                    "user " + identity.get("userId") + ", " + identity.get("role")));
        }
    }

    /** That a person must log in is met again by each call, and is news only once. */
    void failed(ZendeskAuthException error, boolean again, Duration duration) {
        if (!(error instanceof AuthorizationRequired)) {
            tell(TokenEvent.Kind.FAILED, duration, error);
        } else if (!again) {
            tell(TokenEvent.Kind.AUTHORIZATION_REQUIRED, duration, error);
        }
        dirtiness();
    }

    /** Tells when memory has begun to hold what the store does not, or no longer does. */
    void dirtiness() {
        if (source == null) {
            return;
        }
        boolean dirty = source.isDirty();
        if (toldDirty.compareAndSet(!dirty, dirty)) {
            if (!dirty) {
                LOG.info("Connection {}: what was in memory only is stored now", connection.describe());
            }
            tell(dirty ? TokenEvent.Kind.SETTINGS_DIRTY : TokenEvent.Kind.SETTINGS_STORED);
        }
        String stepBack = source.settings().takeStepBack();
        if (stepBack != null) {
            tell(new News(TokenEvent.Kind.STEPPED_BACK, Duration.ZERO, null, stepBack));
        }
    }

    private void tell(TokenEvent.Kind kind) {
        tell(kind, Duration.ZERO, null);
    }

    private void tell(TokenEvent.Kind kind, Duration duration, @Nullable ZendeskAuthException error) {
        tell(new News(kind, duration, error, null));
    }

    private void tell(News news) {
        TokenEvent event = event(news);
        AuditLog.write(connection, event);
        if (listener != TokenListener.NONE) {
            untold.add(event);
            if (untoldCount.getAndIncrement() == 0) {
                engine.spawn(this::deliver);
            }
        }
    }

    private record News(
            TokenEvent.Kind kind, Duration duration, @Nullable ZendeskAuthException error, @Nullable String detail) {}

    private TokenEvent event(News news) {
        OAuthSettings held = source == null ? null : source.settings().current();
        TokenPair tokens = held == null ? null : held.tokens();
        return new TokenEvent(
                news.kind,
                connection.name(),
                held == null ? 0 : held.generation(),
                tokens == null ? null : tokens.expiresAt(),
                tokens == null ? null : tokens.refreshExpiresAt(),
                news.duration,
                news.error,
                news.detail);
    }

    /** By one thread at a time: the one that raises the count from zero delivers all that follow. */
    private void deliver() {
        do {
            TokenEvent event = untold.remove();
            try {
                listener.happened(event);
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "Connection {}: a listener failed on {}. The tokens are not affected; fix the listener.",
                        connection.describe(),
                        event.kind(),
                        e);
            }
        } while (untoldCount.decrementAndGet() > 0);
    }
}
