package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.jdbc.Managers;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A URL may carry a password, and drivers quote URLs. */
class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h:5432/db?user=u&password=hunter2, jdbc:postgresql://h:5432/db",
        "jdbc:postgresql://u:hunter2@h/db, jdbc:postgresql://h/db",
        "jdbc:postgresql://u:hun?ter2@h/db, jdbc:postgresql://...",
        "jdbc:postgresql://h/db?password=hunter2@home, jdbc:postgresql://...",
        "jdbc:oracle:thin:scott/hunter2@//h:1521/svc, jdbc:oracle:thin://h:1521/svc",
        "jdbc:sqlserver://h:1433;user=u;password=hunter2, jdbc:sqlserver://h:1433",
        "jdbc:mysql://address=(host=h)(password=hunter2)/db, jdbc:mysql://...",
        "jdbc:h2:/var/lib/app/db;USER=u;PASSWORD=hunter2, jdbc:h2:/var/lib/app/db",
        "jdbc:h2:mem:x, jdbc:h2:mem:x",
        "jdbc:, jdbc:...",
    })
    void onlyThePlaceIsShown(String url, String shown) {
        assertThat(JdbcUrl.of(url)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No suitable driver found for jdbc:postgresql://h/db?user=u&password=hun%20ter2",
                "cannot parse jdbc:postgresql://h/db?password=hun%20ter2 and more",
                "the password hun ter2 is wrong",
                "jdbcUrl=jdbc:other://h/db?password=hun%20ter2, password=hun%20ter2",
            })
    void whatADriverQuotesIsTakenOut(String message) {
        String redacted =
                JdbcUrl.of("jdbc:postgresql://h/db?user=u&password=hun%20ter2").redact(message);

        assertThat(redacted).doesNotContain("hun%20ter2", "hun ter2");
    }

    static Stream<Arguments> whatDriversQuoteOfTheirUrls() {
        return Stream.of(
                quoting(
                        "jdbc:sqlserver://h:1433;user=u;password={hun;ter2};encrypt=true",
                        ";password={hun;ter2};encrypt=true",
                        "PWD={hun;ter2}",
                        "the value {hun;ter2} is odd",
                        "login with hun;ter2 failed"),
                quoting("jdbc:sqlserver://h;password={hun}};ter2}", "{hun}};ter2}", "hun}};ter2", "hun};ter2"),
                quoting("jdbc:odbc:x;PWD='hun;ter2'", "PWD='hun;ter2'", "'hun;ter2'", "hun;ter2"),
                quoting("jdbc:odbc:x;passphrase=\"hun;ter2\"", "passphrase=\"hun;ter2\"", "hun;ter2"),
                quoting(
                        "jdbc:mysql://address=(host=h)(password=hun;ter2)/db",
                        "(host=h)(password=hun;ter2)",
                        "hun;ter2"),
                quoting("jdbc:db2://h:50000/db:password=hunter2;", "db:password=hunter2;", "hunter2"),
                quoting("jdbc:oracle:thin:scott/\"hun/ter2\"@//h:1521/svc", "scott/\"hun/ter2\"", "hun/ter2"),
                quoting("jdbc:postgresql://u:hun:ter2@h/db?x=a@b", "u:hun:ter2@h", "hun:ter2"),
                quoting("jdbc:mysql://u:hun%3Ater2@h/db", "hun%3Ater2", "hun:ter2"));
    }

    private static Arguments quoting(String url, String... parts) {
        return Arguments.of(url, List.of(parts));
    }

    @ParameterizedTest
    @MethodSource("whatDriversQuoteOfTheirUrls")
    void noPartOfAPasswordIsLeftOfAPartOfTheUrl(String url, List<String> parts) {
        for (String part : parts) {
            assertThat(JdbcUrl.of(url).redact("the driver says " + part + ", and more"))
                    .as(part)
                    .doesNotContain("hun", "ter2")
                    .startsWith("the driver says ")
                    .endsWith(", and more");
        }
        assertThat(JdbcUrl.of(url).redact("cannot parse " + url)).doesNotContain("hun", "ter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:nobody://h/db?user=u&password=hunter2",
                "jdbc:postgresql://u:hunter2@127.0.0.1:1/db",
                "jdbc:postgresql://127.0.0.1:99999/db?user=u&password=hunter2",
                "jdbc:postgresql://127.0.0.1:1/db?user=u&password=hunter2&connectTimeout=1",
                "jdbc:h2:tcp://127.0.0.1:1/db;USER=u;PASSWORD=hunter2",
                "jdbc:h2:bad/../path;USER=u;PASSWORD=hunter2;NONSENSE=hunter2",
            })
    void nothingThatFailsShowsAPassword(String url) {
        SettingsStore store = Managers.store(url, "https://acme.zendesk.com");

        Throwable failure = catchThrowable(store::load);

        assertThat(failure).isInstanceOf(SettingsStoreException.class).hasMessageNotContaining("\n");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace + store.identity()).doesNotContain("hunter2");
    }

    @Test
    void aMissingDriverIsNamedAsOne() {
        assertThatThrownBy(Managers.store("jdbc:nobody://h/db", "https://acme.zendesk.com")::load)
                .hasMessageContaining("jdbc:nobody://h/db")
                .hasMessageContaining("Add the driver of the database to the class path");
    }

    @Test
    void whatADriverSaysOfAStatementStaysOutOfTheMessageAndItsCauses() throws Exception {
        SettingsStoreException failure = SqlExceptionTranslator.failed(
                "The row",
                "cannot be written",
                new SQLException("Failing row contains (zrt_token)", "23514"),
                "settings",
                "script.sql");

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("zrt_token").contains("23514");
    }

    @Test
    void placesOfWhichTheSameIsShownHaveDifferentIdentities() {
        SettingsStore one = Managers.store("jdbc:h2:mem:twins;USER=one", "https://acme.zendesk.com");
        SettingsStore other = Managers.store("jdbc:h2:mem:twins;USER=other", "https://acme.zendesk.com");
        SettingsStore again = Managers.store("jdbc:h2:mem:twins;USER=one", "https://acme.zendesk.com");

        assertThat(other.identity()).isNotEqualTo(one.identity());
        assertThat(again.identity()).isEqualTo(one.identity());
    }
}
