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
            case LOGGED_IN -> new LoggedIn(context, connection, event);
            case REFRESHED_BY_HAND -> new RefreshedByHand(context, connection, event);
            case REVOKED -> new Revoked(context, connection, event);
            case VERIFIED -> new Verified(context, connection, event);
            case STEPPED_BACK -> new SteppedBack(context, connection, event);
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

    /** As whom Zendesk knows the credentials, or between which generations the settings went back; else null. */
    public String getDetail() {
        return event.detail();
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
        String why = (event.detail() == null ? "" : ", " + event.detail())
                + (event.error() == null ? "" : ", " + event.error());
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

    /** A person logged in. */
    public static final class LoggedIn extends ZendeskAuthEvent {
        LoggedIn(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }

    /** Somebody asked for a rotation, and got it. */
    public static final class RefreshedByHand extends ZendeskAuthEvent {
        RefreshedByHand(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }

    /** Somebody had the grant ended at Zendesk and erased here. */
    public static final class Revoked extends ZendeskAuthEvent {
        Revoked(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }

    /** Zendesk said whose credentials these are; the detail is the number and the role of that user. */
    public static final class Verified extends ZendeskAuthEvent {
        Verified(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }

    /** An earlier generation was found where a later one was stored: somebody put an older copy there. */
    public static final class SteppedBack extends ZendeskAuthEvent {
        SteppedBack(CamelContext context, String connection, TokenEvent event) {
            super(context, connection, event);
        }
    }
}
