package io.github.camelzendesk.auth.cli.internal.connections;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;

/**
 * The connections that one file describes: {@code connections.properties}, or the properties of an application. Immutable.
 *
 * @param source names the file in messages
 * @param common the options that count for each connection, unless it sets them itself
 * @param byName by name, in order
 */
public record Connections(String source, Map<String, String> common, Map<String, Map<String, String>> byName) {
    /**
     * Reads a file; without it there are no connections.
     *
     * @throws ConfigurationRefused when it cannot be read or understood
     */
    public static Connections read(Path file, Map<String, String> environment) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString(), environment);
        } catch (NoSuchFileException e) {
            return new Connections(file.toString(), Map.of(), Map.of());
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    "The file " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "): check that it is a text file in UTF-8 and that this user may read it.");
        }
    }

    /** The same of a text. */
    public static Connections parse(String text, String source, Map<String, String> environment) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationRefused(
                    source + " is no properties file: check its lines for \\u without four digits.");
        }
        Map<String, String> values = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        return ConnectionKeys.group(new Placeholders(source, values, environment), values, source);
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /**
     * A connection of this name.
     *
     * @throws ConfigurationRefused when one of its options is none, or has a value that is none
     */
    public Optional<NamedConnection> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(own -> {
            Map<String, String> all = new TreeMap<>(common);
            all.putAll(own);
            return new NamedConnection(name, options(name, all));
        });
    }

    private ConnectionOptions options(String name, Map<String, String> texts) {
        try {
            return ConnectionOptions.of(texts);
        } catch (ConfigurationRefused e) {
            throw new ConfigurationRefused("Connection '" + name + "' in " + source + ": " + e.getMessage());
        }
    }
}
