package io.github.camelzendesk.auth.oauth.internal.wire;

/**
 * Recognises the refusal of an access token by Zendesk's API (RFC 6750 section 3.1). Stateless.
 *
 * <p>Only a 401 with this error is cured by another token. Zendesk puts the error into the body rather than into
 * {@code WWW-Authenticate}.
 */
public final class BearerError {
    /** Zendesk's own refusal has 150 bytes: what is longer than this is another's, and need not be read. */
    public static final int MOST_BYTES = 8192;

    private BearerError() {}

    /** Whether the body of a 401 says {@code invalid_token}. Anything may be passed; nothing is thrown. */
    public static boolean isInvalidToken(byte[] body) {
        return TokenResponseParser.isInvalidToken(body);
    }
}
