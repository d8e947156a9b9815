package io.github.camelzendesk.auth.settings;

/**
 * Opens the settings stores of one kind of location, found by {@link java.util.ServiceLoader}. Implementations are
 * stateless.
 */
public interface SettingsStoreProvider {
    /** The scheme of the locations that this provider opens, such as {@code jdbc}. */
    String scheme();

    /**
     * Opens a store.
     *
     * @param location the whole location, scheme included
     * @param name tells the connection's settings from those of others at the same location: its name and account, such
     *     as {@code acme@acme.zendesk.com}
     * @param codec turns the connection's settings into bytes and back
     * @param beans finds what the application registered under a name
     * @throws IllegalArgumentException when the location cannot be understood, with a message for the user
     */
    SettingsStore open(String location, String name, SettingsCodec codec, BeanLookup beans);

    /** Finds a bean that the application registered. Thread-safe. */
    @FunctionalInterface
    interface BeanLookup {
        /** @throws IllegalArgumentException when there is no such bean, with a message for the user */
        <T> T find(String name, Class<T> type);
    }
}
