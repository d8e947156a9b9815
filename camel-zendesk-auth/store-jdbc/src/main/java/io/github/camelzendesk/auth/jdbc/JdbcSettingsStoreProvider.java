package io.github.camelzendesk.auth.jdbc;

import javax.sql.DataSource;

import io.github.camelzendesk.auth.jdbc.internal.Database;
import io.github.camelzendesk.auth.jdbc.internal.Databases;
import io.github.camelzendesk.auth.jdbc.internal.JdbcLocation;
import io.github.camelzendesk.auth.jdbc.internal.JdbcSettingsStore;
import io.github.camelzendesk.auth.jdbc.internal.SettingsEntry;
import io.github.camelzendesk.auth.jdbc.internal.connections.JdbcUrl;
import io.github.camelzendesk.auth.jdbc.internal.connections.PlainConnections;
import io.github.camelzendesk.auth.jdbc.internal.connections.PooledConnections;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider;

/**
 * Opens settings stores in a table of a database: {@code jdbc:bean:NAME} for a {@link DataSource} of the registry, or a
 * plain JDBC URL. Stateless.
 */
public final class JdbcSettingsStoreProvider implements SettingsStoreProvider {
    private static final int LONGEST_NAME = 200;

    @Override
    public String scheme() {
        return "jdbc";
    }

    @Override
    public SettingsStore open(String location, String name, SettingsCodec codec, BeanLookup beans) {
        JdbcLocation parsed = JdbcLocation.parse(location);
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("The name of the connection is longer than " + LONGEST_NAME
                    + " characters, which the settings table does not hold: " + name);
        }
        return new JdbcSettingsStore(new SettingsEntry(database(parsed, beans), name, codec));
    }

    private static Database database(JdbcLocation location, BeanLookup beans) {
        String bean = location.bean();
        JdbcUrl url = location.url();
        if (bean == null) {
            return Databases.of(location, url, () -> new PlainConnections(url, System::nanoTime));
        }
        DataSource dataSource = beans.find(bean, DataSource.class);
        return Databases.of(location, dataSource, () -> new PooledConnections(bean, dataSource));
    }
}
