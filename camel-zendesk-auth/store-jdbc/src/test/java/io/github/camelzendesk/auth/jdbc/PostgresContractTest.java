package io.github.camelzendesk.auth.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

import io.github.camelzendesk.auth.store.testkit.SettingsStoreContract;

class PostgresContractTest extends SettingsStoreContract {
    private final String table = PostgresServer.newTable();
    private PostgresServer server;

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.running();
    }

    @Override
    protected String location() {
        return server.url() + "&zendesk.table=" + table;
    }

    @Override
    protected byte @Nullable [] stored(String name) throws Exception {
        List<String> rows = server.query("SELECT settings FROM " + table + " WHERE name = '" + name + "'");
        return rows.isEmpty() ? null : rows.get(0).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void overwrite(String name, byte[] content) throws Exception {
        try (Connection connection = server.connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE " + table + " SET settings = ? WHERE name = ?")) {
            update.setString(1, new String(content, StandardCharsets.UTF_8));
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    @Override
    protected boolean breakLock(String name) throws Exception {
        return server.breakLocks();
    }
}
