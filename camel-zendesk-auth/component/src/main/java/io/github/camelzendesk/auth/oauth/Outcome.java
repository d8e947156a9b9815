package io.github.camelzendesk.auth.oauth;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** The outcome of a token request, by what may be done next. Immutable. */
sealed interface Outcome {

    /** Zendesk issued tokens. */
    record Granted(TokenResponse response) implements Outcome {}

    /** Nothing reached Zendesk: nothing was spent. */
    record NotSent(Throwable cause) implements Outcome {}

    /**
     * The request may have been carried out, and its answer did not arrive.
     *
     * @param repeatable whether the connection failed, so that an immediate repetition may succeed
     */
    record Ambiguous(String what, boolean repeatable, @Nullable Throwable cause) implements Outcome {}

    /** A 2xx response that could not be parsed. */
    record Unparsed(byte[] body, String why) implements Outcome {}

    /** Zendesk turned the request away without looking at what it would spend. */
    record Unavailable(String what, @Nullable Duration retryAfter) implements Outcome {}

    /** Zendesk refused, with the error code of RFC 6749 section 5.2. */
    record Rejected(String error, @Nullable String description) implements Outcome {
        /** What is spent is not good, or no longer. All other errors are about the client or the request. */
        boolean isGrantOver() {
            return error.equals("invalid_grant");
        }
    }
}
