package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.SQLException;

/** That the tables are not there, and were not created. Immutable. */
public final class MissingTable extends SQLException {
    private static final long serialVersionUID = 1L;

    private final String script;

    /** @param why they were not created */
    public MissingTable(String why, SQLException e, String script) {
        super(why, e.getSQLState(), e.getErrorCode());
        setStackTrace(e.getStackTrace());
        this.script = script;
    }

    /** The file that creates them. */
    String script() {
        return script;
    }
}
