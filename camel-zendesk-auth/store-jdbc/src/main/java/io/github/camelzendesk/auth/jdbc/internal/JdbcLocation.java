package io.github.camelzendesk.auth.jdbc.internal;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.jdbc.internal.connections.JdbcUrl;
import io.github.camelzendesk.auth.jdbc.internal.dialect.Table;

/**
 * An {@code oauthSettingsLocation} that begins with {@code jdbc:}, taken apart. Immutable.
 *
 * @param bean the name of a DataSource; null for a plain URL
 * @param url of the database; empty for a bean
 * @param createsTable whether a missing table is created
 * @param notifies whether PostgreSQL tells of changes; polled for otherwise
 */
public record JdbcLocation(@Nullable String bean, JdbcUrl url, Table table, boolean createsTable, boolean notifies) {
    private static final String BEAN = "jdbc:bean:";
    private static final Pattern OF_BEAN = Pattern.compile("([?&])([^=&]*)=([^&]*)");
    // A driver has parameters of its own, and refuses or passes on what it does not know: ours have a prefix.
    private static final Pattern OF_URL = Pattern.compile("([?&;])(zendesk\\.[^=?&;]*)=([^?&;]*)");

    /** @throws IllegalArgumentException when it cannot be understood, with a message for the user */
    public static JdbcLocation parse(String location) {
        return location.toLowerCase(Locale.ROOT).startsWith(BEAN) ? ofBean(location) : ofUrl(location);
    }

    private static JdbcLocation ofBean(String location) {
        int query = location.indexOf('?');
        String bean = location.substring(BEAN.length(), query < 0 ? location.length() : query);
        if (bean.isBlank()) {
            throw new IllegalArgumentException(
                    "oauthSettingsLocation 'jdbc:bean:' lacks the name of a DataSource after the colon");
        }
        Map<String, String> options = new TreeMap<>();
        String rest = query < 0 ? "" : without(OF_BEAN, location.substring(query), options);
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "oauthSettingsLocation jdbc:bean:" + bean + ": what follows the question mark is not name=value");
        }
        return of(bean, JdbcUrl.NONE, "", false, options);
    }

    private static JdbcLocation ofUrl(String location) {
        Map<String, String> options = new TreeMap<>();
        String url = without(OF_URL, location, options);
        return of(null, JdbcUrl.of(url), "zendesk.", true, options);
    }

    private static JdbcLocation of(
            @Nullable String bean, JdbcUrl url, String prefix, boolean createsTable, Map<String, String> options) {
        String table = options.remove(prefix + "table");
        boolean creates = bool(prefix + "createTable", createsTable, options);
        boolean notifies = bool(prefix + "notify", true, options);
        if (!options.isEmpty()) {
            // Names only: what looks like a value may be part of a password with an ampersand in it.
            throw new IllegalArgumentException("oauthSettingsLocation of a database knows the options " + prefix
                    + "table, " + prefix + "createTable and " + prefix + "notify, and not "
                    + String.join(", ", options.keySet()));
        }
        return new JdbcLocation(bean, url, Table.of(table == null ? Table.DEFAULT : table), creates, notifies);
    }

    private static boolean bool(String name, boolean otherwise, Map<String, String> options) {
        String value = options.remove(name);
        if (value == null) {
            return otherwise;
        }
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(value);
        }
        throw new IllegalArgumentException("oauthSettingsLocation: " + name + " is neither true nor false");
    }

    /** The text without the options, which are put into the map; the delimiters of the others stay right. */
    private static String without(Pattern pattern, String text, Map<String, String> options) {
        Matcher option = pattern.matcher(text);
        StringBuilder rest = new StringBuilder();
        while (option.find()) {
            options.put(option.group(2), option.group(3));
            option.appendReplacement(rest, option.group(1).equals("?") ? "?" : "");
        }
        option.appendTail(rest);
        return options.isEmpty() ? text : rest.toString().replace("?&", "?").replaceFirst("\\?$", "");
    }
}
