package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Zendesk could not be asked just now; the grant is intact and the call may be repeated. Immutable.
 */
public final class TokenEndpointUnavailable extends ZendeskAuthException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    public TokenEndpointUnavailable(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, null, null, cause);
        this.retryAfter = retryAfter;
    }

    /** How long to wait before another attempt makes sense, when that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    TokenEndpointUnavailable copy() {
        return new TokenEndpointUnavailable(String.valueOf(getMessage()), retryAfter, getCause());
    }
}
