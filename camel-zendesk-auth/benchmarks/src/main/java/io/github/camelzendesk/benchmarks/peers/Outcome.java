package io.github.camelzendesk.benchmarks.peers;

/** What one call came to. */
enum Outcome {
    /** The account took the token. */
    VALID,
    /** A token was handed out, and the account did not take it. */
    DEAD,
    /** No token. */
    FAILED
}
