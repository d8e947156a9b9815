package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.jdbc.internal.changes.RowWatchers;
import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;
import io.github.camelzendesk.auth.jdbc.internal.connections.Connections;

/**
 * PostgreSQL: the lock is an advisory one of the session, and NOTIFY tells of changes. Thread-safe.
 */
public final class PostgreSql implements Dialect {
    public static final String SCRIPT = "zendesk-auth-settings-postgresql.sql";
    public static final String CHANNEL = "camel_zendesk_auth";

    private static final Logger LOG = LoggerFactory.getLogger(PostgreSql.class);
    private static final int LOOK_MILLIS = 1_000;
    private static final int LOOKS_UNTIL_PROBED = 10;
    private static final int PROBE_SECONDS = 5;

    // With synchronous_commit off a commit that was reported could be lost:
    // the one thing that a refresh token does not bear.
    private static final String DURABLE = "durable AS (SELECT set_config('synchronous_commit',"
            + " CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
            + " ELSE current_setting('synchronous_commit') END, true) AS mode) ";
    private static final String TELL =
            " SELECT pg_notify('" + CHANNEL + "', name || ' ' || version), mode FROM written, durable";
    private static final String BE_SILENT = " SELECT mode FROM written, durable";

    private final Connections connections;
    private final Table table;
    private final boolean notifies;

    public PostgreSql(Connections connections, Table table, boolean notifies) {
        this.connections = connections;
        this.table = table;
        this.notifies = notifies;
    }

    /** Whether the driver is PostgreSQL's own, as the rest here needs. */
    public static boolean isItsDriver(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class);
    }

    /**
     * After how many uses the driver prepares a statement by name; zero is never.
     *
     * @return what it was before
     */
    static int replaceThreshold(Connection connection, int threshold) throws SQLException {
        PGConnection session = connection.unwrap(PGConnection.class);
        int before = session.getPrepareThreshold();
        session.setPrepareThreshold(threshold);
        return before;
    }

    /**
     * Whether this connection has a session of the server for itself. A pooler gives the client a process number of its
     * own making, and may hand each statement to another session: then locks of the session exclude nobody.
     */
    public static boolean isDirect(Connection connection) throws SQLException {
        int told = connection.unwrap(PGConnection.class).getBackendPID();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            boolean direct = row.next() && row.getInt(1) == told;
            if (!direct) {
                LOG.info(
                        "There is a pooler before PostgreSQL: the settings are locked by row, and polled for changes, and"
                                + " no statement is prepared by name.");
            }
            return direct;
        }
    }

    @Override
    public String script() {
        return SCRIPT;
    }

    @Override
    public Optional<RowLock> lock(String key, Duration patience) throws SQLException {
        return AdvisoryLock.take(BorrowedConnection.take(connections), table, key, patience);
    }

    @Override
    public boolean write(
            Connection connection, String key, long version, long generation, String settings, boolean told)
            throws SQLException {
        String then = told ? TELL : BE_SILENT;
        return version == Row.NONE
                ? insert(connection, key, generation, settings, then)
                : update(connection, key, version, generation, settings, then);
    }

    private boolean insert(Connection connection, String key, long generation, String settings, String then)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("WITH " + DURABLE + ", written AS (INSERT INTO "
                + table.name() + " (name, generation, version, settings, updated_at) VALUES (?, ?, 1, ?, now())"
                + " ON CONFLICT (name) DO NOTHING RETURNING name, version)" + then)) {
            insert.setString(1, key);
            insert.setLong(2, generation);
            insert.setString(3, settings);
            return hasRow(insert);
        }
    }

    private boolean update(
            Connection connection, String key, long version, long generation, String settings, String then)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("WITH " + DURABLE + ", written AS (UPDATE "
                + table.name() + " SET generation = ?, version = version + 1, settings = ?, updated_at = now()"
                + " WHERE name = ? AND version = ? AND generation <= ? RETURNING name, version)" + then)) {
            update.setLong(1, generation);
            update.setString(2, settings);
            update.setString(3, key);
            update.setLong(4, version);
            update.setLong(5, generation);
            return hasRow(update);
        }
    }

    private static boolean hasRow(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    @Override
    public void follow(RowWatchers watchers) throws SQLException, InterruptedException {
        if (notifies) {
            BorrowedConnection lease = BorrowedConnection.take(connections);
            if (isAffordable()) {
                listen(lease, watchers);
                return;
            }
            lease.close();
        }
        new Polling(connections, table).follow(watchers);
    }

    /** Whether the pool has more than the one connection that is needed for good. */
    private boolean isAffordable() throws InterruptedException {
        if (!connections.arePooled()) {
            return true;
        }
        try {
            BorrowedConnection.takeSecond(connections).close();
            return true;
        } catch (SQLException e) {
            LOG.warn(
                    "{} has no second connection to spare for LISTEN, so changes are polled for. Raise the size of the"
                            + " pool, or set notify=false.",
                    connections.shown());
            return false;
        }
    }

    private void listen(BorrowedConnection lease, RowWatchers watchers) throws SQLException {
        boolean orderly = false;
        try {
            execute(lease.connection(), "LISTEN " + CHANNEL);
            tellWhatWentUnnoticed(lease.connection(), watchers);
            passOn(lease.connection(), watchers);
            execute(lease.connection(), "UNLISTEN " + CHANNEL);
            orderly = true;
        } finally {
            if (orderly) {
                lease.close();
            } else {
                lease.abort();
            }
        }
    }

    private void tellWhatWentUnnoticed(Connection connection, RowWatchers watchers) throws SQLException {
        // Before the keys: one that comes in between is taken again, and read again.
        watchers.takeAdded();
        watchers.versions().changed(table.versions(connection, watchers.keys())).forEach(watchers::tell);
    }

    private void passOn(Connection connection, RowWatchers watchers) throws SQLException {
        PGConnection session = connection.unwrap(PGConnection.class);
        int quiet = 0;
        while (!watchers.isStopped()) {
            PGNotification[] notifications = session.getNotifications(LOOK_MILLIS);
            watchers.versions().read(table.versions(connection, watchers.takeAdded()));
            if (notifications == null || notifications.length == 0) {
                quiet = probed(connection, quiet + 1);
                continue;
            }
            quiet = 0;
            for (PGNotification notification : notifications) {
                pass(notification.getParameter().split(" ", 2), watchers);
            }
        }
    }

    private static void pass(String[] keyAndVersion, RowWatchers watchers) {
        String key = keyAndVersion[0];
        if (watchers.isWatched(key)) {
            watchers.versions().tell(key, keyAndVersion[keyAndVersion.length - 1]);
            watchers.tell(key);
        }
    }

    /** A server that vanished without a word is silent, as one is where nothing happens. */
    private static int probed(Connection connection, int quiet) throws SQLException {
        if (quiet < LOOKS_UNTIL_PROBED) {
            return quiet;
        }
        if (!connection.isValid(PROBE_SECONDS)) {
            throw new SQLException("The connection that listens is dead", "08006");
        }
        return 0;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
