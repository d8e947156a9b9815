package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsStores;

/**
 * Whether there is another copy of the same login, of which only one can live: in a file beside the settings or in a default
 * place, or because connections of the configuration share a place or a refresh token. Immutable.
 *
 * @param codec of this connection, which opens no settings of another account, client or key
 */
record CopiesCheck(
        ConfiguredPlace own,
        List<ConfiguredPlace> others,
        Stored stored,
        SettingsCodec codec,
        Map<String, String> environment)
        implements Check {
    private static final int MOST_FILES = 500;
    private static final long MOST_BYTES = 1 << 20;
    private static final String ONE_PLACE = "Set oauthSettingsLocation of both to one place, and log in once.";

    @Override
    public Finding run() {
        for (ConfiguredPlace other : others) {
            if (own.isSameTokenElsewhere(other)) {
                return Finding.fail(
                        "the connection '" + other.name()
                                + "' begins with the same oauthRefreshToken in another place: the first use ends it for"
                                + " the other",
                        ONE_PLACE);
            }
            if (own.isOtherGrantAtSamePlace(other)) {
                return Finding.fail(
                        "the connection '" + other.name() + "' keeps other credentials in the same place",
                        "Set another oauthSettingsLocation for one of them.");
            }
        }
        if (stored.failure() != null) {
            return Finding.notChecked("the settings cannot be read", "Correct first what 'settings' says.");
        }
        OAuthSettings settings = stored.settings();
        return candidates()
                .map(file -> compared(file, settings))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Finding.ok("no other copy of this login was found"));
    }

    private Optional<Finding> compared(Path file, @Nullable OAuthSettings settings) {
        OAuthSettings copy = decoded(file);
        if (copy == null || copy.refreshToken() == null) {
            return Optional.empty();
        }
        if (settings == null || settings.tokens() == null) {
            return isOfAnother(file)
                    ? Optional.empty()
                    : Optional.of(
                            Finding.warn(
                                    "nothing is stored for this connection, and " + file
                                            + " holds a login of the same account and client",
                                    "If it is this connection's, set oauthSettingsLocation to that file instead of logging in again."));
        }
        return copy.lineage().isEmpty() || !copy.lineage().equals(settings.lineage())
                ? Optional.empty()
                : Optional.of(sameLogin(file, copy, settings));
    }

    private boolean isOfAnother(Path file) {
        return others.stream().anyMatch(other -> other.place().equals("file:" + file));
    }

    /** The refresh token of an earlier generation is dead. */
    private static Finding sameLogin(Path file, OAuthSettings copy, OAuthSettings settings) {
        if (copy.generation() < settings.generation()) {
            return Finding.warn(
                    file + " is an older copy of this login (generation " + copy.generation() + ", here "
                            + settings.generation() + "), and dead",
                    "Delete it, and take care that no process uses it: it would be refused.");
        }
        return copy.generation() > settings.generation()
                ? Finding.fail(
                        file + " is a newer copy of this login (generation " + copy.generation() + ", here "
                                + settings.generation() + "), so this one is dead",
                        "Set oauthSettingsLocation to that file, in each process that uses the connection.")
                : Finding.fail(
                        file + " is a copy of this login, and the first use of one ends the other",
                        "Delete the copy, or set oauthSettingsLocation of all that use the connection to one of them.");
    }

    private @Nullable OAuthSettings decoded(Path file) {
        try {
            return codec.decode(Files.readAllBytes(file), "");
        } catch (IOException | SettingsStoreException e) {
            return null;
        }
    }

    private Stream<Path> candidates() {
        Path file = stored.file().orElse(null);
        Set<Path> folders = new LinkedHashSet<>();
        if (file != null && file.getParent() != null) {
            folders.add(file.getParent());
        }
        // Where a process without XDG_CONFIG_HOME, such as a service, looks.
        for (Map<String, String> variables : List.of(environment, Map.<String, String>of())) {
            defaultFolder(variables).ifPresent(folders::add);
        }
        return folders.stream().flatMap(CopiesCheck::files).filter(path -> !path.equals(file));
    }

    private static Optional<Path> defaultFolder(Map<String, String> variables) {
        try {
            Path folder = SettingsStores.defaultFile("any", variables).getParent();
            return folder == null || !Files.isDirectory(folder) ? Optional.empty() : Optional.of(folder.toRealPath());
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(CopiesCheck::isSmallFile).limit(MOST_FILES).toList().stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty();
        }
    }

    private static boolean isSmallFile(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) > 0
                    && Files.size(file) < MOST_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
