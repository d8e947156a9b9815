package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DriverStringTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Password=plain words ;       | plain words",
                "Password = \"a;b\"\"c=d\" ;  | a;b\"c=d",
                "Password='a;b''c'            | a;b'c",
                "Password={a;b}}c};           | a;b}c",
                "Password=a=b==;              | a=b==",
                "Password=a'b\"c{d}           | a'b\"c{d}",
                "Password=;                   | ``",
                "Password=''                  | ``",
            })
    void reads_values_in_quotes_and_braces(String pair, String value) {
        assertThat(DriverString.parse("jdbc:cdata:zendesk:URL=acme;" + pair, "x"))
                .containsExactly(Map.entry("URL", "acme"), Map.entry("Password", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a;b", "a\"b'c", " a ", "{a}", "a=b", "", "${A}"})
    void reads_what_it_writes(String value) {
        assertThat(DriverString.parse("jdbc:zendesk:" + DriverString.pair("Password", value), "x"))
                .containsEntry("Password", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "\"a", "{a", "'a'b", "a;b", "a;=b"})
    void refuses_what_is_not_closed_or_no_pair(String rest) {
        assertThatThrownBy(() -> DriverString.parse("jdbc:zendesk:URL=acme;Password=" + rest, "x"))
                .isInstanceOf(ConfigurationRefused.class);
    }

    @Test
    @Timeout(30)
    void reads_a_long_value_without_a_long_stack() {
        String value = "a\"\"".repeat(200_000);
        assertThat(DriverString.parse("jdbc:zendesk:Password=\"" + value + "\"", "x"))
                .containsEntry("Password", value.replace("\"\"", "\""));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:zendesk:URL=acme, true",
        "URL=acme;User=x, true",
        "Driver={CData ODBC Driver for Zendesk};URL=acme;, true",
        "acme.url=acme, false",
        "url=acme, false",
        "#URL=acme;, false"
    })
    void tells_a_connection_string_from_properties(String text, boolean is) {
        assertThat(DriverString.is(text)).isEqualTo(is);
    }
}
