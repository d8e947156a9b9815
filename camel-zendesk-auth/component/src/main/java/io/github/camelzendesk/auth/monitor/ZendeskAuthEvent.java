package io.github.camelzendesk.auth.monitor;

import java.time.Instant;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;

import io.github.camelzendesk.auth.oauth.TokenEvent;

/**
 * A change of a connection's tokens, for Camel's event notifiers; holds no secret. Immutable but for the timestamp
 * that Camel sets.
 */
public abstract sealed class ZendeskAuthEvent implements CamelEvent.CamelContextEvent {
    private final CamelContext context;
    private final TokenEvent event;
    private final String connection;
    private volatile long timestamp;

    ZendeskAuthEvent(CamelContext context, String connection, TokenEvent event) {
        this.context = context;
        this.connection = connection;
        this.event = event;
    }

    static ZendeskAuthEvent of(CamelContext context, String connection, TokenEvent event) {
        return switch (event.kind()) {
            case REFRESHED -> new Refreshed(context, connection, event);
            case ADOPTED -> new Adopted(context, connection, event);
            case FAILED -> new Failed(context, connection, event);
            case AUTHORIZATION_REQUIRED -> new AuthorizationRequired(context, connection, event);
            case SETTINGS_DIRTY -> new SettingsDirty(context, connection, event);
            case SETTINGS_STORED -> new SettingsStored(context, connection, event);
        };
    }

    /** The connection, by the name that its health check and its MBean have. */
    public String getConnection() {
        return connection;
    }

    /** The generation of the tokens in use; 0 while there are none. */
    public long getGeneration() {
        return event.generation();
    }

    /** The end of the access token; null when it is unknown. */
    public Instant getExpiresAt() {
        return event.expiresAt();
    }

    /** The end of the refresh token; null when it is unknown. */
    public Instant getRefreshTokenExpiresAt() {
        return event.refreshTokenExpiresAt();
    }

    Throwable error() {
        return event.error();
    }

    @Override
    public CamelContext getContext() {
        return context;
    }

    @Override
    public Type getType() {
        return Type.Custom;
    }

    @Override
    public long getTimestamp() {
        return timestamp;
    }

    @Override
    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    @Override
    public String toString() {
        String why = event.error() == null ? "" : ", " + event.error();
        return "Zendesk connection '" + connection + "': " + getClass().getSimpleName() + " (generation "
                + event.generation() + ", expires at " + event.expiresAt() + why + ")";
    }

    /** Zendesk issued tokens: after a login, or by a rotation. */
    public static final class Refreshed extends ZendeskAuthEvent {
        Refreshed(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }

    /** Newer tokens were taken over from the settings or the configuration. */
    public static final class Adopted extends ZendeskAuthEvent {
        Adopted(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }

    /** An attempt to obtain tokens failed, and another one may succeed. */
    public static final class Failed extends ZendeskAuthEvent implements FailureEvent {
        Failed(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }

        @Override
        public Throwable getCause() {
            return error();
        }
    }

    /** A person must log in. */
    public static final class AuthorizationRequired extends ZendeskAuthEvent implements FailureEvent {
        AuthorizationRequired(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }

        @Override
        public Throwable getCause() {
            return error();
        }
    }

    /** Memory holds what the settings do not: the process must not end. */
    public static final class SettingsDirty extends ZendeskAuthEvent {
        SettingsDirty(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }

    /** What was in memory only is stored. */
    public static final class SettingsStored extends ZendeskAuthEvent {
        SettingsStored(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }
}
