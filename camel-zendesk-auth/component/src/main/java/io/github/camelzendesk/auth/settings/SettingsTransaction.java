package io.github.camelzendesk.auth.settings;

import java.util.Optional;

/**
 * The exclusive right to change the settings of one connection, until it is closed. For one thread at a time.
 */
public interface SettingsTransaction extends AutoCloseable {
    /** The settings as they are stored now; empty when nothing is. */
    Optional<OAuthSettings> load();

    /**
     * Replaces the settings, atomically and durably: when this returns, a power failure no longer takes them back.
     *
     * @throws SettingsStoreException when they could not be written, or a higher generation is stored already; what was
     *     stored before is still there then
     */
    void save(OAuthSettings settings);

    /**
     * Sets space aside for the next {@link #save}, so that it does not fail for the want of it. Does nothing where
     * space cannot run out between two writes.
     */
    default void reserve() {}

    /**
     * Keeps an answer of the token endpoint that could not be understood: it may hold the only copy of a grant.
     *
     * @return where it is kept, for the log; empty when this kind of store has no place for it
     */
    default Optional<String> keepUnparsed(byte[] answer) {
        return Optional.empty();
    }

    @Override
    void close();
}
