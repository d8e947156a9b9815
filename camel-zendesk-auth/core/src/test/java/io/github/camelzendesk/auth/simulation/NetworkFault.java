package io.github.camelzendesk.auth.simulation;

/** What may happen to one request to Zendesk. */
enum NetworkFault {
    /** The connection is refused: nothing was sent. */
    REFUSED,
    /** The request never arrives, and no answer comes in time. */
    REQUEST_LOST,
    /** The request arrives long after its sender gave up. */
    REQUEST_LATE,
    /** The connection breaks before Zendesk has done anything. */
    RESET_BEFORE,
    /** The connection breaks when Zendesk has done it. */
    RESET_AFTER,
    /** The answer never arrives. */
    ANSWER_LOST,
    /** The answer takes about as long as the exchange may take, or longer. */
    ANSWER_LATE,
    /** Zendesk rotates nothing and issues an access token alone. */
    NO_REFRESH_TOKEN,
    NO_EXPIRY,
    /** A refresh token with a space, which RFC 6749 allows. */
    ODD_REFRESH_TOKEN,
    /** The page of a proxy in place of the answer. */
    GARBAGE,
    ERROR_BEFORE,
    ERROR_AFTER,
    THROTTLED,
    /** The client secret is wrong for a moment. */
    INVALID_CLIENT
}
