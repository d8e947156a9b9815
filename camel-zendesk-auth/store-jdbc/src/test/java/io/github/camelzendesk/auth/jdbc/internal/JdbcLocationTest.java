package io.github.camelzendesk.auth.jdbc.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.jdbc.internal.dialect.Table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JdbcLocationTest {
    @Test
    void aBeanHasATableThatItDoesNotCreateUnlessAsked() {
        JdbcLocation location = JdbcLocation.parse("jdbc:bean:zendesk");

        assertThat(location.bean()).isEqualTo("zendesk");
        assertThat(location.table().name()).isEqualTo("zendesk_auth_settings");
        assertThat(location.createsTable()).isFalse();
        assertThat(location.notifies()).isTrue();
    }

    @Test
    void theOptionsOfABeanAreItsOwn() {
        JdbcLocation location = JdbcLocation.parse("jdbc:bean:zendesk?table=crm.grants&createTable=true&notify=false");

        assertThat(location.table().name()).isEqualTo("crm.grants");
        assertThat(location.table().lockName()).isEqualTo("crm.grants_lock");
        assertThat(location.createsTable()).isTrue();
        assertThat(location.notifies()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/db?zendesk.table=t, jdbc:postgresql://h/db",
        "jdbc:postgresql://h/db?zendesk.table=t&ssl=true, jdbc:postgresql://h/db?ssl=true",
        "jdbc:postgresql://h/db?ssl=true&zendesk.table=t, jdbc:postgresql://h/db?ssl=true",
        "jdbc:postgresql://h/db?a=1&zendesk.table=t&zendesk.notify=false&b=2, jdbc:postgresql://h/db?a=1&b=2",
        "jdbc:h2:mem:x;zendesk.table=t;DB_CLOSE_DELAY=-1, jdbc:h2:mem:x;DB_CLOSE_DELAY=-1",
        "jdbc:sqlserver://h;databaseName=d;zendesk.table=t, jdbc:sqlserver://h;databaseName=d",
    })
    void aUrlIsHandedToTheDriverWithoutOurOptionsAndElseAsItIs(String location, String url) {
        JdbcLocation parsed = JdbcLocation.parse(location);

        assertThat(parsed.url().reveal()).isEqualTo(url);
        assertThat(parsed.table().name()).isEqualTo("t");
        assertThat(parsed.createsTable()).isTrue();
    }

    @Test
    void parametersOfTheDriverThatAreCalledLikeOursStay() {
        String url = "jdbc:x://h/db?table=theirs&notify=maybe";

        assertThat(JdbcLocation.parse(url).url().reveal()).isEqualTo(url);
        assertThat(JdbcLocation.parse(url).table().name()).isEqualTo(Table.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;drop table x", "a--", "\"a\"", "a.b.c", "1a", "", "a'b", "a.", "ä"})
    void aTableThatIsNoIdentifierIsRefusedAndNotQuoted(String table) {
        assertThatThrownBy(() -> JdbcLocation.parse("jdbc:bean:x?table=" + table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oauthSettingsLocation")
                .hasMessageContaining("schema.table");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:bean:, lacks the name of a DataSource",
        "jdbc:bean:x?tabel=t, 'knows the options table, createTable and notify, and not tabel'",
        "jdbc:bean:x?table, is not name=value",
        "jdbc:bean:x?createTable=yes, createTable is neither true nor false",
        "jdbc:h2:mem:x;zendesk.tabel=t, 'and not zendesk.tabel'",
    })
    void whatIsMisspeltIsNamed(String location, String message) {
        assertThatThrownBy(() -> JdbcLocation.parse(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
