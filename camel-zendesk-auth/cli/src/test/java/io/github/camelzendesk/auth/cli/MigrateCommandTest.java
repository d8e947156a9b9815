package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class MigrateCommandTest {
    private static final String USER = "agent@acme.example";

    @TempDir
    private Path home;

    private MigrateShell shell;
    private ZendeskServer zendesk;
    private RegisteredClient client;
    private String token;
    private String original;

    @BeforeEach
    void keepAConnectionWithAnApiToken(ZendeskServer server) throws IOException {
        zendesk = server;
        zendesk.addUser(USER);
        token = zendesk.apiToken(USER);
        client = zendesk.confidentialClient("nightly-export");
        shell = new MigrateShell(home);
        shell.environment.put("ACME_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        original = "# ours\nacme.url=" + zendesk.url() + "\nacme.user=" + USER + "\nacme.api-token=" + token
                + "\nacme.oauthSettingsSecretKey={{env:ACME_KEY}}\nother.url=globex\nother.apiToken={{env:OTHER}}\n";
        Files.writeString(shell.connections, original);
    }

    @Test
    void takes_a_connection_to_client_credentials_after_it_was_asked_for_all() throws IOException {
        MigrateShell.Result result = shell.at(Terminal.Stream.IN)
                .typed("client\nnightly-export\ny\n")
                .hidden(client.secret())
                .run("migrate", "--connection", "acme", "--config", config());
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(Files.readString(shell.connections))
                .isEqualTo("# ours\nacme.url=" + zendesk.url() + "\nacme.oauthSettingsSecretKey={{env:ACME_KEY}}\n"
                        + "other.url=globex\nother.apiToken={{env:OTHER}}\n"
                        + "acme.authScheme=OAuthClient\nacme.oauthClientId=nightly-export\nacme.oauthClientSecret="
                        + client.secret() + "\n");
        assertThat(result.out())
                .contains("- acme.user=" + USER, "- acme.apiToken=(set)", "+ acme.oauthClientSecret=(set)");
        assertThat(result.err())
                .contains("Nobody logs in", "Apps and integrations > APIs > OAuth clients", "Old credentials: " + USER)
                .contains(
                        "New credentials: ", "They act as different persons", "zendesk-auth verify --connection acme");
        assertThat(result.all()).doesNotContain(token, client.secret());
        assertThat(shell.run(
                                "verify",
                                "--connection",
                                "acme",
                                "--config",
                                config(),
                                "--oauth-settings-location",
                                settings())
                        .out())
                .contains("agent@example.com");
    }

    @Test
    void keeps_the_old_credentials_in_a_file_of_its_own() throws IOException {
        Files.writeString(home.resolve("connections.properties.bak"), "of another migration");
        MigrateShell.Result result = toClientCredentials("--yes");
        Path backup = home.resolve("connections.properties.bak2");
        assertThat(Files.readString(backup)).isEqualTo(original);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(result.err()).contains(backup + " holds the old credentials", "revoked in Admin Center");
    }

    @Test
    void leaves_no_token_of_the_trial_behind() {
        toClientCredentials("--yes");
        assertThat(zendesk.tokenRequestCount()).isOne();
        assertThat(zendesk.apiRequests().get(zendesk.apiRequests().size() - 1).toString())
                .contains("/api/v2/oauth/tokens/current");
        assertThat(home.resolve("camel-zendesk-auth")).doesNotExist();
    }

    @Test
    void takes_a_connection_to_the_login_of_a_person() throws IOException {
        MigrateShell.Result result = run(
                "--to",
                "authorization-code",
                "--oauth-client-id",
                "nightly-export",
                "--yes",
                "--oauth-client-secret-file",
                secretFile());
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.err().strip()).endsWith("now run zendesk-auth login --connection acme");
        assertThat(result.err()).contains("Redirect URLs: http://localhost:33333");
        assertThat(Files.readString(shell.connections))
                .contains("acme.authScheme=OAuth\n", "acme.initiateOAuth=REFRESH", "acme.oauthClientSecret=")
                .doesNotContain(token);
    }

    @Test
    void takes_a_public_client_without_a_secret() throws IOException {
        zendesk.publicClient("desk-app");
        MigrateShell.Result result = run(
                "--to",
                "authorization-code",
                "--oauth-client-id",
                "desk-app",
                "--yes",
                "--oauth-client-kind",
                "public");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(Files.readString(shell.connections))
                .contains("acme.oauthClientKind=PUBLIC")
                .doesNotContain("acme.oauthClientSecret");
    }

    @Test
    void only_says_what_it_would_do_in_a_dry_run() throws IOException {
        MigrateShell.Result result = run("--to", "client-credentials", "--dry-run");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("- acme.apiToken=(set)", "+ acme.authScheme=OAuthClient");
        assertThat(result.err()).contains("Nothing was called or changed");
        assertThat(zendesk.apiRequests()).isEmpty();
        assertThat(zendesk.tokenRequestCount()).isZero();
        unchanged();
    }

    @Test
    void changes_nothing_that_is_not_confirmed() throws IOException {
        MigrateShell.Result alone = toClientCredentials();
        assertThat(alone.exit()).isEqualTo(2);
        assertThat(alone.err()).contains("Nothing is changed, because there is no terminal to ask at: say --yes.");
        MigrateShell.Result declined = shell.at(Terminal.Stream.IN)
                .typed("n\n")
                .run(all(
                        "--to",
                        "client-credentials",
                        "--oauth-client-id",
                        "nightly-export",
                        "--oauth-client-secret-file",
                        secretFile()));
        assertThat(declined.exit()).isZero();
        assertThat(declined.err()).endsWith("Nothing is changed.\n");
        unchanged();
    }

    @Test
    void changes_nothing_when_the_new_credentials_do_not_work() throws IOException {
        shell.environment.put("ZENDESK_OAUTH_CLIENT_SECRET", "wrong-secret");
        MigrateShell.Result result = run("--to", "client-credentials", "--oauth-client-id", "nightly-export", "--yes");
        assertThat(result.exit()).isIn(2, 3);
        assertThat(result.err()).contains("invalid_client").doesNotContain("wrong-secret");
        unchanged();
    }

    @Test
    void goes_on_when_Zendesk_refuses_the_old_credentials_already() throws IOException {
        Files.writeString(shell.connections, original.replace(token, "ended"));
        MigrateShell.Result result = toClientCredentials("--yes");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("Zendesk refuses them already");
    }

    @Test
    void says_when_both_act_as_the_same_person() throws IOException {
        Files.writeString(shell.connections, original.replace(USER, "agent@example.com"));
        assertThat(toClientCredentials("--yes").err()).contains("Both act as the same person.");
    }

    @Test
    void prints_what_to_change_in_an_application() throws IOException {
        String text = original.replace("acme.", "camel.component.zendesk-auth.connections.acme.");
        Path application = Files.writeString(home.resolve("application.properties"), text);
        MigrateShell.Result result = shell.run(
                "migrate",
                "--config",
                application.toString(),
                "--connection",
                "acme",
                "--to",
                "client-credentials",
                "--oauth-client-id",
                "nightly-export",
                "--oauth-client-secret-file",
                secretFile(),
                "--yes");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out())
                .contains("- camel.component.zendesk-auth.connections.acme.api-token=(set)")
                .contains("+ camel.component.zendesk-auth.connections.acme.oauth-client-secret="
                        + "{{env:ACME_OAUTH_CLIENT_SECRET}}");
        assertThat(result.err()).contains("Nothing is changed, because only a connections.properties is");
        assertThat(Files.readString(application)).isEqualTo(text);
    }

    @Test
    void prints_what_to_change_in_the_environment() throws IOException {
        Files.delete(shell.connections);
        shell.environment.put("ZENDESK_URL", zendesk.url());
        shell.environment.put("ZENDESK_USER", USER);
        shell.environment.put("ZENDESK_API_TOKEN", token);
        MigrateShell.Result result =
                shell.run("migrate", "--config", config(), "--to", "client-credentials", "--dry-run");
        assertThat(result.out())
                .contains("- export ZENDESK_API_TOKEN='(set)'", "+ export ZENDESK_AUTH_SCHEME='OAuthClient'")
                .doesNotContain(token);
    }

    @Test
    void says_what_is_wrong_with_its_arguments() throws IOException {
        assertThat(run().err()).contains("Say which: --to client-credentials or --to authorization-code.");
        assertThat(run("--to", "password").err()).contains("--to");
        assertThat(run("--to", "client-credentials").err()).contains("give it as --oauth-client-id");
        assertThat(run("--to", "client-credentials", "--oauth-client-id", "x").err())
                .contains("There is no terminal to ask at. Give it as ZENDESK_OAUTH_CLIENT_SECRET");
        assertThat(run("--to", "client-credentials", "--oauth-client-id", "x", "--oauth-client-kind", "public")
                        .err())
                .contains("needs a confidential client");
        Files.writeString(shell.connections, "acme.url=acme\nacme.oauthAccessToken=x\n");
        assertThat(run().err()).contains("has no API token and no password, so there is nothing to migrate");
        unchangedFiles();
    }

    private MigrateShell.Result toClientCredentials(String... more) {
        shell.environment.put("ZENDESK_OAUTH_CLIENT_SECRET", client.secret());
        String[] arguments = Arrays.copyOf(
                new String[] {"--to", "client-credentials", "--oauth-client-id", "nightly-export"}, 4 + more.length);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return run(arguments);
    }

    private MigrateShell.Result run(String... arguments) {
        return shell.run(all(arguments));
    }

    private String[] all(String... arguments) {
        return Stream.concat(Stream.of("migrate", "--connection", "acme", "--config", config()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private String secretFile() throws IOException {
        return Files.writeString(home.resolve("secret.txt"), client.secret() + "\n")
                .toString();
    }

    private String settings() {
        return home.resolve("settings.json").toString();
    }

    private String config() {
        return shell.connections.toString();
    }

    private void unchanged() throws IOException {
        assertThat(Files.readString(shell.connections)).isEqualTo(original);
        unchangedFiles();
    }

    private void unchangedFiles() {
        assertThat(home.resolve("connections.properties.bak")).doesNotExist();
    }
}
