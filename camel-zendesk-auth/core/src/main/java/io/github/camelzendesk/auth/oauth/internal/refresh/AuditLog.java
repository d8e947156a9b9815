package io.github.camelzendesk.auth.oauth.internal.refresh;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenEvent;

/**
 * Who did what with a grant, a line each on a logger of its own, so that it can be kept apart and longer. What a connection
 * does by itself is not in it. Stateless.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.camelzendesk.auth.audit");

    private AuditLog() {}

    static void write(Connection connection, TokenEvent event) {
        String what = what(event.kind());
        if (what != null) {
            LOG.info(
                    "Connection {}: {}{} (generation {})",
                    connection.describe(),
                    what,
                    event.detail() == null ? "" : " " + event.detail(),
                    event.generation());
        }
    }

    private static @Nullable String what(TokenEvent.Kind kind) {
        return switch (kind) {
            case LOGGED_IN -> "a person logged in";
            case REFRESHED_BY_HAND -> "refreshed by hand";
            case REVOKED -> "revoked";
            case VERIFIED -> "verified as";
            case ADOPTED -> "took over tokens that another process stored, or the configuration brought";
            case STEPPED_BACK -> "the stored settings went back";
            case REFRESHED, FAILED, AUTHORIZATION_REQUIRED, SETTINGS_DIRTY, SETTINGS_STORED -> null;
        };
    }
}
