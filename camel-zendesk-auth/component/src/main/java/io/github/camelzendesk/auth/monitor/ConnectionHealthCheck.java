package io.github.camelzendesk.auth.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

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
        Map<String, Object> status = connection.manager().status();
        for (String detail : DETAILS) {
            if (status.containsKey(detail)) {
                builder.detail(detail, status.get(detail));
            }
        }
        if (status.get("refreshTokenExpiresAt") instanceof String lapse) {
            builder.detail(
                    "daysLeft",
                    Duration.between(Instant.now(), Instant.parse(lapse)).toDays());
        }
        if (isDegraded(status)) {
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

    private static boolean isDegraded(Map<String, Object> status) {
        return status.containsKey("warning") || isWithoutSettings(status);
    }

    private static boolean isWithoutSettings(Map<String, Object> status) {
        return "SETTINGS_UNAVAILABLE".equals(status.get("state"));
    }

    /** What keeps the connection from serving, with the remedy; null when nothing does. */
    private static String trouble(Map<String, Object> status) {
        if (Boolean.TRUE.equals(status.get("settingsDirty"))) {
            return "memory holds what the settings do not. Do not end this process; fix the disk or the permissions of "
                    + status.get("settingsLocation") + ", and storing succeeds by itself.";
        }
        if ("AUTHORIZATION_REQUIRED".equals(status.get("state"))) {
            return "a person must log in, because the grant has ended (" + status.get("authorizationRequired") + ").";
        }
        if ("NO_GRANT".equals(status.get("state"))) {
            return "a person must log in: there is no grant yet.";
        }
        // Client credentials lose nothing with their settings: they are asked for again.
        if (isWithoutSettings(status) && !"OAuthClient".equals(status.get("authScheme"))) {
            return "the settings cannot be used. " + status.get("reason");
        }
        return (String) status.get("shortfall");
    }
}
