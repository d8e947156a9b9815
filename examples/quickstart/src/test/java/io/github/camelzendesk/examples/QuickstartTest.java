package io.github.camelzendesk.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

class QuickstartTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final PrintStream systemOut = System.out;

    @TempDir
    private Path folder;

    @BeforeEach
    void takeTheLogAlong() {
        System.setOut(out);
    }

    @AfterEach
    void giveTheLogBack() {
        System.setOut(systemOut);
    }

    @Test
    void logsAPersonInOnAnAccount() throws Exception {
        try (StandIn account = StandIn.start(folder)) {
            Quickstart.onAnAccount(ConnectionOptions.of(account.options()), account.simulatedPerson(), out);
        }

        assertThat(output())
                .contains("(refresh_token, generation 2,", "Skipped: Zendesk's tokens live for 5 minutes")
                .contains("Before: READY, generation 2", "After : READY, generation 2")
                .doesNotContain(IssuedSecrets.all());
    }

    @Test
    void runsWithClientCredentialsOnAnAccount() {
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            RegisteredClient client = zendesk.confidentialClient("unattended");

            boolean succeeded = run(Map.of(
                    "ZENDESK_URL", zendesk.url(),
                    "ZENDESK_AUTH_SCHEME", "OAuthClient",
                    "ZENDESK_OAUTH_CLIENT_ID", client.identifier(),
                    "ZENDESK_OAUTH_CLIENT_SECRET", client.secret(),
                    "ZENDESK_OAUTH_SETTINGS_LOCATION",
                            folder.resolve("settings.json").toString()));

            assertThat(succeeded).as(output()).isTrue();
            assertThat(output())
                    .contains("(client_credentials, generation 2,", "no refresh token here", "nothing is lost")
                    .doesNotContain(IssuedSecrets.all());
        }
    }

    @Test
    void runsFromASettingsFileWrittenByHandAsTheDocumentationShowsIt() throws Exception {
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            RegisteredClient client = zendesk.confidentialClient("app");
            String file = byHand(zendesk.url(), zendesk.issue(client, "read").refreshToken());

            boolean succeeded = run(Map.of(
                    "ZENDESK_URL", zendesk.url(),
                    "ZENDESK_INITIATE_OAUTH", "REFRESH",
                    "ZENDESK_OAUTH_CLIENT_ID", client.identifier(),
                    "ZENDESK_OAUTH_CLIENT_SECRET", client.secret(),
                    "ZENDESK_OAUTH_SETTINGS_LOCATION", file));

            assertThat(succeeded).as(output()).isTrue();
            assertThat(output()).contains("(refresh_token, generation 2,").doesNotContain(IssuedSecrets.all());
        }
    }

    private String byHand(String url, String refreshToken) throws Exception {
        Path file = folder.resolve("settings.json");
        Files.writeString(
                file,
                """
                {
                  "format" : "camel-zendesk-auth/1",
                  "url" : "%s",
                  "client_id" : "app",
                  "lineage" : "by hand",
                  "generation" : 1,
                  "refresh_token" : "%s"
                }
                """
                        .formatted(url, refreshToken));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    @Test
    void skipsWhatMakesNoSenseForAnApiToken() {
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            String token = zendesk.apiToken("agent@acme.test");

            boolean succeeded = run(Map.of(
                    "ZENDESK_URL", zendesk.url(), "ZENDESK_USER", "agent@acme.test", "ZENDESK_API_TOKEN", token));

            assertThat(succeeded).as(output()).isTrue();
            assertThat(output())
                    .contains("My printer is on fire", "Skipped: these options are used as they are")
                    .doesNotContain(IssuedSecrets.all());
        }
    }

    @Test
    void skipsWhatMakesNoSenseForAStaticToken() {
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            String token =
                    zendesk.issue(zendesk.confidentialClient("app"), "read").accessToken();

            boolean succeeded = run(Map.of("ZENDESK_URL", zendesk.url(), "ZENDESK_OAUTH_ACCESS_TOKEN", token));

            assertThat(succeeded).as(output()).isTrue();
            assertThat(output()).contains("Skipped: these options").doesNotContain(IssuedSecrets.all());
        }
    }

    @Test
    void endsWithOneMessageWhenTheAccountIsAllThatIsKnown() {
        assertThat(run(Map.of("ZENDESK_URL", "acme"))).isFalse();
        assertThat(output())
                .contains("there is nothing to authenticate with", "oauthClientId is ZENDESK_OAUTH_CLIENT_ID")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void endsWithOneMessageWhenTheTokenIsRefused() {
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            assertThat(run(Map.of("ZENDESK_URL", zendesk.url(), "ZENDESK_OAUTH_ACCESS_TOKEN", "not-a-token")))
                    .isFalse();
        }
        assertThat(output())
                .contains("Zendesk answered 401", "does not accept these credentials")
                .doesNotContain("Exception", "\tat ", "not-a-token");
    }

    @Test
    void endsWithOneMessageWhenTheAnswerIsAPage() {
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            zendesk.wireMock().stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("<html>a page</html>")));
            assertThat(run(Map.of("ZENDESK_URL", zendesk.url(), "ZENDESK_OAUTH_ACCESS_TOKEN", "a-token")))
                    .isFalse();
        }
        assertThat(output()).contains("answer is not JSON").doesNotContain("a page", "\tat ");
    }

    @Test
    void endsWithOneMessageWhenTheAccountCannotBeReached() {
        assertThat(run(Map.of("ZENDESK_URL", "http://127.0.0.1:1", "ZENDESK_OAUTH_ACCESS_TOKEN", "a-token")))
                .isFalse();
        assertThat(output()).contains("Zendesk could not be reached").doesNotContain("\tat ");
    }

    private boolean run(Map<String, String> environment) {
        return Quickstart.run(environment, out, out);
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
