package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * The connection string of a JDBC, ODBC or ADO.NET driver: {@code Name=Value;} pairs, values in quotes or braces where they
 * hold a semicolon. Stateless.
 */
final class DriverString {
    private static final Pattern PREFIX = Pattern.compile("jdbc:(?:cdata:)?zendesk:", Pattern.CASE_INSENSITIVE);
    private static final Pattern PAIR = Pattern.compile("\\s*(?<name>[^=;'\"{}]+?)\\s*=\\s*(?:"
            + "\"(?<double>[^\"]*+(?:\"\"[^\"]*+)*+)\"|'(?<single>[^']*+(?:''[^']*+)*+)'|\\{(?<braced>[^}]*+(?:}}[^}]*+)*+)}"
            + "|(?<plain>[^;'\"{][^;]*|))\\s*(?:;+|$)");
    private static final Pattern SPECIAL = Pattern.compile("[;'\"{}=]|^\\s|\\s$");

    private DriverString() {}

    /** Whether a text is one, as far as its first line shows. */
    static boolean is(String text) {
        String stripped = text.strip();
        boolean oneLine = stripped.lines().count() == 1 && !stripped.startsWith("#");
        return stripped.regionMatches(true, 0, "jdbc:", 0, "jdbc:".length())
                || oneLine && stripped.matches("[A-Za-z][A-Za-z ]*=.*;.*");
    }

    /**
     * The pairs, in order, by their names as they are written.
     *
     * @throws ConfigurationRefused when it is none of Zendesk, or its quotes are not closed; quotes none of it
     */
    static Map<String, String> parse(String text, String source) {
        String stripped = text.strip();
        Matcher prefix = PREFIX.matcher(stripped);
        if (stripped.regionMatches(true, 0, "jdbc:", 0, "jdbc:".length()) && !prefix.lookingAt()) {
            throw new ConfigurationRefused(
                    source + " is the connection string of another driver: give one that begins with jdbc:zendesk:.");
        }
        return pairs(prefix.lookingAt() ? stripped.substring(prefix.end()) : stripped, source);
    }

    private static Map<String, String> pairs(String text, String source) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!pair.find(end) || pair.start() != end) {
                throw new ConfigurationRefused(
                        source + ": after " + (pairs.size() == 1 ? "1 pair" : pairs.size() + " pairs")
                                + " comes what is no Name=Value pair. Put a value that holds"
                                + " ; in quotes, close each quote, and double a quote within.");
            }
            if (pairs.put(pair.group("name"), value(pair)) != null) {
                throw new ConfigurationRefused(source + " sets one name twice: leave one of them.");
            }
            end = pair.end();
        }
        return pairs;
    }

    private static String value(Matcher pair) {
        if (pair.group("double") != null) {
            return pair.group("double").replace("\"\"", "\"");
        }
        if (pair.group("single") != null) {
            return pair.group("single").replace("''", "'");
        }
        return pair.group("braced") != null
                ? pair.group("braced").replace("}}", "}")
                : pair.group("plain").strip();
    }

    /** One pair of a string. */
    static String pair(String name, String value) {
        return name + "=" + (SPECIAL.matcher(value).find() ? "\"" + value.replace("\"", "\"\"") + "\"" : value) + ";";
    }
}
