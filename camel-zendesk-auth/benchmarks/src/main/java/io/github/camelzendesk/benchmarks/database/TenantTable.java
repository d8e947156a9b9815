package io.github.camelzendesk.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;

/**
 * A table with a row for each of many connections, all with the same document: the store does not compare it with the
 * row's name.
 */
record TenantTable(Server server, String table, Documents documents) {
    private static final BeanLookup NO_BEANS = beans("none");

    /** A table of that many rows, made as the store makes it. */
    static TenantTable create(Server server, String table, Documents documents, int rows) throws Exception {
        TenantTable tenants = new TenantTable(server, table, documents);
        tenants.store(server.url(), 0).load();
        tenants.fill(rows);
        server.execute("VACUUM ANALYZE " + table, "CHECKPOINT");
        return tenants;
    }

    private void fill(int rows) throws SQLException {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table
                        + " (name, generation, version, settings, updated_at) SELECT " + nameOf("i")
                        + ", 1, 1, ?, now() FROM generate_series(1, ?) AS i")) {
            insert.setString(1, documents.encoded(documents.first()));
            insert.setInt(2, rows);
            insert.executeUpdate();
        }
    }

    static String nameOf(String sql) {
        return "'tenant-' || lpad(" + sql + "::text, 7, '0') || '@tenant-' || lpad(" + sql
                + "::text, 7, '0') || '.zendesk.com'";
    }

    static String name(int tenant) {
        return "tenant-%07d@tenant-%07d.zendesk.com".formatted(tenant, tenant);
    }

    SettingsStore store(String url, int tenant) {
        return SettingsStores.open(url + "&zendesk.table=" + table, name(tenant), documents.codec(), NO_BEANS);
    }

    SettingsStore store(Object dataSource, int tenant) {
        return SettingsStores.open("jdbc:bean:pool?table=" + table, name(tenant), documents.codec(), beans(dataSource));
    }

    void drop() throws SQLException {
        server.execute("DROP TABLE " + table, "DROP TABLE " + table + "_lock");
    }

    static BeanLookup beans(Object bean) {
        return new BeanLookup() {
            @Override
            public <T> T find(String name, Class<T> type) {
                return type.cast(bean);
            }
        };
    }
}
