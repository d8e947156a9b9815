package io.github.camelzendesk.auth.settings;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A location that was meant for a database or a cluster never becomes a file, with a password in its name. */
class SettingsLocationTest {
    private static final BeanLookup NO_BEANS = new BeanLookup() {
        @Override
        public <T> T find(String name, Class<T> type) {
            throw new IllegalArgumentException("no beans here");
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jdbc:h2:mem:w;USER=sa;PASSWORD=h1dden\"",
                "'jdbc:postgresql://db/crm?user=u&password=h1dden'",
                "`jdbc:postgresql://db/crm?password=h1dden`",
                "\u201cjdbc:postgresql://db/crm?password=h1dden\u201d",
                "\ufeffjdbc:postgresql://db/crm?password=h1dden",
                "url=jdbc:postgresql://db/crm?user=u&password=h1dden",
                "URL = JDBC:postgresql://db/crm?password=h1dden",
                "export JDBC_URL=jdbc:oracle:thin:scott/h1dden@//h:1521/svc",
                "file:jdbc:h2:mem:w;PASSWORD=h1dden",
                "./jdbc:h2:mem:w;PASSWORD=h1dden",
                "jdbc :h2:mem:w;PASSWORD=h1dden",
                "url=postgresql://u:h1dden@db/crm",
                "\"kubernetes:ns/h1dden\"",
                "'Kubernetes:h1dden'",
                "location=kubernetes:h1dden",
                "\"/var/lib/h1dden.json\"",
                "'file:h1dden.json'",
                "\"memory:h1dden\"",
                "\"jdbc:h2:mem:w;PASSWORD=h1dden\0\"",
            })
    void isRefusedWithoutBeingQuoted(String location) {
        Throwable thrown = catchThrowable(() -> open(location));

        assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("oauthSettingsLocation", "without quotes", "jdbc:", "kubernetes:")
                .doesNotContain("h1dden");
    }

    @Test
    void aPathThatThisSystemDoesNotUnderstandIsNotQuotedEither() {
        Throwable thrown = catchThrowable(() -> open("h1dden\0"));

        assertThat(thrown).hasMessageContaining("oauthSettingsLocation").hasNoCause();
        assertThat(thrown).hasMessageNotContaining("h1dden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme.json",
                "/var/lib/acme.json",
                "file:///var/lib/acme.json",
                "file:acme.json",
                "~/jdbc/acme.json",
                "/srv/it's mine/kubernetes.json",
                "/srv/client=1/acme.json",
                "/srv/a:b/acme.json"
            })
    void aPathIsAPath(String location) {
        assertThat(open(location).identity()).startsWith("file:/").endsWith(".json");
    }

    /** As Java and browsers write it, with a slash before the drive that no path of Windows has. */
    @ParameterizedTest
    @CsvSource({
        "///C:/zendesk/acme.json, C:/zendesk/acme.json",
        "/C:/zendesk/acme.json, C:/zendesk/acme.json",
        "C:/zendesk/acme.json, C:/zendesk/acme.json",
        "///var/lib/acme.json, /var/lib/acme.json"
    })
    void aFileUriOfWindowsIsItsPathThere(String afterScheme, String path) {
        assertThat(SettingsStores.path(afterScheme, true)).isEqualTo(path);
    }

    @Test
    void whereThereAreNoDrivesAFileUriKeepsItsSlash() {
        assertThat(SettingsStores.path("///C:/acme.json", false)).isEqualTo("/C:/acme.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~/acme.json", "~\\acme.json", "file:~/acme.json"})
    void aTildeIsTheHomeWithEitherSlash(String location) {
        assertThat(open(location).identity())
                .isEqualTo("file:" + Path.of(System.getProperty("user.home"), "acme.json"));
    }

    private static SettingsStore open(String location) {
        return SettingsStores.open(
                location, "acme@acme.zendesk.com", SettingsCodec.of("https://acme.zendesk.com", "app", null), NO_BEANS);
    }
}
