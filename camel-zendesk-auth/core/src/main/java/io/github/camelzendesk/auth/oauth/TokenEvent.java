package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What became of a connection's tokens, without a secret. Immutable.
 *
 * @param connection the name of the connection
 * @param generation of the tokens in use; 0 while there are none
 * @param expiresAt the end of the access token, when it is known
 * @param refreshTokenExpiresAt the end of the refresh token, when it is known
 * @param duration from the sending of the token request until its outcome was stored; zero when none was sent
 * @param error why an attempt failed; null for the kinds that are no failure
 */
public record TokenEvent(
        Kind kind,
        String connection,
        long generation,
        @Nullable Instant expiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        Duration duration,
        @Nullable ZendeskAuthException error) {

    /** What happened. */
    public enum Kind {
        /** Zendesk issued tokens: after a login, or by a rotation. */
        REFRESHED,
        /** Newer tokens were taken over: another process has stored them, or the configuration brought them. */
        ADOPTED,
        /** An attempt failed, and another one may succeed. */
        FAILED,
        /** A person must log in. Told once, however often calls meet it. */
        AUTHORIZATION_REQUIRED,
        /** Memory holds what the settings do not: the process must not end. */
        SETTINGS_DIRTY,
        /** What was in memory only is stored. */
        SETTINGS_STORED
    }
}
