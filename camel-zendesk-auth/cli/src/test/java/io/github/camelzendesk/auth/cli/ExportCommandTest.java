package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExportCommandTest {
    private static final String ACME =
            """
            acme.url=https://acme.zendesk.com
            acme.authScheme=OAuthClient
            acme.oauthClientId=desk-tool
            acme.oauthClientSecret=sample;'secret$1
            acme.accessTokenLifetime=10m
            """;

    @TempDir
    private Path home;

    private MigrateShell shell;

    @BeforeEach
    void open() throws IOException {
        shell = new MigrateShell(home);
        Files.writeString(shell.connections, ACME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "properties | acme.oauthClientSecret={{env:ACME_OAUTH_CLIENT_SECRET}}",
                "camel | camel.component.zendesk-auth.connections.acme.oauth-client-secret={{env:ACME_OAUTH_CLIENT_SECRET}}",
                "spring | camel.component.zendesk-auth.connections.acme.oauth-client-secret=${ACME_OAUTH_CLIENT_SECRET}",
                "quarkus | camel.component.zendesk-auth.connections.acme.oauth-client-secret=${ACME_OAUTH_CLIENT_SECRET}",
                "environment | export ZENDESK_OAUTH_CLIENT_SECRET=\"${ACME_OAUTH_CLIENT_SECRET:?}\"",
                "JDBC | OAuthClientSecret=\"${ACME_OAUTH_CLIENT_SECRET}\";",
            })
    void writesReferencesInPlaceOfSecrets(String format, String line) {
        MigrateShell.Result result = run("export", "--as", format);
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains(line);
        assertThat(result.err()).contains("Set in the environment there: ACME_OAUTH_CLIENT_SECRET.");
        assertThat(result.all()).doesNotContain("sample");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "properties | acme.oauthClientSecret=sample;'secret$1",
                "spring | camel.component.zendesk-auth.connections.acme.oauth-client-secret=sample;'secret$1",
                "environment | export ZENDESK_OAUTH_CLIENT_SECRET='sample;'\\''secret$1'",
                "jdbc | OAuthClientSecret=\"sample;'secret$1\";",
            })
    void writesTheSecretsWhenToldTo(String format, String line) {
        assertThat(run("export", "--with-secrets", "--as", format).out()).contains(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"properties", "camel", "spring", "jdbc"})
    void writesWhatAnImportReadsAgain(String format) throws IOException {
        String exported = run("export", "--with-secrets", "--as", format).out();
        Path source = Files.writeString(home.resolve("source.txt"), exported);
        MigrateShell other = new MigrateShell(home.resolve("other"));
        assertThat(other.run("import", source.toString(), "--config", other.connections.toString())
                        .exit())
                .isZero();
        assertThat(Files.readString(other.connections))
                .contains("acme.oauthClientSecret=sample;'secret$1", "acme.authScheme=OAuthClient");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void writesVariablesThatAShellTakesAsTheyAre() throws Exception {
        String exports = run("export", "--with-secrets", "--as", "environment").out();
        Process process =
                new ProcessBuilder("sh", "-c", exports + "printf %s \"$ZENDESK_OAUTH_CLIENT_SECRET\"").start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("sample;'secret$1");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keepsAReferenceThatIsThere() throws IOException {
        Files.writeString(shell.connections, ACME.replace("sample;'secret$1", "${OUR_SECRET}"));
        assertThat(run("export", "--as", "spring").out()).contains("oauth-client-secret=${OUR_SECRET}");
        assertThat(run("export", "--as", "spring", "--with-secrets").err()).contains("OUR_SECRET", "set it");
    }

    @Test
    void namesNoVariableThatCommandsWouldTakeForAMisspelledOption() throws IOException {
        Files.writeString(shell.connections, ACME.replaceAll("(?m)^acme", "zendesk-eu"));
        assertThat(run("export").out()).contains("{{env:EU_OAUTH_CLIENT_SECRET}}");
        Files.writeString(shell.connections, ACME.replaceAll("(?m)^acme", "zendesk"));
        assertThat(run("export").out()).contains("{{env:ZENDESK_OAUTH_CLIENT_SECRET}}");
        Files.writeString(shell.connections, ACME.replaceAll("(?m)^acme", "4you"));
        assertThat(run("export").out()).contains("{{env:_4YOU_OAUTH_CLIENT_SECRET}}");
    }

    @Test
    void writesANameWithDotsAsOne() throws IOException {
        Files.writeString(shell.connections, ACME.replaceAll("(?m)^acme", "my.desk"));
        assertThat(run("export", "--as", "quarkus").out())
                .contains("camel.component.zendesk-auth.connections[my.desk].url=https://acme.zendesk.com");
    }

    @Test
    void takesThePasswordOfADatabaseForASecret() throws IOException {
        Files.writeString(
                shell.connections, ACME + "acme.oauthSettingsLocation=jdbc:postgresql://db/x?password=sample\n");
        assertThat(run("export").all())
                .contains("{{env:ACME_OAUTH_SETTINGS_LOCATION}}")
                .doesNotContain("sample");
    }

    @Test
    void saysWhatTheDriversDoNotHave() {
        assertThat(run("export", "--as", "jdbc").err()).contains("The drivers have no accessTokenLifetime: left out.");
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws IOException {
        shell.at(Terminal.Stream.OUT);
        MigrateShell.Result shown = run("export", "--with-secrets");
        assertThat(shown.exit()).isEqualTo(2);
        assertThat(shown.err()).contains("The output is a terminal, where secrets stay readable", "--show");
        assertThat(run("export", "--with-secrets", "--show").out()).contains("sample;'secret$1");
        assertThat(run("export", "--as", "xml").err()).contains("--as", "PROPERTIES");
        assertThat(run("export", "--connection", "other").err()).contains("There is no connection 'other'");
        Files.writeString(shell.connections, ACME.replace("sample;", "sample{{"));
        assertThat(run("export", "--as", "camel", "--with-secrets", "--show").exit())
                .isEqualTo(2);
    }

    private MigrateShell.Result run(String... arguments) {
        return shell.runHere(arguments);
    }
}
