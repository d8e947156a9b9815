package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection with an API token, and a client that it can go to. */
@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
abstract class MigrateCase {
    static final String USER = "agent@acme.example";

    @TempDir
    Path home;

    MigrateShell shell;
    ZendeskServer zendesk;
    RegisteredClient client;
    String token;
    String original;

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

    MigrateShell.Result toClientCredentials(String... more) {
        shell.environment.put("ZENDESK_OAUTH_CLIENT_SECRET", client.secret());
        String[] arguments = Arrays.copyOf(
                new String[] {"--to", "client-credentials", "--oauth-client-id", "nightly-export"}, 4 + more.length);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return run(arguments);
    }

    MigrateShell.Result run(String... arguments) {
        return shell.run(all(arguments));
    }

    String[] all(String... arguments) {
        return Stream.concat(Stream.of("migrate", "--connection", "acme", "--config", config()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    String secretFile() throws IOException {
        return Files.writeString(home.resolve("secret.txt"), client.secret() + "\n")
                .toString();
    }

    String settings() {
        return home.resolve("settings.json").toString();
    }

    String config() {
        return shell.connections.toString();
    }

    void unchanged() throws IOException {
        assertThat(Files.readString(shell.connections)).isEqualTo(original);
        unchangedFiles();
    }

    void unchangedFiles() {
        assertThat(home.resolve("connections.properties.bak")).doesNotExist();
    }
}
