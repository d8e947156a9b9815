package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.sql.SQLException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A failure is named by its cause, and with the way out. */
class SqlExceptionTranslatorTest {
    @ParameterizedTest
    @ValueSource(strings = {"26000", "42P05", "08P01"})
    void aStatementThatThePoolerGaveToAnotherSessionIsNoMissingTableAndNoDeadServer(String state) {
        SQLException failure = new SQLException("prepared statement \"S_1\" ...", state);

        assertThat(SqlExceptionTranslator.failed("The row", "cannot be read", failure, "settings", "script.sql"))
                .hasMessageContainingAll("pooler", "PgBouncer", "SQLState " + state, "prepareThreshold=0")
                .hasMessageNotContaining("S_1");
        assertThat(SqlExceptionTranslator.isMissingTable(failure)).isFalse();
    }
}
