package io.github.camelzendesk.auth.oauth;

/**
 * The value of the {@code Authorization} header as of one generation of the tokens. Immutable and thread-safe.
 *
 * @param headerValue the header's value, a secret: {@code Bearer ...} or {@code Basic ...}
 * @param generation what to hand to {@link TokenManager#reject} when Zendesk answers 401 to this value
 */
public record Authorization(String headerValue, long generation) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "Authorization[generation " + generation + "]";
    }
}
