package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ImportCommandTest {
    private static final String DRIVER = "jdbc:zendesk:URL=https://acme.zendesk.com;AuthScheme=OAuth;"
            + "InitiateOAuth=GETANDREFRESH;OAuthClientId=desk-tool;OAuthClientSecret='sample;secret''1';";

    @TempDir
    private Path home;

    private MigrateShell shell;

    @BeforeEach
    void open() {
        shell = new MigrateShell(home);
    }

    @Test
    void writesADriversConnectionStringForThisUserOnly() throws IOException {
        MigrateShell.Result result = run("import", file("driver.txt", DRIVER));
        assertThat(result.exit()).isZero();
        assertThat(written())
                .containsEntry("acme.url", "https://acme.zendesk.com")
                .containsEntry("acme.authScheme", "OAuth")
                .containsEntry("acme.initiateOAuth", "GETANDREFRESH")
                .containsEntry("acme.oauthClientId", "desk-tool")
                .containsEntry("acme.oauthClientSecret", "sample;secret'1")
                .hasSize(5);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shell.connections)))
                .isEqualTo("rw-------");
        assertThat(result.err()).contains("Next: zendesk-auth login --connection acme");
        assertThat(result.all()).doesNotContain("sample");
    }

    @Test
    void takesAConnectionStringFromTheStandardInput() throws IOException {
        MigrateShell.Result result = shell.typed(DRIVER + "\n").run("import", "-", "--config", config());
        assertThat(result.exit()).isZero();
        assertThat(written()).containsEntry("acme.oauthClientId", "desk-tool");
    }

    @Test
    void tellsWhatItLeavesOutByName() throws IOException {
        MigrateShell.Result result = run(
                "import",
                file(
                        "driver.txt",
                        DRIVER + "Timeout=60;UseIncrementalAPI=true;FirewallType=NONE;"
                                + "OAuthSettingsLocation=%APPDATA%\\CData\\OAuthSettings.txt;Fremd=sample-secret-2"));
        assertThat(result.exit()).isZero();
        assertThat(result.err())
                .contains("Not about authentication, left out: Timeout, UseIncrementalAPI.")
                .contains("OAuthSettingsLocation is left out")
                .contains("1 more that no driver has left out")
                .doesNotContain("Fremd", "sample-secret", "APPDATA");
        assertThat(written()).hasSize(5);
    }

    @Test
    void takesTheEnvironment() throws IOException {
        shell.environment.put("ZENDESK_URL", "globex");
        shell.environment.put("ZENDESK_USER", "agent@globex.example");
        shell.environment.put("ZENDESK_API_TOKEN", "sample-secret-3");
        shell.environment.put("ZENDESK_SUBDOMAIN", "of-zcli");
        MigrateShell.Result result = run("import", "--from-environment");
        assertThat(written())
                .containsEntry("globex.url", "globex")
                .containsEntry("globex.user", "agent@globex.example")
                .containsEntry("globex.apiToken", "sample-secret-3")
                .hasSize(3);
        assertThat(result.err()).contains("zendesk-auth migrate --connection globex");
        assertThat(result.all()).doesNotContain("sample-secret");
    }

    @Test
    void keepsReferencesToTheEnvironmentInPlaceOfSecrets() throws IOException {
        shell.environment.put("ACME_URL", "https://acme.zendesk.com");
        String text =
                """
                desk.secret=${DESK_SECRET}
                camel.component.zendesk-auth.connections.acme.url={{env:ACME_URL}}
                camel.component.zendesk-auth.connections.acme.auth-scheme=OAuthClient
                camel.component.zendesk-auth.connections.acme.oauth-client-id=${NO_SUCH:desk-tool}
                camel.component.zendesk-auth.connections.acme.oauth-client-secret={{desk.secret}}
                """;
        assertThat(run("import", file("application.properties", text)).exit()).isZero();
        assertThat(written())
                .containsEntry("acme.url", "https://acme.zendesk.com")
                .containsEntry("acme.oauthClientId", "desk-tool")
                .containsEntry("acme.oauthClientSecret", "{{env:DESK_SECRET}}");
        MigrateShell.Result shown = run("import", "--replace", "--dry-run", home + "/application.properties");
        assertThat(shown.out()).contains("acme.oauthClientSecret={{env:DESK_SECRET}}");
    }

    @Test
    void takesEachConnectionOfAnApplicationOrTheOneThatIsNamed() throws IOException {
        String yaml =
                """
                camel:
                  component:
                    zendesk-auth:
                      access-token-lifetime: 10m
                      connections:
                        acme:
                          url: acme
                          oauth-access-token: sample-secret-4
                        "[my.desk]":
                          url: globex
                          oauth-access-token: sample-secret-5
                ---
                spring.config.activate.on-profile: test
                camel.component.zendesk-auth.connections.acme.url: of-tests
                """;
        assertThat(run("import", "--connection", "my.desk", file("application.yml", yaml))
                        .exit())
                .isZero();
        assertThat(written())
                .containsEntry("my.desk.url", "globex")
                .containsEntry("my.desk.accessTokenLifetime", "600000ms")
                .doesNotContainKey("acme.url");
        assertThat(run("import", "--replace", home + "/application.yml").exit()).isZero();
        assertThat(written()).containsEntry("acme.url", "acme").containsEntry("my.desk.url", "globex");
    }

    @Test
    void namesAConnectionAsItIsToldAndTakesArgumentsToo() throws IOException {
        run(
                "import",
                file("driver.txt", DRIVER),
                "--connection",
                "desk",
                "--oauth-settings-location",
                "/var/desk.json");
        assertThat(written())
                .containsEntry("desk.oauthSettingsLocation", "/var/desk.json")
                .containsEntry("desk.url", "https://acme.zendesk.com");
    }

    @Test
    void showsWithoutWritingWhatItWouldWrite() throws IOException {
        MigrateShell.Result result = run("import", "--dry-run", file("driver.txt", DRIVER));
        assertThat(result.out())
                .contains("acme.url=https://acme.zendesk.com", "acme.oauthClientSecret=(set)")
                .doesNotContain("sample");
        assertThat(shell.connections).doesNotExist();
    }

    @Test
    void replacesAConnectionOnlyWhenToldTo() throws IOException {
        String driver = file("driver.txt", DRIVER);
        run("import", driver);
        MigrateShell.Result again = run("import", driver);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("there is acme already", "--replace");
        assertThat(run("import", "--replace", driver).exit()).isZero();
    }

    @Test
    void warnsOfARefreshTokenThatAnotherProgramHas() throws IOException {
        MigrateShell.Result result = run("import", file("driver.txt", DRIVER + "OAuthRefreshToken=sample-secret-6"));
        assertThat(result.err()).contains("Its refresh token works once: end the program that has it");
    }

    private MigrateShell.Result run(String... arguments) {
        return shell.runHere(arguments);
    }

    private String config() {
        return shell.connections.toString();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    private Map<Object, Object> written() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(shell.connections)) {
            properties.load(reader);
        }
        return properties;
    }
}
