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

    private static final Pattern NESTED =
            Pattern.compile("(?:\\{\\{|\\$\\{)(?:(?!}}?).)*(?:\\{\\{|\\$\\{)", Pattern.DOTALL);
    /** Where Camel itself looks values up. */
    private static final Pattern FUNCTION = Pattern.compile(
            "\\{\\{\\s*(sys|service|service\\.name|service\\.host|service\\.port|bean|base64|"
                    + "aws|gcp|azure|hashicorp|ibm|cyberark|spring-config|secret|secret-binary|configmap|configmap-binary):");

    private final String source;
    private final Map<String, String> values;
    private final Variables environment;
    private final Set<String> open = new HashSet<>();

    Placeholders(String source, Map<String, String> values, Variables environment) {
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
            requireUnderstood(key);
            Matcher reference = REFERENCE.matcher(values.getOrDefault(key, ""));
            return reference.replaceAll(found -> Matcher.quoteReplacement(referred(key, reference)));
        } finally {
            open.remove(key);
        }
    }

    /** What is not filled in must not pass for a secret. */
    private void requireUnderstood(String key) {
        String value = values.getOrDefault(key, "");
        if (NESTED.matcher(value).find()) {
            throw new ConfigurationRefused("In " + source + " the value of " + key
                    + " has a reference within a reference: write {{env:NAME}} or ${NAME} alone.");
        }
        Matcher function = FUNCTION.matcher(value);
        if (function.find() && !values.containsKey(function.group(1))) {
            throw new ConfigurationRefused(
                    "In " + source + " the value of " + key + " is one that Camel takes from '" + function.group(1)
                            + ":', where a command cannot: put it into a variable, and write {{env:NAME}}.");
        }
    }

    private String referred(String key, Matcher reference) {
        String camel = reference.group("camel");
        String text = camel == null ? reference.group("spring") : camel;
        boolean named = text.startsWith("env:");
        String[] parts = (named ? text.substring("env:".length()) : text).split(":", 2);
        String name = parts[0].strip();
        String otherwise = parts.length == 2 ? parts[1] : null;
        String found = !named && values.containsKey(name) ? resolve(name) : environment.find(name, otherwise);
        if (found != null) {
            return found;
        }
        throw new ConfigurationRefused("In " + source + " the value of " + key + " refers to " + name
                + ", which is set neither there nor in the environment: set it.");
    }

    /** What a reference to the environment becomes. */
    @FunctionalInterface
    interface Variables {
        /**
         * Null where there is nothing.
         *
         * @param otherwise what counts where the variable is not set; null without such
         */
        @Nullable
        String find(String name, @Nullable String otherwise);

        static Variables of(Map<String, String> environment) {
            return (name, otherwise) -> {
                String value = environment.get(name);
                return value == null ? otherwise : value;
            };
        }

        /** The reference itself, in Camel's form; another variable's name than a shell's can be in no environment. */
        static @Nullable String kept(String name, @Nullable String otherwise) {
            return name.matches("[A-Za-z_][A-Za-z0-9_]*")
                    ? "{{env:" + name + (otherwise == null ? "" : ":" + otherwise) + "}}"
                    : otherwise;
        }
    }
}
