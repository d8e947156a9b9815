package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class TokenCommandTest {
    @TempDir
    Path home;

    private Shell loggedIn(ZendeskServer zendesk, String client) throws IOException {
        return new Shell(home)
                .loggedIn(zendesk, zendesk.confidentialClient(client, Shell.callback()), home.resolve("acme.json"));
    }

    @Test
    void theTokenAloneIsPrinted(ZendeskServer zendesk) throws IOException {
        Shell.Result token = loggedIn(zendesk, "alone").run("token");

        assertThat(token.exit()).isZero();
        assertThat(token.out()).hasLineCount(1);
        assertThat(zendesk.isLive(token.out().strip())).isTrue();
        assertThat(token.err()).isEmpty();
    }

    @Test
    void curlGetsTheHeadersALineEach(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "curl");

        assertThat(shell.run("token", "--header").out().strip()).matches("Authorization: Bearer \\S+");
        assertThat(shell.run("token", "--header", "--on-behalf-of", "end@acme.com")
                        .out()
                        .lines())
                .hasSize(2)
                .last()
                .isEqualTo("X-On-Behalf-Of: end@acme.com");
    }

    @Test
    void aTokenAloneIsNotGivenWhereItWouldActAsSomebodyElse(ZendeskServer zendesk) throws IOException {
        Shell.Result token = loggedIn(zendesk, "behalf").run("token", "--on-behalf-of", "end@acme.com");

        assertThat(token.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(token.out()).isEmpty();
        assertThat(token.err()).contains("X-On-Behalf-Of", "token --header");
    }

    @Test
    void aTerminalGetsNoTokenUnlessItIsWanted(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "terminal").at(Terminal.Stream.OUT);

        Shell.Result refused = shell.run("token");

        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("--show");
        assertThat(shell.run("token", "--show").exit()).isZero();
    }

    @Test
    void theEndOfTheTokenIsTold(ZendeskServer zendesk) throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(loggedIn(zendesk, "json").run("token", "--json").out());

        assertThat(json.path("token_type").asText()).isEqualTo("bearer");
        assertThat(json.path("expires_in").asInt()).isBetween(1700, 1800);
        assertThat(json.path("expires_at").asText()).endsWith("Z");
        assertThat(zendesk.isLive(json.path("access_token").asText())).isTrue();
    }

    @Test
    void aTokenThatIsOverIsRenewedFirstAndOnlyOnce(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "expired");
        StoredFile.age(home.resolve("acme.json"), Duration.ofHours(1));

        String first = shell.run("token").out();
        String second = shell.run("token").out();

        assertThat(zendesk.isLive(first.strip())).isTrue();
        assertThat(second).isEqualTo(first);
        assertThat(zendesk.rotationCount()).isEqualTo(1);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    @Test
    void withoutALoginTheWayToOneIsTold(ZendeskServer zendesk) {
        Shell.Result token = new Shell(home)
                .grant(zendesk, zendesk.confidentialClient("nobody"), home.resolve("none.json"))
                .run("token");

        assertThat(token.exit()).isEqualTo(ExitCode.LOGIN);
        assertThat(token.err()).hasLineCount(1).contains("zendesk-auth login");
    }

    @Test
    void whereZendeskIsAwayItIsToldToTryAgain(ZendeskServer zendesk) {
        Shell shell = new Shell(home).grant(zendesk, zendesk.confidentialClient("away"), home.resolve("away.json"));
        shell.environment.put("ZENDESK_AUTH_SCHEME", "OAuthClient");
        zendesk.always(TokenFault.status(503));

        Shell.Result token = shell.run("token");

        assertThat(token.exit()).isEqualTo(ExitCode.LATER);
        assertThat(token.err()).hasLineCount(1).contains("503");
    }

    @Test
    void anApiTokenIsAHeaderButNoToken(ZendeskServer zendesk) {
        Shell shell = new Shell(home);
        shell.environment.put("ZENDESK_URL", zendesk.url());
        shell.environment.put("ZENDESK_USER", "agent@acme.com");
        shell.environment.put("ZENDESK_API_TOKEN", zendesk.apiToken("agent@acme.com"));

        assertThat(shell.run("token", "--header").out()).startsWith("Authorization: Basic ");
        assertThat(shell.run("token").err()).contains("authScheme is APIToken", "token --header");
    }
}
