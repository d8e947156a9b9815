package io.github.camelzendesk.auth.jdbc.internal;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;

import io.github.camelzendesk.auth.jdbc.internal.connections.BorrowedConnection;
import io.github.camelzendesk.auth.jdbc.internal.connections.SqlExceptionTranslator;
import io.github.camelzendesk.auth.jdbc.internal.dialect.Row;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/** One connection's row: which one it is, and how settings are written in it. Immutable and thread-safe. */
public record SettingsEntry(Database database, String key, SettingsCodec codec) {
    Optional<OAuthSettings> load() {
        try {
            database.dialect();
            try (BorrowedConnection lease = database.lease()) {
                return decoded(database.table().read(lease.connection(), key));
            }
        } catch (SQLException e) {
            throw failed("cannot be read", e);
        }
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

    String identity() {
        return database.shown() + "#" + database.table().name() + "/" + key;
    }

    /** For messages. */
    String subject() {
        return "The settings row '" + key + "' in " + database.table().name() + " of " + database.shown();
    }

    SettingsStoreException failed(String what, SQLException e) {
        return SqlExceptionTranslator.failed(
                subject(), what, e, database.table().name(), database.script());
    }
}
