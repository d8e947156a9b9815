package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelzendesk.auth.options.Option;

/** A variable of the environment in place of a secret, as {@code connections.properties} refers to it. Stateless. */
public final class Reference {
    private static final Pattern FORM = Pattern.compile("\\{\\{env:([A-Za-z_][A-Za-z0-9_]*)}}");
    private static final Pattern ANY = Pattern.compile("\\{\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::[^}]*)?}}");

    private static final String PREFIX = "ZENDESK_";

    private Reference() {}

    /** Whether a value is one, and nothing else. */
    public static boolean is(String value) {
        return FORM.matcher(value).matches();
    }

    /** Whether a value has one in it, with or without a default. */
    public static boolean isIn(String value) {
        return ANY.matcher(value).find();
    }

    /** With the values of variables, or some word for one that is not set. */
    public static String filled(String value, Map<String, String> environment) {
        return ANY.matcher(value)
                .replaceAll(
                        found -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), "set-elsewhere")));
    }

    /** To the variable of a connection's option: {@code ACME_OAUTH_CLIENT_SECRET}. */
    public static String of(String connection, Option<?> option) {
        return "{{env:" + variable(connection, option) + "}}";
    }

    /** Not one that begins with ZENDESK_ and names no option: commands refuse those as misspelled. */
    private static String variable(String connection, Option<?> option) {
        String name = connection.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_";
        String own = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        String rest = option.variable().substring(PREFIX.length());
        return own.isEmpty() ? option.variable() : (Character.isDigit(own.charAt(0)) ? "_" : "") + own + rest;
    }

    /** A reference as another program writes it, such as {@code ${NAME}}, where NAME becomes the variable. */
    static String as(String form, String value) {
        return form.replace("NAME", variable(value));
    }

    /** The variable that a reference is to. */
    public static String variable(String reference) {
        return FORM.matcher(reference).replaceAll("$1");
    }
}
