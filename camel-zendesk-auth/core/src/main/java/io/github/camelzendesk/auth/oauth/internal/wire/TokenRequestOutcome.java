package io.github.camelzendesk.auth.oauth.internal.wire;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** The outcome of a token request, by what may be done next. Immutable. */
public sealed interface TokenRequestOutcome {
    /** As constants are written. */
    default String name() {
        return getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /** Zendesk issued tokens. */
    record Granted(TokenResponse response) implements TokenRequestOutcome {}

    /** Nothing reached Zendesk: nothing was spent. */
    record NotSent(Throwable cause) implements TokenRequestOutcome {}

    /**
     * The request may have been carried out, and its answer did not arrive.
     *
     * @param repeatable whether the connection failed, so that an immediate repetition may succeed
     */
    record Ambiguous(String what, boolean repeatable, @Nullable Throwable cause) implements TokenRequestOutcome {}

    /** A 2xx response that could not be parsed. */
    record Unparsed(byte[] body, String why) implements TokenRequestOutcome {}

    /** Zendesk turned the request away without looking at what it would spend. */
    record Unavailable(String what, @Nullable Duration retryAfter) implements TokenRequestOutcome {}

    /** Zendesk refused, with the error code of RFC 6749 section 5.2. */
    record Rejected(String error, @Nullable String description) implements TokenRequestOutcome {
        /** What is spent is not good, or no longer. All other errors are about the client or the request. */
        public boolean isGrantOver() {
            return error.equals("invalid_grant");
        }
    }
}
