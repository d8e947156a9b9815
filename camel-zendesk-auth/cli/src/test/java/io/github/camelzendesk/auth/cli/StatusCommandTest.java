package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class StatusCommandTest {
    @TempDir
    Path home;

    private Shell loggedIn(ZendeskServer zendesk, String client) throws IOException {
        return new Shell(home)
                .loggedIn(zendesk, zendesk.confidentialClient(client, Shell.callback()), home.resolve("acme.json"));
    }

    @Test
    void aConnectionIsARowOfATable(ZendeskServer zendesk) throws IOException {
        Shell.Result status = loggedIn(zendesk, "row").run("status", "--connection", "acme");

        assertThat(status.exit()).isZero();
        assertThat(status.out().lines().toList())
                .satisfiesExactly(
                        head -> assertThat(head)
                                .startsWith(
                                        "CONNECTION  SCHEME  STATE  EXPIRES IN  LOGIN LAPSES IN  GENERATION  STORE"),
                        row -> assertThat(row).matches("acme +OAuth +READY +29 min +29 d +1 +file:.*acme.json"));
    }

    @Test
    void statusAndVerifySpendNothingHoweverOldTheLogin(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "old");
        StoredFile.age(home.resolve("acme.json"), Duration.ofDays(25));
        int before = zendesk.tokenRequestCount();

        assertThat(shell.run("status").exit()).isZero();
        assertThat(shell.run("verify").exit()).isZero();

        assertThat(zendesk.tokenRequestCount()).isEqualTo(before);
    }

    @Test
    void allConnectionsOfTheFileAreShownAsJson(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("several");
        Shell shell = new Shell(home);
        Path file = home.resolve("camel-zendesk-auth/connections.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "url=" + zendesk.url() + "\noauthClientId=several\noauthClientSecret=" + client.secret()
                        + "\na.oauthSettingsLocation=" + home.resolve("a.json")
                        + "\nb.authScheme=OAuthClient\nb.oauthSettingsLocation="
                        + home.resolve("b.json") + "\n");

        Shell.Result status = shell.run("status", "--json");

        JsonNode json = new ObjectMapper().readTree(status.out());
        assertThat(json).hasSize(2);
        assertThat(json.path(0).path("state").asText()).isEqualTo("AUTHORIZATION_REQUIRED");
        assertThat(json.path(1).path("state").asText()).isEqualTo("IDLE");
        assertThat(status.exit()).isEqualTo(ExitCode.LOGIN);
    }

    @Test
    void aPlaceThatCannotBeReadIsARowToo(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "damaged");
        Files.writeString(home.resolve("acme.json"), "{");

        Shell.Result status = shell.run("status");

        assertThat(status.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(status.out()).contains("UNREADABLE", "is damaged");
    }

    @Test
    void aWatchShowsItAgainUntilItIsEnded(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "watched");

        Shell.Result status = shell.run(InputStream.nullInputStream(), line -> shell.end.give(), "status", "--watch");

        assertThat(status.exit()).isZero();
        assertThat(status.out()).contains("READY");
    }

    @Test
    void verifySaysWhoWeAre(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "known");

        assertThat(shell.run("verify").out()).contains("is known to Zendesk", "email=");
        assertThat(new ObjectMapper()
                        .readTree(shell.run("verify", "--json").out())
                        .path("verified")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void verifySaysThatZendeskKnowsNobody(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "revoked");
        zendesk.revoke(shell.run("token").out().strip());

        Shell.Result verify = shell.run("verify");

        assertThat(verify.exit()).isEqualTo(ExitCode.LOGIN);
        assertThat(verify.err()).contains("knows nobody");
    }

    @Test
    void refreshRenewsAndIfDueOnlyWhatIsDue(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "due");

        assertThat(shell.run("refresh", "--if-due").err()).contains("nothing was due");
        assertThat(zendesk.rotationCount()).isZero();

        assertThat(shell.run("refresh").err()).contains("has a new token");
        assertThat(zendesk.rotationCount()).isEqualTo(1);
    }

    @Test
    void aRefreshTokenThatHasUsedUpMostOfItsLifeIsDue(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "idle");
        shell.clock = () -> Instant.now().plus(Duration.ofDays(20));

        assertThat(shell.run("refresh", "--if-due").err()).contains("has a new token");
    }

    @Test
    void logoutEndsTheLoginAtZendeskAndErasesIt(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "out");
        String token = shell.run("token").out().strip();

        Shell.Result logout = shell.run("logout");

        assertThat(logout.exit()).as(logout.err()).isZero();
        assertThat(zendesk.isLive(token)).isFalse();
        assertThat(shell.run("token").exit()).isEqualTo(ExitCode.LOGIN);
    }

    @Test
    void logoutErasesNothingWhileZendeskIsAway(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "stays");
        byte[] before = Files.readAllBytes(home.resolve("acme.json"));
        zendesk.nextApiRequest(ApiFault.dropped(), ApiFault.dropped(), ApiFault.dropped());

        Shell.Result logout = shell.run("logout");

        assertThat(logout.exit()).as(logout.err()).isEqualTo(ExitCode.LATER);
        assertThat(logout.err()).contains("still logged in", "repeat the command");
        assertThat(Files.readAllBytes(home.resolve("acme.json"))).isEqualTo(before);
    }

    @Test
    void logoutOfAPlaceThatCannotBeReadSaysThatNothingIsErased(ZendeskServer zendesk) throws IOException {
        Shell shell = new Shell(home).grant(zendesk, zendesk.confidentialClient("unread"), home.resolve("acme.json"));
        shell.environment.put("ZENDESK_AUTH_SCHEME", "OAuthClient");
        Files.writeString(home.resolve("acme.json"), "{");

        Shell.Result logout = shell.run("logout");

        assertThat(logout.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(logout.err()).contains("is not logged out", "chmod 600");
        assertThat(zendesk.tokenRequestCount()).isZero();
    }

    @Test
    void logoutOfADeadGrantErasesIt(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "dead");
        zendesk.revoke(shell.run("token").out().strip());
        assertThat(shell.run("refresh").exit()).isEqualTo(ExitCode.LOGIN);

        Shell.Result logout = shell.run("logout");

        assertThat(logout.exit()).as(logout.err()).isZero();
    }
}
