package io.github.camelzendesk.auth.cli.internal.connections;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;

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

    /** Writes a connection, in the place of one of that name. */
    public void put(NamedConnection connection) {
        edit(lines -> {
            List<String> kept = without(lines, connection.name());
            kept.addAll(lines(connection));
            return kept;
        });
    }

    /** Removes a connection. */
    public void remove(String name) {
        edit(lines -> without(lines, name));
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

    /** With the escapes of a properties file. */
    private static String line(String key, String value) {
        Properties one = new Properties();
        one.setProperty(key, value);
        StringWriter written = new StringWriter();
        try {
            one.store(written, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return written.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> without(List<String> lines, String name) {
        // A value that goes on in a second line goes with the first.
        List<String> kept = new ArrayList<>();
        boolean dropped = false;
        boolean continued = false;
        for (String line : lines) {
            dropped = continued ? dropped : isOf(line, name);
            continued = line.endsWith("\\") && !line.endsWith("\\\\");
            if (!dropped) {
                kept.add(line);
            }
        }
        return kept;
    }

    private static boolean isOf(String line, String name) {
        String key = line.strip();
        return key.startsWith(name + ".") && key.substring(name.length() + 1).matches("[A-Za-z_-]+\\s*[=: ].*");
    }

    private void edit(UnaryOperator<List<String>> change) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                OwnerOnlyFile.replace(
                        file, String.join(System.lineSeparator(), change.apply(read())) + System.lineSeparator());
            }
        } catch (IOException e) {
            throw new ConfigurationRefused("The file " + file + " cannot be changed ("
                    + e.getClass().getSimpleName() + "): check its folder, and the permissions of this user.");
        }
    }

    private List<String> read() throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of("# The connections of zendesk-auth: NAME.OPTION=VALUE. Values may refer to {{env:NAME}}.");
        }
    }
}
