package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.ForeignText;

/**
 * What every error of this library extends, one subclass for each remedy. Immutable but for what its caller adds to it:
 * each of several callers that waited for the same outcome has an instance of its own.
 *
 * <p>Messages are one line, and never contain a secret or the body of a response. {@code error} and {@code error_description} of RFC 6749
 * section 5.2 are kept where the token endpoint sent them.
 */
public abstract sealed class ZendeskAuthException extends RuntimeException
        permits AuthorizationRequired, TokenEndpointUnavailable, SettingsUnavailable, ConfigurationRefused {
    private static final long serialVersionUID = 1L;

    private final @Nullable String error;
    private final @Nullable String errorDescription;

    ZendeskAuthException(
            String message, @Nullable String error, @Nullable String errorDescription, @Nullable Throwable cause) {
        super(ForeignText.unbroken(message), cause);
        this.error = error;
        this.errorDescription = errorDescription;
    }

    /** The same for another caller, who may add to it: Camel does, to the stack and to what is suppressed. */
    final ZendeskAuthException again() {
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
