package io.github.camelzendesk.auth.settings;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * A settings location that cannot be used as it is. Immutable. The message is one line that names the location and
 * the remedy, and never holds what is stored there.
 */
public final class SettingsStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsStoreException(String message) {
        this(message, null);
    }

    public SettingsStoreException(String message, @Nullable Throwable cause) {
        super(LogSafeText.unbroken(message), cause);
    }
}
