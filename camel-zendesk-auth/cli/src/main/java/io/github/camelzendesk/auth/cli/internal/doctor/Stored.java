package io.github.camelzendesk.auth.cli.internal.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * The settings of a connection, read once. Immutable.
 *
 * @param settings null when there are none, or they cannot be read
 * @param failure why they cannot be read; null when they can
 */
record Stored(
        SettingsStore store,
        @Nullable OAuthSettings settings,
        @Nullable SettingsStoreException failure,
        Duration took) {
    private static final String FILE = "file:";

    static Stored read(SettingsStore store, Duration limit) throws InterruptedException {
        long began = System.nanoTime();
        try {
            OAuthSettings settings = CompletableFuture.supplyAsync(store::load)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .orElse(null);
            return new Stored(store, settings, null, Duration.ofNanos(System.nanoTime() - began));
        } catch (TimeoutException e) {
            return failed(
                    store,
                    new SettingsStoreException(store.identity() + " has not answered for " + limit.toSeconds()
                            + " s. Check that it runs and is reached from here."));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SettingsStoreException known) {
                return failed(store, known);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Stored failed(SettingsStore store, SettingsStoreException failure) {
        return new Stored(store, null, failure, Duration.ZERO);
    }

    /** The settings file; empty where they are kept otherwise. */
    Optional<Path> file() {
        String identity = store.identity();
        return identity.startsWith(FILE) ? Optional.of(Path.of(identity.substring(FILE.length()))) : Optional.empty();
    }
}
