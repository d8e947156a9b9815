package io.github.camelzendesk.auth.jdbc;

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
        return server.settings(table, name);
    }

    @Override
    protected void overwrite(String name, byte[] content) throws Exception {
        server.overwrite(table, name, content);
    }

    @Override
    protected boolean breakLock(String name) throws Exception {
        return server.breakLocks();
    }
}
