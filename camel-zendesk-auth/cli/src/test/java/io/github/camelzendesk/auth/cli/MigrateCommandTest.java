package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MigrateCommandTest extends MigrateCase {
    @Test
    void takesAConnectionToClientCredentialsAfterItWasAskedForAll() throws IOException {
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
    void keepsTheOldCredentialsInAFileOfItsOwn() throws IOException {
        Files.writeString(home.resolve("connections.properties.bak"), "of another migration");
        MigrateShell.Result result = toClientCredentials("--yes");
        Path backup = home.resolve("connections.properties.bak2");
        assertThat(Files.readString(backup)).isEqualTo(original);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(result.err()).contains(backup + " holds the old credentials", "revoked in Admin Center");
        assertThat(shell.run("migrate", "scan", home.toString()).out())
                .contains(backup + ":4")
                .doesNotContain(token);
    }

    @Test
    void leavesNoTokenOfTheTrialBehind() {
        toClientCredentials("--yes");
        assertThat(zendesk.tokenRequestCount()).isOne();
        assertThat(zendesk.apiRequests().get(zendesk.apiRequests().size() - 1).toString())
                .contains("/api/v2/oauth/tokens/current");
        assertThat(home.resolve("camel-zendesk-auth")).doesNotExist();
    }

    @Test
    void takesAConnectionToTheLoginOfAPerson() throws IOException {
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
    void takesAPublicClientWithoutASecret() throws IOException {
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
    void goesOnWhenZendeskRefusesTheOldCredentialsAlready() throws IOException {
        Files.writeString(shell.connections, original.replace(token, "ended"));
        MigrateShell.Result result = toClientCredentials("--yes");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("Zendesk refuses them already");
    }

    @Test
    void saysWhenBothActAsTheSamePerson() throws IOException {
        Files.writeString(shell.connections, original.replace(USER, "agent@example.com"));
        assertThat(toClientCredentials("--yes").err()).contains("Both act as the same person.");
    }
}
