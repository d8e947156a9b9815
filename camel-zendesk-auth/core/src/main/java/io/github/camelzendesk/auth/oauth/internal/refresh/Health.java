package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenSource;

/**
 * What operators see of one connection, from memory alone. Thread-safe.
 */
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final TokenSource source;
    private final Guarded guarded;
    private final Schedule schedule;
    private volatile boolean isOver;
    private volatile String lastOutcome = "none yet";
    private volatile String lastLogged = "";

    Health(EngineContext context, TokenSource source, Guarded guarded, Schedule schedule) {
        this.clock = context.clock();
        this.nanoTime = context.nanoTime();
        this.source = source;
        this.guarded = guarded;
        this.schedule = schedule;
    }

    /** Whether a person must log in: only that, or another's login, brings tokens again. */
    void isOver(boolean over) {
        isOver = over;
    }

    /** Before anybody hears of it, so that callers find it; without an error when an attempt succeeded. */
    void ending(@Nullable ZendeskAuthException error) {
        lastOutcome = (error == null ? "succeeded" : error.getClass().getSimpleName()) + " at " + clock.instant();
    }

    /** There is a new token, obtained here or elsewhere: the next failure is logged at its level again. */
    void recovered() {
        lastLogged = "";
    }

    /**
     * Logs a failure at WARN once, and its repetitions at DEBUG: under load there is one a second.
     *
     * @return whether it is a repetition
     */
    boolean failed(ZendeskAuthException error) {
        String message = String.valueOf(error.getMessage());
        boolean again = message.equals(lastLogged);
        if (again) {
            LOG.debug("Token refresh failed. {}", message);
        } else {
            LOG.warn("Token refresh failed. {}", message);
        }
        lastLogged = message;
        return again;
    }

    String lastOutcome() {
        return lastOutcome;
    }

    boolean isUnderWay() {
        return guarded.get(() -> guarded.attempts().current() != null);
    }

    @Nullable
    Instant nextRefresh() {
        return schedule.next();
    }

    /**
     * Why there is no valid token: the last attempt failed, and another will follow by itself. Null when there is a
     * token, or when the next caller may try: a process that gets calls only while it is ready must get that one.
     */
    @Nullable
    ZendeskAuthException shortfall() {
        return guarded.get(this::shortfallNow);
    }

    private @Nullable ZendeskAuthException shortfallNow() {
        FailureMemory failures = guarded.failures();
        Instant planned = schedule.next();
        boolean goesOn = failures.recent() != null
                || guarded.attempts().current() != null
                || (planned != null && clock.millis() < planned.toEpochMilli());
        return holdsValid() || !goesOn ? null : failures.last();
    }

    /** That a login is needed is reported even while the last access token is still valid. */
    ConnectionState state() {
        return state(isOver);
    }

    /** By what the settings say now: whether a person must log in. */
    ConnectionState state(boolean over) {
        return source.isDirty() ? ConnectionState.DIRTY : guarded.get(() -> stateNow(over));
    }

    private ConnectionState stateNow(boolean over) {
        if (!over && holdsValid()) {
            return ConnectionState.READY;
        }
        if (over || guarded.failures().last() instanceof AuthorizationRequired) {
            return ConnectionState.AUTHORIZATION_REQUIRED;
        }
        return shortfallNow() == null ? ConnectionState.IDLE : ConnectionState.FAILING;
    }

    private boolean holdsValid() {
        return guarded.token().usable(nanoTime.getAsLong()) != null;
    }
}
