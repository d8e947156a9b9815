package io.github.camelzendesk.auth.jdbc.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;
import io.github.camelzendesk.auth.jdbc.internal.dialect.RowLock;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** Settings in a row of a table. Thread-safe, and safe for use by several processes. */
public final class JdbcSettingsStore implements SettingsStore {
    private final SettingsEntry entry;
    private final Database database;
    private final String key;

    public JdbcSettingsStore(SettingsEntry entry) {
        this.entry = entry;
        this.database = entry.database();
        this.key = entry.key();
    }

    @Override
    public String identity() {
        return entry.identity();
    }

    @Override
    public Optional<OAuthSettings> load() {
        return entry.load();
    }

    @Override
    public Optional<Object> stamp() {
        try {
            database.dialect();
            try (BorrowedConnection lease = database.lease()) {
                return Optional.of(database.table().version(lease.connection(), key));
            }
        } catch (SQLException e) {
            throw entry.failed("cannot be looked at", e);
        }
    }

    @Override
    public Optional<Watch> watch(Runnable changed) {
        return Optional.of(database.watch(key, changed));
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        long begun = System.nanoTime();
        if (!database.waiting().acquire(key, patience)) {
            return Optional.empty();
        }
        try {
            return locked(patience.minusNanos(System.nanoTime() - begun));
        } finally {
            database.waiting().release(key);
        }
    }

    private Optional<SettingsTransaction> locked(Duration patience) throws InterruptedException {
        try {
            Optional<RowLock> lock = database.dialect().lock(key, patience.isNegative() ? Duration.ZERO : patience);
            return lock.isPresent() ? Optional.of(begun(lock.get())) : Optional.empty();
        } catch (SQLException e) {
            throw entry.failed("cannot be locked", e);
        }
    }

    private JdbcTransaction begun(RowLock lock) throws SQLException {
        try {
            return new JdbcTransaction(entry, lock, database.table().version(lock.connection(), key));
        } catch (SQLException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public boolean canLoseLock() {
        return true;
    }
}
