package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;

/**
 * The settings location cannot be read, written or locked, so no refresh token was spent. Immutable.
 */
public final class SettingsUnavailable extends ZendeskAuthException {
    private static final long serialVersionUID = 1L;

    public SettingsUnavailable(String message, @Nullable Throwable cause) {
        super(message, null, null, cause);
    }

    @Override
    SettingsUnavailable copy() {
        return new SettingsUnavailable(String.valueOf(getMessage()), getCause());
    }
}
