package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;

/**
 * The options, or the OAuth client in Zendesk's Admin Center, need to be changed. Immutable. The message names the
 * options and the remedy.
 */
public final class ConfigurationRefused extends ZendeskAuthException {
    private static final long serialVersionUID = 1L;

    public ConfigurationRefused(String message) {
        this(message, null, null, null);
    }

    public ConfigurationRefused(
            String message, @Nullable String error, @Nullable String errorDescription, @Nullable Throwable cause) {
        super(message, error, errorDescription, cause);
    }

    @Override
    ConfigurationRefused copy() {
        return new ConfigurationRefused(String.valueOf(getMessage()), error(), errorDescription(), getCause());
    }
}
