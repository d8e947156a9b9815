package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The statements on the settings table that any database understands. Immutable and thread-safe.
 *
 * @param name an identifier, with a schema or without one: it stands in statements as it is
 */
public record Table(String name) {
    private static final int KEYS_A_STATEMENT = 500;

    public static final String DEFAULT = "zendesk_auth_settings";

    private static final Pattern IDENTIFIER =
            Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]{0,62}\\.)?[A-Za-z_][A-Za-z0-9_]{0,57}");

    /** @throws IllegalArgumentException when it is no plain identifier, with a message for the user */
    public static Table of(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "oauthSettingsLocation: the table is no identifier. Letters, digits and underscores are allowed,"
                            + " 58 at most, and a schema with a dot in front: schema.table");
        }
        return new Table(name);
    }

    public String lockName() {
        return name + "_lock";
    }

    public Row read(Connection connection, String key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version, settings FROM " + name + " WHERE name = ?")) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Row(row.getLong(1), row.getString(2)) : Row.ABSENT;
            }
        }
    }

    public long version(Connection connection, String key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version FROM " + name + " WHERE name = ?")) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : Row.NONE;
            }
        }
    }

    /** Of each of these rows, {@link Row#NONE} where there is none; asked for by a few hundred at a time. */
    Map<String, Long> versions(Connection connection, Collection<String> keys) throws SQLException {
        List<String> all = List.copyOf(keys);
        Map<String, Long> versions = new HashMap<>();
        all.forEach(key -> versions.put(key, Row.NONE));
        for (int from = 0; from < all.size(); from += KEYS_A_STATEMENT) {
            versions.putAll(some(connection, all.subList(from, Math.min(all.size(), from + KEYS_A_STATEMENT))));
        }
        return versions;
    }

    private Map<String, Long> some(Connection connection, List<String> keys) throws SQLException {
        String marks = String.join(",", Collections.nCopies(keys.size(), "?"));
        try (PreparedStatement select =
                connection.prepareStatement("SELECT name, version FROM " + name + " WHERE name IN (" + marks + ")")) {
            int index = 1;
            for (String key : keys) {
                select.setString(index++, key);
            }
            Map<String, Long> versions = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    versions.put(row.getString(1), row.getLong(2));
                }
            }
            return versions;
        }
    }

    /** False when there is such a row already. */
    public boolean insert(Connection connection, String key, long generation, String settings) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + name
                + " (name, generation, version, settings, updated_at) VALUES (?, ?, 1, ?, CURRENT_TIMESTAMP)")) {
            insert.setString(1, key);
            insert.setLong(2, generation);
            insert.setString(3, settings);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if (isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    /** False unless the row has this version, and no higher generation. */
    boolean update(Connection connection, String key, long version, long generation, String settings)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + name
                + " SET generation = ?, version = version + 1, settings = ?, updated_at = CURRENT_TIMESTAMP"
                + " WHERE name = ? AND version = ? AND generation <= ?")) {
            update.setLong(1, generation);
            update.setString(2, settings);
            update.setString(3, key);
            update.setLong(4, version);
            update.setLong(5, generation);
            return update.executeUpdate() == 1;
        }
    }

    public int countLike(Connection connection, String prefix) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COUNT(*) FROM " + name + " WHERE name LIKE ? ESCAPE '!'")) {
            select.setString(1, prefix.replaceAll("[!%_]", "!$0") + "%");
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    static boolean isDuplicate(SQLException e) {
        return e instanceof SQLIntegrityConstraintViolationException
                || String.valueOf(e.getSQLState()).startsWith("23");
    }
}
