package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The connections of a DataSource of the application. Thread-safe. */
public final class PooledConnections implements Connections {
    private final String bean;
    private final DataSource dataSource;

    public PooledConnections(String bean, DataSource dataSource) {
        this.bean = bean;
        this.dataSource = dataSource;
    }

    @Override
    public String shown() {
        return "jdbc:bean:" + bean;
    }

    @Override
    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public void giveBack(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean arePooled() {
        return true;
    }

    @Override
    public String redact(String message) {
        return JdbcUrl.NONE.redact(message);
    }
}
