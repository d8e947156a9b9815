package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The URI of a Camel endpoint. Nothing is decoded, so what stays is written as it was. Immutable. */
record CamelUri(String path, List<String> parameters) {
    CamelUri {
        parameters = List.copyOf(parameters);
    }

    static CamelUri parse(String text) {
        int query = text.indexOf('?');
        return query < 0
                ? new CamelUri(text, List.of())
                : new CamelUri(text.substring(0, query), split(text.substring(query + 1)));
    }

    /** An ampersand within {@code RAW(...)} is part of the value. */
    private static List<String> split(String query) {
        List<String> parameters = new ArrayList<>();
        String open = "";
        for (String part : query.split("&", -1)) {
            open = open.isEmpty() ? part : open + "&" + part;
            if (isWhole(open)) {
                parameters.add(open);
                open = "";
            }
        }
        return open.isEmpty() ? parameters : plus(parameters, open);
    }

    private static boolean isWhole(String parameter) {
        return !(parameter.contains("=RAW(") && !parameter.endsWith(")")
                || parameter.contains("=RAW{") && !parameter.endsWith("}"));
    }

    String scheme() {
        return path.contains(":") ? path.substring(0, path.indexOf(':')).toLowerCase(Locale.ROOT) : "";
    }

    /** Between the scheme and the options, without slashes at its beginning. */
    String remainder() {
        return path.substring(path.indexOf(':') + 1).replaceFirst("^/+", "");
    }

    Optional<String> value(String option) {
        return parameters.stream()
                .filter(parameter -> nameOf(parameter).equals(normal(option)))
                .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
                .findFirst();
    }

    boolean hasAnyOf(Set<String> options) {
        return parameters.stream().anyMatch(parameter -> isOneOf(parameter, options));
    }

    boolean has(String option) {
        return hasAnyOf(Set.of(option));
    }

    CamelUri without(Set<String> options) {
        return new CamelUri(
                path,
                parameters.stream()
                        .filter(parameter -> !isOneOf(parameter, options))
                        .toList());
    }

    /** With a parameter in the place of the first of these options, and at the end where there is none. */
    CamelUri replacing(Set<String> options, String parameter) {
        long before = parameters.stream()
                .takeWhile(each -> !isOneOf(each, options))
                .filter(each -> !each.isEmpty())
                .count();
        List<String> changed = new ArrayList<>(without(options).parameters);
        changed.removeIf(String::isEmpty);
        changed.add((int) Math.min(before, changed.size()), parameter);
        return new CamelUri(path, changed);
    }

    CamelUri withPath(String other) {
        return new CamelUri(other, parameters);
    }

    CamelUri plus(List<String> more) {
        return new CamelUri(
                path, Stream.concat(parameters.stream(), more.stream()).toList());
    }

    private static List<String> plus(List<String> parameters, String last) {
        parameters.add(last);
        return parameters;
    }

    private static boolean isOneOf(String parameter, Set<String> options) {
        return options.stream().map(CamelUri::normal).anyMatch(nameOf(parameter)::equals);
    }

    static String nameOf(String parameter) {
        return normal(parameter.contains("=") ? parameter.substring(0, parameter.indexOf('=')) : parameter);
    }

    /** Camel binds options ignoring case and dashes. */
    static String normal(String option) {
        return option.replace("-", "").toLowerCase(Locale.ROOT);
    }

    String text() {
        return parameters.isEmpty() ? path : path + "?" + parameters.stream().collect(Collectors.joining("&"));
    }

    /** Without the values, which may be secret. */
    @Override
    public String toString() {
        return path;
    }
}
