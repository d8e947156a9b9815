package io.github.camelzendesk.auth.oauth;

import java.util.function.Consumer;

/**
 * Is told what becomes of a connection's tokens. Called by one thread at a time for each manager, in the order of what
 * happened, and under no lock: an implementation that takes long delays nothing but the next call of itself.
 *
 * <p>What it throws is logged, and changes nothing.
 */
@FunctionalInterface
public interface TokenListener {
    /** Listens to nothing. */
    TokenListener NONE = event -> {};

    /** What became of an attempt comes after the settings were stored, and after callers were given what they waited for. */
    void happened(TokenEvent event);

    /**
     * A token request begins. Called, unlike {@link #happened}, on the thread that sends it, as is what this returns when the
     * request has ended: neither may block, as tokens wait for it.
     *
     * @param grantType of RFC 6749
     * @return takes the outcome: GRANTED, REJECTED, UNAVAILABLE, UNPARSED, AMBIGUOUS (the response was lost) or NOT_SENT
     */
    default Consumer<String> requesting(String connection, String grantType) {
        return outcome -> {};
    }
}
