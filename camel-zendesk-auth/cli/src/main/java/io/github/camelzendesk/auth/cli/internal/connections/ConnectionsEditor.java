package io.github.camelzendesk.auth.cli.internal.connections;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/**
 * Changes a {@code connections.properties}, and leaves the lines of others and comments as they are. Safe among processes: a
 * lock file beside it is held meanwhile.
 */
public final class ConnectionsEditor {
    private final Path file;

    public ConnectionsEditor(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Writes a connection of a new name, also new to whom else adds one at this moment.
     *
     * @throws ConfigurationRefused when there is one of that name
     */
    public void add(NamedConnection connection) {
        edit(lines -> {
            if (lines.stream().anyMatch(line -> isOf(line, connection.name()))) {
                throw taken(connection.name(), file.toString());
            }
            lines.addAll(lines(connection));
            return lines;
        });
    }

    public static ConfigurationRefused taken(String name, String source) {
        return new ConfigurationRefused("There is a connection '" + name + "' in " + source
                + " already: choose another name, or say --replace.");
    }

    /** Writes a connection, in the place of one of that name. */
    public void put(NamedConnection connection) {
        edit(lines -> {
            List<String> kept = without(lines, line -> isOf(line, connection.name()));
            kept.addAll(lines(connection));
            return kept;
        });
    }

    /** Drops options of a connection, sets others, and leaves its other lines as they are written. */
    public void change(String name, Set<Option<?>> dropped, NamedConnection set) {
        edit(lines -> {
            List<String> kept = without(lines, line -> option(line, name)
                    .filter(option -> dropped.contains(option) || set.options().isSet(option))
                    .isPresent());
            kept.addAll(lines(set));
            return kept;
        });
    }

    /**
     * Keeps a copy of the file beside it, of this user's alone, in a new file.
     *
     * @return that file
     */
    public Path backUp() {
        Path copy = file.resolveSibling(file.getFileName() + ".bak");
        for (int number = 2; Files.exists(copy); number++) {
            copy = file.resolveSibling(file.getFileName() + ".bak" + number);
        }
        try {
            OwnerOnlyFile.create(copy, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw refused(e);
        }
        return copy;
    }

    /** Removes a connection. */
    public void remove(String name) {
        edit(lines -> without(lines, line -> isOf(line, name)));
    }

    /** The lines that describe a connection. */
    public static List<String> lines(NamedConnection connection) {
        List<String> lines = new ArrayList<>();
        for (Option<?> option : Options.ALL) {
            if (connection.options().isSet(option)) {
                lines.add(line(connection.name() + "." + option.name(), text(connection.options(), option)));
            }
        }
        return lines;
    }

    /** As it is parsed again. */
    public static String text(ConnectionOptions options, Option<?> option) {
        Object value = options.find(option);
        return value instanceof Duration duration ? duration.toMillis() + "ms" : String.valueOf(value);
    }

    /** A line of a properties file, with what escapes its value needs. */
    public static String line(String key, String value) {
        String escaped = value.chars()
                .mapToObj(each -> each == '\\'
                        ? "\\\\"
                        : each < ' ' || each > '~' ? String.format("\\u%04x", each) : Character.toString(each))
                .collect(Collectors.joining());
        return key + "=" + (escaped.startsWith(" ") ? "\\" : "") + escaped;
    }

    private static List<String> without(List<String> lines, Predicate<String> unwanted) {
        // A value that goes on in a second line goes with the first.
        List<String> kept = new ArrayList<>();
        boolean dropped = false;
        boolean continued = false;
        for (String line : lines) {
            dropped = continued ? dropped : unwanted.test(line);
            continued = isContinued(line, continued);
            if (!dropped) {
                kept.add(line);
            }
        }
        return kept;
    }

    /** After an odd number of backslashes, and never after a comment. */
    private static boolean isContinued(String line, boolean continues) {
        boolean comment = !continues && line.strip().matches("[#!].*");
        return !comment && line.matches("(.*[^\\\\])?(\\\\\\\\)*\\\\");
    }

    private static boolean isOf(String line, String name) {
        String key = line.strip();
        return key.startsWith(name + ".") && key.substring(name.length() + 1).matches("[A-Za-z_-]+[\\s=:].*");
    }

    /** The option that a line sets of a connection. */
    private static Optional<Option<?>> option(String line, String name) {
        return isOf(line, name)
                ? Options.find(line.strip().substring(name.length() + 1).split("[\\s=:]", 2)[0])
                : Optional.empty();
    }

    /** @throws ConfigurationRefused when the file is the configuration of an application, which this does not change */
    public void requireOwn() {
        if (Connections.readWithReferences(file, Map.of()).ofApplication()) {
            throw new ConfigurationRefused("The file " + file + " is the configuration of an application, which is only"
                    + " read: change it yourself, or name a connections.properties with --config.");
        }
    }

    private void edit(UnaryOperator<List<String>> change) {
        requireOwn();
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try {
            OwnerOnlyFile.makeFolderOf(file);
            try (FileChannel channel = OwnerOnlyFile.open(lock)) {
                channel.lock();
                OwnerOnlyFile.sweep(file);
                OwnerOnlyFile.replace(
                        file, String.join(System.lineSeparator(), change.apply(read())) + System.lineSeparator());
            }
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private ConfigurationRefused refused(IOException error) {
        return new ConfigurationRefused("The file " + file + " cannot be changed ("
                + error.getClass().getSimpleName() + "): check its folder, and the permissions of this user.");
    }

    private List<String> read() throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return new ArrayList<>(
                    List.of("# The connections of zendesk-auth: NAME.OPTION=VALUE. Values may refer to {{env:NAME}}."));
        }
    }
}
