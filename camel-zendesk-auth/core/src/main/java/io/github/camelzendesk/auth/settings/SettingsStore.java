package io.github.camelzendesk.auth.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * The place where the settings of one connection are kept, shared by all who use that connection. Implementations are
 * thread-safe, and safe for use by as many processes as can reach the place.
 *
 * <p>Reading needs no lock, and sees what was there before or after a save, never a mixture. Writing is possible only
 * within a {@link SettingsTransaction}, so that no refresh token is spent by two.
 *
 * <p>All methods throw {@link SettingsStoreException} when the place cannot be used.
 */
public interface SettingsStore {
    /** Names the place: two stores with the same identity hold the same settings and contend for the same lock. */
    String identity();

    /** The settings as they are stored now; empty when nothing is. */
    Optional<OAuthSettings> load();

    /**
     * A value that is another one once the settings have changed, cheap enough to be asked for every second. Empty when
     * this kind of place has none.
     */
    default Optional<Object> stamp() {
        return Optional.empty();
    }

    /**
     * Has somebody told whenever another may have changed the settings. It may be told for nothing, on any thread, and
     * must return at once. After a time in which this kind of place could not tell, it tells once more, at least where
     * something has changed. The note of an exchange that is about to begin may go untold: nobody else can use it.
     *
     * @return empty when this kind of place cannot tell; then the {@link #stamp} is asked for
     */
    default Optional<Watch> watch(Runnable changed) {
        return Optional.empty();
    }

    /**
     * Takes the exclusive right to change the settings, against threads and processes alike.
     *
     * @param patience how long to wait for the holder; zero does not wait
     * @return empty when another still held it after that time
     */
    Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException;

    /**
     * Whether an earlier holder may have lost the lock without ending its work: a database session was cut, a lease
     * ended, or a lock file was deleted. Its token request may still be under way, so the engine waits for as long as
     * the {@linkplain PendingExchange#mayTake() stored note} says before it sends the same token. Called by the thread
     * that holds the lock, before anything is saved.
     *
     * @return false when the lock ends only with its holder, which is the default
     */
    default boolean canLoseLock() {
        return false;
    }

    /**
     * Checks that no other process can take the lock before a token request of that length is over. Called once, when a
     * connection is opened; a store whose lock does not expire need not override it.
     *
     * @param longest how long a token request and its repetitions may take together
     * @throws IllegalArgumentException when an option of the location allows less, with a message for the user
     */
    default void requireLockFor(Duration longest) {}

    /** A wish to be told of changes, until it is closed. Thread-safe. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
