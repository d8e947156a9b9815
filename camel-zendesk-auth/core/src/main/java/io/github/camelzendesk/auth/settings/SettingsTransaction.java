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
     * @throws SettingsStoreException when they could not be written, a higher generation is stored already, or the
     *     right is not {@link #isExclusive held} any more; what was stored before is still there then
     */
    void save(OAuthSettings settings);

    /**
     * Makes sure that the next {@link #save} will not fail for lack of space or of the right to write. Called just
     * before a refresh token is sent.
     *
     * @throws SettingsStoreException when it would
     */
    default void reserve() {}

    /**
     * Whether the right is still held. One that a broken connection, or a deleted lock file, has ended does not come
     * back: another transaction has to be begun.
     */
    default boolean isExclusive() {
        return true;
    }

    /**
     * Keeps an answer of the token endpoint that could not be parsed: it may hold the only copy of a grant.
     *
     * @return where it is kept, for the log; empty when this kind of store has no place for it
     */
    default Optional<String> keepUnparsed(byte[] answer) {
        return Optional.empty();
    }

    @Override
    void close();
}
