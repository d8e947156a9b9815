package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * The base of all errors of this library, one subclass for each remedy. Callers that waited for the same outcome get an
 * instance each, so that what one adds to the stack trace or the suppressed exceptions does not reach the others.
 *
 * <p>Messages are one line, and never contain a secret or the body of a response. {@code error} and
 * {@code error_description} of RFC 6749 section 5.2 are kept when the token endpoint sent them.
 */
public abstract sealed class ZendeskAuthException extends RuntimeException
        permits AuthorizationRequired, TokenEndpointUnavailable, SettingsUnavailable, ConfigurationRefused {
    private static final long serialVersionUID = 1L;

    private final @Nullable String error;
    private final @Nullable String errorDescription;

    ZendeskAuthException(
            String message, @Nullable String error, @Nullable String errorDescription, @Nullable Throwable cause) {
        super(LogSafeText.unbroken(message), cause);
        this.error = error;
        this.errorDescription = errorDescription;
    }

    /** A copy for another caller, which may change it as Camel does: its stack trace, and what it suppresses. */
    public final ZendeskAuthException again() {
        ZendeskAuthException copy = copy();
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    abstract ZendeskAuthException copy();

    /** The {@code error} code of RFC 6749 section 5.2, or null when the endpoint gave none. */
    public @Nullable String error() {
        return error;
    }

    /** The {@code error_description} of RFC 6749 section 5.2, or null when the endpoint gave none. */
    public @Nullable String errorDescription() {
        return errorDescription;
    }
}
