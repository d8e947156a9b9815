package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;

/**
 * A person must log in: there is no grant, or Zendesk no longer honours the one there is. Immutable.
 *
 * <p>It clears itself as soon as a login, by whatever process, writes a new grant to the settings location.
 */
public final class AuthorizationRequired extends ZendeskAuthException {
    private static final long serialVersionUID = 1L;

    /** Why a person is needed. */
    public enum Reason {
        /** No grant was ever stored, or it was erased. */
        NO_GRANT,
        /** Zendesk refused the refresh token: revoked, expired, or rotated by another copy of it. */
        REFUSED,
        /** A token request was sent, its answer never arrived, and Zendesk had rotated. */
        RESPONSE_LOST,
        /** The refresh token has expired. */
        EXPIRED,
        /** The access token was refused, and there is no refresh token. */
        NO_REFRESH_TOKEN,
        /** The person pressed Deny, or let the login time out. */
        LOGIN_FAILED,
        /** The grant was revoked through this library. */
        REVOKED
    }

    private final Reason reason;

    public AuthorizationRequired(Reason reason, String message) {
        this(reason, message, null, null);
    }

    public AuthorizationRequired(
            Reason reason, String message, @Nullable String error, @Nullable String errorDescription) {
        super(message, error, errorDescription, null);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    AuthorizationRequired copy() {
        return new AuthorizationRequired(reason, String.valueOf(getMessage()), error(), errorDescription());
    }
}
