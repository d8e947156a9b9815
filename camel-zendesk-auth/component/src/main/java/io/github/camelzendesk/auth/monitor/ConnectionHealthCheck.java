package io.github.camelzendesk.auth.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.Tokens;

/**
 * Whether calls on a connection can be expected to be authenticated. Thread-safe.
 *
 * <p>Asking costs a look at the settings: no call to Zendesk, no rotation, and it is no use of the token. An idle
 * connection whose token has ended is up, because its next call obtains one.
 */
final class ConnectionHealthCheck extends AbstractHealthCheck {
    private static final List<String> DETAILS = List.of(
            "connection",
            "state",
            "refreshing",
            "generation",
            "expiresAt",
            "refreshTokenExpiresAt",
            "warning",
            "settingsDirty",
            "lastOutcome",
            "nextRefresh",
            "authorizationRequired");

    private final MonitoredConnection connection;

    ConnectionHealthCheck(MonitoredConnection connection) {
        super("zendesk-auth", "zendesk-auth:" + connection.label());
        this.connection = connection;
    }

    @Override
    public boolean isReadiness() {
        return true;
    }

    /** A restart heals nothing here, and one while the settings are dirty loses the grant. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        ConnectionStatus status = connection.manager().status();
        Map<String, Object> known = status.asMap();
        DETAILS.stream().filter(known::containsKey).forEach(detail -> builder.detail(detail, known.get(detail)));
        Tokens tokens = status.tokens();
        if (tokens != null && tokens.refreshExpiresAt() != null) {
            builder.detail(
                    "daysLeft",
                    Duration.between(Instant.now(), tokens.refreshExpiresAt()).toDays());
        }
        if (isWithoutSettings(status) || (tokens != null && tokens.warning() != null)) {
            builder.detail("degraded", true);
        }
        String trouble = trouble(status);
        if (trouble == null) {
            builder.up();
        } else {
            builder.message("Connection '" + connection.label() + "': " + trouble)
                    .down();
        }
    }

    /** What keeps the connection from serving, with the remedy; null when nothing does. */
    private static String trouble(ConnectionStatus status) {
        if (status.isDirty()) {
            return "memory holds what the settings do not. Do not end this process; fix the disk or the permissions of "
                    + status.settings().location() + ", and storing succeeds by itself.";
        }
        if (isWithoutSettings(status)) {
            return withoutSettings(status);
        }
        boolean mustLogIn = status.state() == ConnectionState.AUTHORIZATION_REQUIRED;
        return mustLogIn && !status.renewal().underWay() ? login(status.settings()) : shortfall(status);
    }

    private static boolean isWithoutSettings(ConnectionStatus status) {
        return status.settings() != null && status.settings().unavailable() != null;
    }

    private static String login(ConnectionStatus.Settings settings) {
        String why = settings.authorizationRequired();
        if (AuthorizationRequired.Reason.NO_GRANT.name().equals(why)) {
            return "a person must log in: there is no grant yet.";
        }
        return why == null
                ? "a person must log in. The log says why."
                : "a person must log in, because the grant has ended (" + why + ").";
    }

    /** Client credentials lose nothing with their settings: they are asked for again. */
    private static String withoutSettings(ConnectionStatus status) {
        return "OAuthClient".equals(status.authScheme())
                ? shortfall(status)
                : "the settings cannot be used. " + status.settings().unavailable();
    }

    private static String shortfall(ConnectionStatus status) {
        return status.renewal() == null ? null : status.renewal().shortfall();
    }
}
