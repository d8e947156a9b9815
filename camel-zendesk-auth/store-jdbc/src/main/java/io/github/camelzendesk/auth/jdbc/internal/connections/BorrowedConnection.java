package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection for a while, in autocommit mode and with a limit to each wait for the network. For one thread at a time;
 * {@link #abort} may be called by any.
 */
public final class BorrowedConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BorrowedConnection.class);
    /** Longer than any wait for a lock on the server, so that only a server that is gone is given up. */
    private static final int NETWORK_MILLIS = 45_000;

    private static final long SECOND_MILLIS = 3_000;

    private final Connections connections;
    private final Connection connection;
    private final boolean autoCommit;
    private final int networkTimeout;
    private final AtomicBoolean over = new AtomicBoolean();

    private BorrowedConnection(Connections connections, Connection connection, boolean autoCommit, int networkTimeout) {
        this.connections = connections;
        this.connection = connection;
        this.autoCommit = autoCommit;
        this.networkTimeout = networkTimeout;
    }

    public static BorrowedConnection take(Connections connections) throws SQLException {
        try {
            return prepared(connections, connections.open());
        } catch (SQLException e) {
            throw ConnectFailure.of(e, connections);
        }
    }

    private static BorrowedConnection prepared(Connections connections, Connection connection) throws SQLException {
        try {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            return new BorrowedConnection(
                    connections, connection, autoCommit, limitNetwork(connection, NETWORK_MILLIS));
        } catch (SQLException e) {
            connections.giveBack(connection);
            throw e;
        }
    }

    /** The same for a caller that holds a connection already: a pool of one would never give it a second. */
    public static BorrowedConnection takeSecond(Connections connections) throws SQLException, InterruptedException {
        CompletableFuture<BorrowedConnection> taken = new CompletableFuture<>();
        Thread taking = new Thread(() -> complete(taken, connections), "zendesk-auth-jdbc-second");
        taking.setDaemon(true);
        taking.start();
        try {
            return taken.get(SECOND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            taken.thenAccept(BorrowedConnection::close);
            if (e instanceof InterruptedException interrupt) {
                throw interrupt;
            }
            throw new SQLException("no second connection", SqlExceptionTranslator.NO_SECOND_STATE);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e.getCause());
        }
    }

    private static void complete(CompletableFuture<BorrowedConnection> taken, Connections connections) {
        try {
            taken.complete(take(connections));
        } catch (SQLException | RuntimeException e) {
            taken.completeExceptionally(e);
        }
    }

    public Connection connection() {
        return connection;
    }

    /** Whether it was given back: the connection is somebody else's then. */
    public boolean isOver() {
        return over.get();
    }

    /** Ends the session, and with it every lock: a pool must not hand on a connection of which that is in doubt. */
    public void abort() {
        if (over.getAndSet(true)) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException | AbstractMethodError e) {
            LOG.debug(
                    "A connection could not be aborted, and is closed: {}",
                    e.getClass().getName());
        }
        giveBack();
    }

    @Override
    public void close() {
        if (over.get()) {
            return;
        }
        try {
            limitNetwork(connection, networkTimeout);
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            abort();
            return;
        }
        if (!over.getAndSet(true)) {
            giveBack();
        }
    }

    private void giveBack() {
        try {
            connections.giveBack(connection);
        } catch (SQLException e) {
            LOG.debug("A connection could not be closed: {}", e.getClass().getName());
        }
    }

    /** The limit before. Drivers that know none are left as they are. */
    private static int limitNetwork(Connection connection, int millis) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            return before;
        } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
            return 0;
        }
    }
}
