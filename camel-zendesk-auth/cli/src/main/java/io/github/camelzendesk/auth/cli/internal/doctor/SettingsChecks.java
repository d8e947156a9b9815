package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** Whether the place of the settings can be read, and changed. Immutable. */
record SettingsChecks(Stored stored, Machine machine) {
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** Permissions, owner, damage, another key, another account: in the words of the store. */
    Finding settings() throws IOException {
        if (stored.failure() != null) {
            return Finding.of(Level.FAIL, stored.failure());
        }
        String place = stored.store().identity();
        if (place.startsWith("memory:")) {
            return Finding.warn(
                    place + " ends with the process", "Set oauthSettingsLocation to a file, a database or a Secret.");
        }
        if (stored.took().compareTo(SLOW) > 0) {
            return Finding.warn(
                    place + " took " + stored.took().toMillis() + " ms to read",
                    "Look at the load of the database or the API server, and at the way there.");
        }
        Optional<Path> unparsed = unparsed();
        if (unparsed.isPresent()) {
            return Finding.warn(
                    "an answer of Zendesk's that could not be parsed is kept in " + unparsed.get(),
                    "It may hold the newest tokens: look into it if a login is needed, and delete it otherwise.");
        }
        OAuthSettings settings = stored.settings();
        return Finding.ok(place
                + (settings == null ? " holds nothing yet" : " holds generation " + settings.generation())
                + ", read in " + stored.took().toMillis() + " ms");
    }

    private Optional<Path> unparsed() throws IOException {
        Path file = stored.file().orElse(null);
        Path folder = file == null ? null : file.getParent();
        if (file == null || folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        String begin = file.getFileName() + ".unparsed-";
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                folder, path -> path.getFileName().toString().startsWith(begin))) {
            var all = found.iterator();
            return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
        }
    }

    /** Takes the lock for a moment, where there is something to lock. */
    Finding lock() throws InterruptedException {
        Path lockFile = stored.file()
                .map(file -> file.resolveSibling(file.getFileName() + ".lock"))
                .orElse(null);
        if (lockFile != null && !Files.exists(lockFile)) {
            return Finding.ok("nobody has locked the settings yet");
        }
        if (lockFile == null && stored.settings() == null) {
            return Finding.ok("there is nothing to lock yet");
        }
        try (SettingsTransaction taken = stored.store().begin(Duration.ZERO).orElse(null)) {
            return taken == null ? held(lockFile) : Finding.ok("no other process holds the lock of the settings");
        } catch (SettingsStoreException e) {
            return Finding.of(Level.FAIL, e);
        }
    }

    private Finding held(@Nullable Path lockFile) {
        OptionalLong holder = lockFile == null ? OptionalLong.empty() : machine.lockHolder(lockFile);
        return Finding.warn(
                (holder.isPresent() ? Machine.process(holder.getAsLong()) : "another process")
                        + " holds the lock of the settings",
                "That is usual for a moment, while it obtains a token. If it lasts for more than a minute, that process"
                        + " cannot store its tokens: do not end it, and look into its log for 'in memory ONLY'.");
    }
}
