package io.github.camelzendesk.auth.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;
import io.github.camelzendesk.auth.jdbc.internal.dialect.Row;
import io.github.camelzendesk.auth.jdbc.internal.dialect.RowLock;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * A change of one row under its lock. For one thread at a time.
 *
 * <p>When the lock is lost with its session, nothing is spent any more. But a save takes it again, for it may bring
 * the only copy of a token, and succeeds if the row is still as it was seen last: then nobody else has begun anything.
 */
final class JdbcTransaction implements SettingsTransaction {
    private static final Duration REGAIN = Duration.ofSeconds(1);
    private static final int MOST_UNPARSED = 10;

    private final SettingsEntry entry;
    private final Database database;
    private final String key;
    private RowLock lock;
    private long version;

    JdbcTransaction(SettingsEntry entry, RowLock lock, long version) {
        this.entry = entry;
        this.database = entry.database();
        this.key = entry.key();
        this.lock = lock;
        this.version = version;
    }

    @Override
    public Optional<OAuthSettings> load() {
        if (!isExclusive()) {
            return entry.load();
        }
        try {
            Row row = database.table().read(lock.connection(), key);
            version = row.version();
            return entry.decoded(row);
        } catch (SQLException e) {
            throw entry.failed("cannot be read", e);
        }
    }

    @Override
    public void save(OAuthSettings settings) {
        String document = entry.encoded(settings);
        if (!isExclusive()) {
            saveAnew(settings, document);
            return;
        }
        try {
            write(settings, document);
        } catch (SQLException e) {
            if (isExclusive()) {
                throw entry.failed("cannot be written", e);
            }
            saveAnew(settings, document);
        }
    }

    private void saveAnew(OAuthSettings settings, String document) {
        lock.close();
        boolean saved = false;
        try {
            lock = database.dialect().lock(key, REGAIN).orElseThrow(this::overtaken);
            // Whether the connection was cut before the commit or after it, only the row can tell.
            Row row = database.table().read(lock.connection(), key);
            if (row.holds(document)) {
                version = row.version();
            } else {
                write(settings, document);
            }
            saved = true;
        } catch (SQLException e) {
            throw entry.failed("cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overtaken();
        } finally {
            if (!saved) {
                lock.close();
            }
        }
    }

    private void write(OAuthSettings settings, String document) throws SQLException {
        Row row = database.table().read(lock.connection(), key);
        if (row.version() != version) {
            throw overtaken();
        }
        Precedence.refuseOlder(settings, entry.decoded(row).orElse(null), entry.subject());
        if (!database.dialect()
                .write(lock.connection(), key, version, settings.generation(), document, isNews(settings))) {
            throw overtaken();
        }
        version++;
    }

    /**
     * Whether others can do something with it. A note that an exchange is about to begin changes nothing
     * for them, and a process that takes the lock reads it; on PostgreSQL each NOTIFY holds up all other
     * ones, and wakes all who listen.
     */
    private static boolean isNews(OAuthSettings settings) {
        return settings.pending() == null || settings.ended() != null || settings.backoff() != null;
    }

    private SettingsStoreException overtaken() {
        return new SettingsStoreException(entry.subject()
                + " was locked or changed by another while it was locked here: the connection that held the lock was"
                + " cut, or somebody writes without the lock. The next attempt uses what is stored.");
    }

    @Override
    public void reserve() {
        if (!isExclusive()) {
            throw new SettingsStoreException(entry.subject()
                    + " is not locked any more: the connection that held the lock was cut, so another process may"
                    + " change the settings at the same time. The next attempt locks it again.");
        }
    }

    @Override
    public boolean isExclusive() {
        return lock.isHeld();
    }

    @Override
    public Optional<String> keepUnparsed(byte[] answer) {
        try {
            if (isExclusive()) {
                return keepUnparsed(lock.connection(), answer);
            }
            try (BorrowedConnection lease = database.lease()) {
                return keepUnparsed(lease.connection(), answer);
            }
        } catch (SQLException e) {
            throw entry.failed("cannot keep an answer that could not be parsed", e);
        }
    }

    private Optional<String> keepUnparsed(Connection connection, byte[] answer) throws SQLException {
        String prefix = key + ".unparsed-";
        // A portal that answers every request with its own page must not fill the table.
        if (database.table().countLike(connection, prefix) >= MOST_UNPARSED) {
            return Optional.empty();
        }
        String kept = prefix + UUID.randomUUID();
        String text = Base64.getEncoder().encodeToString(entry.codec().protect(answer));
        database.table().insert(connection, kept, 0, text);
        return Optional.of("the row '" + kept + "' in " + database.table().name() + " of " + database.shown());
    }

    @Override
    public void close() {
        lock.close();
    }
}
