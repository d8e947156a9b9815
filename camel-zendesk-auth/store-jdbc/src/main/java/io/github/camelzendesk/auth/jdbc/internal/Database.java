package io.github.camelzendesk.auth.jdbc.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.jdbc.internal.changes.ChangeListenerThread;
import io.github.camelzendesk.auth.jdbc.internal.changes.RowWatchers;
import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;
import io.github.camelzendesk.auth.jdbc.internal.connections.Connections;
import io.github.camelzendesk.auth.jdbc.internal.connections.JdbcUrl;
import io.github.camelzendesk.auth.jdbc.internal.connections.MissingTable;
import io.github.camelzendesk.auth.jdbc.internal.connections.SqlExceptionTranslator;
import io.github.camelzendesk.auth.jdbc.internal.dialect.Dialect;
import io.github.camelzendesk.auth.jdbc.internal.dialect.PortableSql;
import io.github.camelzendesk.auth.jdbc.internal.dialect.PostgreSql;
import io.github.camelzendesk.auth.jdbc.internal.dialect.Table;
import io.github.camelzendesk.auth.jdbc.internal.dialect.UnpreparedConnections;
import io.github.camelzendesk.auth.settings.SettingsStore;

/**
 * A settings table with all that this JVM shares on it: what kind of database it is, who waits for changes. Thread-safe.
 */
public final class Database {
    private static final String SCRIPTS = "/io/github/camelzendesk/auth/jdbc/";
    private static final String PORTABLE_SCRIPT = "zendesk-auth-settings.sql";
    private static final int TABLES = 2;

    private final JdbcLocation location;
    private final Object place;
    private volatile Connections connections; // written under recognising
    private final String shown;
    private final KeyedMutex waiting = new KeyedMutex();
    private final ReentrantLock recognising = new ReentrantLock();
    private final ReentrantLock watching = new ReentrantLock();
    private @Nullable RowWatchers watchers; // guarded by watching
    private volatile @Nullable Dialect dialect; // written under recognising

    /** @param place what tells one database from another: its URL, or the DataSource */
    Database(JdbcLocation location, Object place, Connections connections, String shown) {
        this.location = location;
        this.place = place;
        this.connections = connections;
        this.shown = shown;
    }

    boolean isOf(JdbcLocation other, Object otherPlace) {
        return isAt(otherPlace) && location.equals(other);
    }

    boolean isAt(Object other) {
        return place == other || (place instanceof JdbcUrl && place.equals(other));
    }

    String shown() {
        return shown;
    }

    Table table() {
        return location.table();
    }

    /** Whose turn it is to wait for a lock: each waiter takes a connection. */
    KeyedMutex waiting() {
        return waiting;
    }

    /** The name of the file that creates the tables. */
    String script() {
        Dialect known = dialect;
        return known == null ? PORTABLE_SCRIPT : known.script();
    }

    BorrowedConnection lease() throws SQLException {
        return BorrowedConnection.take(connections);
    }

    /** What this database understands; creates the tables first where they are missing and that is allowed. */
    Dialect dialect() throws SQLException {
        Dialect known = dialect;
        if (known != null) {
            return known;
        }
        // One for all: what it holds, such as the turn to take two connections, is shared.
        recognising.lock();
        try {
            known = dialect;
            return known == null ? recognised() : known;
        } finally {
            recognising.unlock();
        }
    }

    private Dialect recognised() throws SQLException {
        try (BorrowedConnection lease = lease()) {
            Dialect found = recognise(lease.connection());
            ensureTables(lease.connection(), found);
            dialect = found;
            return found;
        }
    }

    public SettingsStore.Watch watch(String key, Runnable changed) {
        RowWatchers.Watcher watcher = new RowWatchers.Watcher(changed);
        watching.lock();
        try {
            RowWatchers present = watchers;
            if (present == null) {
                present = new RowWatchers();
                watchers = present;
                connections.keepAtHand(true);
                present.add(key, watcher);
                ChangeListenerThread.start(shown, told -> dialect().follow(told), present);
            } else {
                present.add(key, watcher);
            }
        } finally {
            watching.unlock();
        }
        return () -> unwatch(key, watcher);
    }

    private void unwatch(String key, RowWatchers.Watcher watcher) {
        watching.lock();
        try {
            RowWatchers present = watchers;
            if (present != null) {
                present.remove(key, watcher);
                if (present.isEmpty()) {
                    present.stop();
                    watchers = null;
                    connections.keepAtHand(false);
                }
            }
        } finally {
            watching.unlock();
        }
    }

    private Dialect recognise(Connection connection) throws SQLException {
        if (!"PostgreSQL".equals(connection.getMetaData().getDatabaseProductName())) {
            return new PortableSql(connections, table(), PORTABLE_SCRIPT);
        }
        try {
            if (PostgreSql.isItsDriver(connection)) {
                if (PostgreSql.isDirect(connection)) {
                    return new PostgreSql(connections, table(), location.notifies());
                }
                connections = new UnpreparedConnections(connections);
            }
        } catch (LinkageError e) {
            // Another driver than PostgreSQL's own, which alone tells of changes.
        }
        return new PortableSql(connections, table(), PostgreSql.SCRIPT);
    }

    private void ensureTables(Connection connection, Dialect found) throws SQLException {
        try {
            probe(connection);
        } catch (SQLException e) {
            if (!SqlExceptionTranslator.isMissingTable(e)) {
                throw e;
            }
            if (!location.createsTable()) {
                throw new MissingTable("createTable is not set", e, found.script());
            }
            create(connection, found);
        }
    }

    /** Another process may create them at the same moment, which PostgreSQL reports as a duplicate of the table it is at. */
    private void create(Connection connection, Dialect found) throws SQLException {
        for (int left = TABLES; ; left--) {
            try {
                createMissing(connection, found);
                return;
            } catch (SQLException e) {
                if (isThere(connection)) {
                    return;
                }
                if (left == 0) {
                    throw new MissingTable("creating it failed: " + SqlExceptionTranslator.why(e), e, found.script());
                }
            }
        }
    }

    private void createMissing(Connection connection, Dialect found) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(found.script())) {
                statement.execute(sql);
            }
        }
    }

    private boolean isThere(Connection connection) {
        try {
            probe(connection);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void probe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery(
                    "SELECT name, generation, version, settings, updated_at FROM " + table().name() + " WHERE 1 = 0");
            statement.executeQuery("SELECT name FROM " + table().lockName() + " WHERE 1 = 0");
        }
    }

    private String[] statements(String script) {
        try (InputStream file = Objects.requireNonNull(Database.class.getResourceAsStream(SCRIPTS + script), script)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^--.*$", "")
                    .replace(Table.DEFAULT, table().name())
                    .trim()
                    .split(";\\s*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
