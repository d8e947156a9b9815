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
 * @param detail what else is known, in words for a log: as whom Zendesk knows the credentials (not their name or address), or
 *     which generations were found; null when nothing is
 */
public record TokenEvent(
        Kind kind,
        String connection,
        long generation,
        @Nullable Instant expiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        Duration duration,
        @Nullable ZendeskAuthException error,
        @Nullable String detail) {

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
        SETTINGS_STORED,
        /** A person logged in: their code brought the tokens that {@link #REFRESHED} tells of as well. */
        LOGGED_IN,
        /** Somebody asked for a rotation, and got it. */
        REFRESHED_BY_HAND,
        /** Somebody had the grant ended at Zendesk and erased here. */
        REVOKED,
        /** Zendesk was asked whose credentials these are, and said so. */
        VERIFIED,
        /** An earlier generation was found where a later one was stored: somebody put an older copy there. */
        STEPPED_BACK
    }
}
