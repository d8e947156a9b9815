package io.github.camelzendesk.auth.cli.internal.connections;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Fills in what values of a properties file refer to, in Camel's form ({@code {{env:NAME}}}, {@code {{key:otherwise}}}) and in
 * that of Spring and Quarkus ({@code ${NAME:otherwise}}). For one thread.
 */
final class Placeholders {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{(?<camel>[^{}]+)}}|\\$\\{(?<spring>[^{}]+)}");

    private final String source;
    private final Map<String, String> values;
    private final Map<String, String> environment;
    private final Set<String> open = new HashSet<>();

    Placeholders(String source, Map<String, String> values, Map<String, String> environment) {
        this.source = source;
        this.values = values;
        this.environment = environment;
    }

    /** The value of this key, without references. */
    String resolve(String key) {
        if (!open.add(key)) {
            throw new ConfigurationRefused("In " + source + " the value of " + key + " refers to itself.");
        }
        try {
            Matcher reference = REFERENCE.matcher(values.getOrDefault(key, ""));
            return reference.replaceAll(found -> Matcher.quoteReplacement(referred(key, reference)));
        } finally {
            open.remove(key);
        }
    }

    private String referred(String key, Matcher reference) {
        String camel = reference.group("camel");
        String text = camel == null ? reference.group("spring") : camel;
        boolean named = text.startsWith("env:");
        String[] parts = (named ? text.substring("env:".length()) : text).split(":", 2);
        String name = parts[0].strip();
        String found = named ? environment.get(name) : value(name);
        if (found != null) {
            return found;
        }
        if (parts.length == 2) {
            return parts[1];
        }
        throw new ConfigurationRefused("In " + source + " the value of " + key + " refers to " + name
                + ", which is set neither there nor in the environment: set it.");
    }

    private @Nullable String value(String name) {
        return values.containsKey(name) ? resolve(name) : environment.get(name);
    }
}
