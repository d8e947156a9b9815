package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.SQLException;
import java.util.List;

import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * What a failure of the database means to an operator, and the remedy. Stateless.
 *
 * <p>What the driver says of a statement stays out: it may quote the row. What it says of a connection is redacted.
 */
public enum SqlExceptionTranslator {
    NO_SECOND(
            "the pool gave no second connection in time",
            "The lock takes two connections at a time on this database: raise the size of the pool (maximumPoolSize), to two"
                    + " at least.",
            SqlExceptionTranslator.NO_SECOND_STATE),
    NO_DRIVER("no JDBC driver for it", "Add the driver of the database to the class path.", "IM"),
    CREDENTIALS("the database refuses the user", "Check the user and the password of the connection.", "28"),
    POOLER(
            "a pooler such as PgBouncer has probably given a prepared statement to another session",
            "Set prepareThreshold=0 in the JDBC URL, or at the DataSource; or let this location go to PostgreSQL itself, or"
                    + " to a pool in session mode.",
            "26000",
            "42P05",
            "08P01"),
    DENIED(
            "permission denied",
            "GRANT SELECT, INSERT, UPDATE ON %1$s, %1$s_lock TO the user of the connection.",
            "42501"),
    NO_TABLE(
            "there is no such table, or it lacks a column",
            "Have a user who may do so run %2$s from the jar zendesk-auth-jdbc, with %1$s for the table's name.",
            "42",
            "S0"),
    READ_ONLY(
            "the database is read-only",
            "Point oauthSettingsLocation at the primary: a standby cannot take a new token.",
            "25006"),
    FULL("no space left", "Free some space at the database; the next attempt goes on from there.", "53100"),
    TOO_MANY(
            "too many connections",
            "Raise the limit of the database, or let the application take fewer; the next attempt goes on from there.",
            "53300"),
    UNREACHABLE(
            "the database cannot be reached",
            "Check that it runs, and the address; the next attempt goes on from there.",
            "08",
            "57P",
            "90067",
            "90121"),
    TOO_LONG("a column is too short", "Compare the table with %2$s in the jar.", "22001"),
    OTHER("the database refuses", "Look into the log of the database.", "");

    /** Of no database: SQL leaves the classes from I to Z to implementations. */
    static final String NO_SECOND_STATE = "ZA002";

    private final String words;
    private final String remedy;
    private final List<String> states;

    SqlExceptionTranslator(String words, String remedy, String... states) {
        this.words = words;
        this.remedy = remedy;
        this.states = List.of(states);
    }

    /** @param script the name of the file that creates the table */
    public static SettingsStoreException failed(
            String subject, String what, SQLException e, String table, String script) {
        String remedy = e instanceof MissingTable missing
                ? NO_TABLE.remedy.formatted(table, missing.script())
                : of(e).remedy.formatted(table, script);
        return new SettingsStoreException(subject + " " + what + " (" + why(e) + "). " + remedy, cause(e));
    }

    public static String why(SQLException e) {
        if (e instanceof MissingTable) {
            return NO_TABLE.words + "; " + e.getMessage();
        }
        String code = "SQLState " + e.getSQLState() + ", error " + e.getErrorCode();
        return of(e).words + ", " + code + (e instanceof ConnectFailure ? ": " + oneLine(e) : "");
    }

    public static boolean isMissingTable(SQLException e) {
        return of(e) == NO_TABLE;
    }

    private static SqlExceptionTranslator of(SQLException e) {
        if (String.valueOf(e.getMessage()).startsWith("No suitable driver")) {
            return NO_DRIVER;
        }
        String state = String.valueOf(e.getSQLState());
        for (SqlExceptionTranslator trouble : values()) {
            if (trouble.states.stream().anyMatch(state::startsWith)) {
                return trouble;
            }
        }
        return OTHER;
    }

    private static SQLException cause(SQLException e) {
        if (e instanceof ConnectFailure) {
            return e;
        }
        SQLException bare = new SQLException(e.getClass().getName(), e.getSQLState(), e.getErrorCode());
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }

    private static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").trim();
    }
}
