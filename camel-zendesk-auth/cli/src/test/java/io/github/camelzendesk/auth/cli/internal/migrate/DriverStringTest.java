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
    void readsValuesInQuotesAndBraces(String pair, String value) {
        assertThat(DriverString.parse("jdbc:cdata:zendesk:URL=acme;" + pair, "x"))
                .containsExactly(Map.entry("URL", "acme"), Map.entry("Password", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a;b", "a\"b'c", " a ", "{a}", "a=b", "", "${A}"})
    void readsWhatItWrites(String value) {
        assertThat(DriverString.parse("jdbc:zendesk:" + DriverString.pair("Password", value), "x"))
                .containsEntry("Password", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "\"a", "{a", "'a'b", "a;b", "a;=b"})
    void refusesWhatIsNotClosedOrNoPair(String rest) {
        assertThatThrownBy(() -> DriverString.parse("jdbc:zendesk:URL=acme;Password=" + rest, "x"))
                .isInstanceOf(ConfigurationRefused.class);
    }

    @Test
    @Timeout(30)
    void readsALongValueWithoutALongStack() {
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
    void tellsAConnectionStringFromProperties(String text, boolean is) {
        assertThat(DriverString.is(text)).isEqualTo(is);
    }
}
