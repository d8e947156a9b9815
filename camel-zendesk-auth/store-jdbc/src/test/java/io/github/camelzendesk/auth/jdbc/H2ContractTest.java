package io.github.camelzendesk.auth.jdbc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.store.testkit.SettingsStoreContract;

/** An embedded database in a file, which the first process that opens it serves to the others. */
class H2ContractTest extends SettingsStoreContract {
    @TempDir
    Path directory;

    private Connection open;

    /** A process that lives longer than one that is killed, as one that goes on in its place does. */
    @BeforeEach
    void open() throws SQLException {
        open = DriverManager.getConnection(location());
    }

    @AfterEach
    void close() throws SQLException {
        open.close();
    }

    @Override
    protected String location() {
        return "jdbc:h2:" + directory.resolve("db") + ";AUTO_SERVER=TRUE";
    }

    @Override
    protected byte @Nullable [] stored(String name) throws SQLException {
        try (PreparedStatement select =
                open.prepareStatement("SELECT settings FROM zendesk_auth_settings WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1).getBytes(StandardCharsets.UTF_8) : null;
            }
        }
    }

    @Override
    protected void overwrite(String name, byte[] content) throws SQLException {
        try (PreparedStatement update =
                open.prepareStatement("UPDATE zendesk_auth_settings SET settings = ? WHERE name = ?")) {
            update.setString(1, new String(content, StandardCharsets.UTF_8));
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    @Override
    protected boolean breakLock(String name) throws SQLException {
        boolean broken = false;
        try (Statement statement = open.createStatement();
                Statement abort = open.createStatement();
                ResultSet session = statement.executeQuery(
                        "SELECT session_id FROM information_schema.sessions WHERE session_id <> SESSION_ID()")) {
            while (session.next()) {
                abort.execute("CALL ABORT_SESSION(" + session.getInt(1) + ")");
                broken = true;
            }
        }
        return broken;
    }
}
