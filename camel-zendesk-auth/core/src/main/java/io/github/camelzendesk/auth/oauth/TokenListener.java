package io.github.camelzendesk.auth.oauth;

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
}
