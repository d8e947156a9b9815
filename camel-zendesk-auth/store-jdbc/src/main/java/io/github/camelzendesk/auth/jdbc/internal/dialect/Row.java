package io.github.camelzendesk.auth.jdbc.internal.dialect;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** A row as it was read. Immutable, and not a record: its text would show what is stored. */
public final class Row {
    /** The version of a row that is not there. */
    static final long NONE = 0;

    static final Row ABSENT = new Row(NONE, null);

    private final long version;
    private final @Nullable String settings;

    Row(long version, @Nullable String settings) {
        this.version = version;
        this.settings = settings;
    }

    public long version() {
        return version;
    }

    /** The document; null when there is no row. */
    public @Nullable String settings() {
        return settings;
    }

    public boolean holds(String document) {
        return Objects.equals(settings, document);
    }
}
