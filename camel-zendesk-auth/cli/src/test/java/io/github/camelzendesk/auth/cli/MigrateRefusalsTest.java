package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MigrateRefusalsTest extends MigrateCase {
    @Test
    void onlySaysWhatItWouldDoInADryRun() throws IOException {
        MigrateShell.Result result = run("--to", "client-credentials", "--dry-run");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("- acme.apiToken=(set)", "+ acme.authScheme=OAuthClient");
        assertThat(result.err()).contains("Nothing was called or changed");
        assertThat(zendesk.apiRequests()).isEmpty();
        assertThat(zendesk.tokenRequestCount()).isZero();
        unchanged();
    }

    @Test
    void changesNothingThatIsNotConfirmed() throws IOException {
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
    void changesNothingWhenTheNewCredentialsDoNotWork() throws IOException {
        shell.environment.put("ZENDESK_OAUTH_CLIENT_SECRET", "wrong-secret");
        MigrateShell.Result result = run("--to", "client-credentials", "--oauth-client-id", "nightly-export", "--yes");
        assertThat(result.exit()).isIn(2, 3);
        assertThat(result.err()).contains("invalid_client").doesNotContain("wrong-secret");
        unchanged();
    }

    @Test
    void printsWhatToChangeInAnApplication() throws IOException {
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
    void printsWhatToChangeInTheEnvironment() throws IOException {
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
    void saysWhatIsWrongWithItsArguments() throws IOException {
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
}
