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
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

import io.github.camelzendesk.auth.cli.internal.connections.Placeholders.Variables;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/**
 * The connections that one file describes: {@code connections.properties}, or the properties of an application. Immutable.
 *
 * @param source names the file in messages
 * @param ofApplication whether the file is the configuration of an application, with other keys beside these
 * @param common the options that count for each connection, unless it sets them itself, and their keys in the file
 * @param byName the same of each connection, in order
 * @param values of an option and its key, the value; looked up when a connection is, so that what one lacks is no matter
 *     to the others
 */
public record Connections(
        String source,
        boolean ofApplication,
        Map<String, String> common,
        Map<String, Map<String, String>> byName,
        BinaryOperator<String> values) {
    /** Of a source that describes none. */
    public static Connections none(String source) {
        return new Connections(source, false, Map.of(), Map.of(), (option, key) -> key);
    }

    /**
     * Reads a file; without it there are no connections.
     *
     * @throws ConfigurationRefused when it cannot be read or understood
     */
    public static Connections read(Path file, Map<String, String> environment) {
        return parse(text(file), file.toString(), environment);
    }

    /** The same, where a reference to the environment stays one, {@code {{env:NAME}}}, in place of a secret. */
    public static Connections readWithReferences(Path file, Map<String, String> environment) {
        return withReferences(values(text(file), file.toString()), file.toString(), environment);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    "The file " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "): check that it is a text file in UTF-8 and that this user may read it.");
        }
    }

    /** The same of a text. */
    public static Connections parse(String text, String source, Map<String, String> environment) {
        return of(values(text, source), source, environment);
    }

    private static Connections of(Map<String, String> values, String source, Map<String, String> environment) {
        Placeholders filled = new Placeholders(source, values, Variables.of(environment));
        return ConnectionKeys.group(values.keySet(), source, (option, key) -> filled.resolve(key));
    }

    /**
     * The connections of keys and values, where a reference to the environment stays one, {@code {{env:NAME}}}, in place of
     * a secret.
     */
    public static Connections withReferences(
            Map<String, String> values, String source, Map<String, String> environment) {
        Placeholders filled = new Placeholders(source, values, Variables.of(environment));
        Placeholders kept = new Placeholders(source, values, Variables::kept);
        return ConnectionKeys.group(
                values.keySet(),
                source,
                (option, key) -> Options.find(option).filter(Option::isSecret).isPresent()
                        ? kept.resolve(key)
                        : filled.resolve(key));
    }

    /** The keys and values of a properties file, or of one in YAML, which its name tells. */
    public static Map<String, String> values(String text, String source) {
        return YamlProperties.is(source) ? YamlProperties.parse(text, source) : properties(text, source);
    }

    private static Map<String, String> properties(String text, String source) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationRefused(
                    source + " is no properties file: check its lines for \\u without four digits.");
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
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
            own.keySet()
                    .forEach(key ->
                            all.remove(Options.find(key).map(Option::name).orElse(key)));
            all.putAll(own);
            all.replaceAll(values);
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
