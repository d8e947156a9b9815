package io.github.camelzendesk.auth.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** Settings in a row of a table. Thread-safe, and safe for use by several processes. */
final class JdbcSettingsStore implements SettingsStore {
    private final Database database;
    private final String key;
    private final SettingsCodec codec;

    JdbcSettingsStore(Database database, String key, SettingsCodec codec) {
        this.database = database;
        this.key = key;
        this.codec = codec;
    }

    @Override
    public String identity() {
        return database.shown() + "#" + database.table().name() + "/" + key;
    }

    @Override
    public Optional<OAuthSettings> load() {
        try {
            database.dialect();
            try (BorrowedConnection lease = database.lease()) {
                return decoded(database.table().read(lease.connection(), key));
            }
        } catch (SQLException e) {
            throw failed("cannot be read", e);
        }
    }

    @Override
    public Optional<Object> stamp() {
        try {
            database.dialect();
            try (BorrowedConnection lease = database.lease()) {
                return Optional.of(database.table().version(lease.connection(), key));
            }
        } catch (SQLException e) {
            throw failed("cannot be looked at", e);
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
            throw failed("cannot be locked", e);
        }
    }

    private JdbcTransaction begun(RowLock lock) throws SQLException {
        try {
            return new JdbcTransaction(this, lock, database.table().version(lock.connection(), key));
        } catch (SQLException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public boolean canLoseLock() {
        return true;
    }

    Database database() {
        return database;
    }

    String key() {
        return key;
    }

    SettingsCodec codec() {
        return codec;
    }

    Optional<OAuthSettings> decoded(Row row) {
        String document = row.settings();
        return document == null
                ? Optional.empty()
                : Optional.of(codec.decode(document.getBytes(StandardCharsets.UTF_8), subject()));
    }

    String encoded(OAuthSettings settings) {
        return new String(codec.encode(settings), StandardCharsets.UTF_8);
    }

    String subject() {
        return "The settings row '" + key + "' in " + database.table().name() + " of " + database.shown();
    }

    SettingsStoreException failed(String what, SQLException e) {
        return SqlExceptionTranslator.failed(subject(), what, e, database);
    }
}
