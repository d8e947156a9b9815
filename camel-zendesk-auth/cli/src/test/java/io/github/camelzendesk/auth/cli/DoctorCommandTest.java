package io.github.camelzendesk.auth.cli;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.TokenRequestSeen;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class DoctorCommandTest {
    private static final int WARN = 10;
    private static final int FAIL = 11;

    @TempDir
    private Path folder;

    private ZendeskServer zendesk;
    private RegisteredClient client;
    private Path settings;
    private DoctorShell shell;

    @BeforeEach
    void configure(ZendeskServer server) throws Exception {
        zendesk = server;
        client = server.confidentialClient("app", "http://localhost:" + DoctorShell.freePort());
        Path place = Files.createDirectory(folder.resolve("place"));
        settings = place.toRealPath().resolve("acme.json");
        shell = new DoctorShell(folder.resolve("home")).grant(server, client, settings);
    }

    private IssuedTokens login() {
        IssuedTokens issued = zendesk.issue(client, "read write");
        shell.stored(issued);
        return issued;
    }

    @Test
    void nothingIsWrongWithALoginThatWorksAndNothingIsSpentToSeeIt() {
        IssuedTokens issued = login();

        DoctorShell.Result result = shell.doctor();

        assertThat(result.complaints()).isEmpty();
        assertThat(result.exit()).isEqualTo(result.out().contains("WARN") ? WARN : 0);
        assertThat(result.line("identity")).containsPattern("Zendesk knows user \\d+ \\(agent\\)");
        assertThat(zendesk.isLiveRefreshToken(issued.refreshToken())).isTrue();
        assertThat(zendesk.tokenRequests())
                .extracting(TokenRequestSeen::parameters)
                .isNotEmpty()
                .noneMatch(form -> form.containsKey("refresh_token"));
        assertThat(settings.getParent()).isDirectoryNotContaining("glob:**doctor**");
    }

    @Test
    void aClientThatObtainsTokensByItselfIsWellToo() {
        shell.set("ZENDESK_AUTH_SCHEME", "OAuthClient");

        DoctorShell.Result result = shell.doctor();

        assertThat(result.complaints()).isEmpty();
        assertThat(result.line("client")).contains("issues tokens to the OAuth client 'app'");
        assertThat(result.line("scope")).contains("is granted");
        assertThat(result.out()).doesNotContain("OK    redirect", "OK    port");
        assertThat(zendesk.tokenRequests())
                .extracting(request -> request.parameters().get("expires_in"))
                .containsExactly("300");
    }

    @Test
    void aWrongSecretIsToldFromAnUnknownClient() {
        login();
        shell.secret("ZENDESK_OAUTH_CLIENT_SECRET", "anothersecret");

        fails("client", "knows the OAuth client 'app', and it has another secret", "Correct oauthClientSecret");

        shell.set("ZENDESK_OAUTH_CLIENT_ID", "aap");
        DoctorShell.Result unknown = fails("client", "knows no OAuth client 'aap'", "Correct oauthClientId");
        assertThat(unknown.line("redirect")).startsWith("WARN").contains("Correct first what 'client' says");
        shell.set("ZENDESK_OAUTH_CLIENT_ID", "4711");
        fails("client", "looks like its number", "unique identifier");
    }

    @Test
    void clientCredentialsOfAPublicClientAreRefused() {
        RegisteredClient open = zendesk.publicClient("open");
        shell.set("ZENDESK_AUTH_SCHEME", "OAuthClient").set("ZENDESK_OAUTH_CLIENT_ID", "open");
        shell.secret("ZENDESK_OAUTH_CLIENT_SECRET", open.secret());

        fails("client", "may not use this grant", "need a confidential client");
    }

    @Test
    void aScopeBeyondWhatTheClientMayHaveIsRefused() {
        RegisteredClient limited = zendesk.limitedClient("limited", "read");
        shell.set("ZENDESK_AUTH_SCHEME", "OAuthClient").set("ZENDESK_OAUTH_CLIENT_ID", "limited");
        shell.secret("ZENDESK_OAUTH_CLIENT_SECRET", limited.secret()).set("ZENDESK_SCOPE", "write");

        fails("client", "may not have the scope", "Correct scope");
    }

    @Test
    void aScopeThatWasNotGrantedIsNamed() {
        shell.stored(zendesk.issue(client, "read"));

        warns("scope", "'read' is granted, without 'write'", "answered 403");
    }

    @Test
    void aClientOfAnotherKindIsNamed() {
        zendesk.register(client.provenBy(RegisteredClient.Authentication.PUBLIC));
        warns("kind", "registered as public", "Set oauthClientKind=public");

        zendesk.register(client);
        shell.environment.remove("ZENDESK_OAUTH_CLIENT_SECRET");
        shell.set("ZENDESK_OAUTH_CLIENT_KIND", "public");
        warns("kind", "registered as confidential", "Set oauthClientKind=confidential");
    }

    @Test
    void aRedirectUriThatIsNotRegisteredIsNamed() {
        login();
        shell.set("ZENDESK_CALLBACK_URL", "http://127.0.0.1:33333");

        fails("redirect", "callbackUrl http://127.0.0.1:33333", "Register http://127.0.0.1:33333");
    }

    @Test
    void aTakenPortIsNamedWithWhoHasIt() throws Exception {
        login();
        int port =
                Integer.parseInt(shell.environment.get("ZENDESK_CALLBACK_URL").replaceAll(".*:", ""));
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();

            String line = warns("port", "port " + port + " is taken", "--no-browser");

            if (OS.LINUX.isCurrentOs()) {
                assertThat(line).contains("by this process");
            }
        }
    }

    @Test
    void aClockThatDiffersIsMeasured() {
        login();

        zendesk.advance(Duration.ofMinutes(1));
        warns("clock", "s behind", "NTP");
        zendesk.advance(Duration.ofMinutes(-10));
        fails("clock", "s ahead", "NTP");
    }

    @Test
    void anAccountThatRedirectsElsewhereIsAHostMappedName() {
        login();
        zendesk.nextApiRequest(ApiFault.redirect("https://acme.zendesk.com/api/v2/users/me.json"));

        fails("host", "redirects to acme.zendesk.com", "Set url to https://acme.zendesk.com");
    }

    @Test
    void anAccountThatForbidsThisAddressIsDoubted() {
        login();
        zendesk.nextApiRequest(ApiFault.forbiddenEmpty());

        warns("network", "answers 403", "ask an administrator");
    }

    @Test
    void aConnectionThatBreaksLaterKeepsOneCheckFromBeingMade() {
        login();
        zendesk.nextTokenRequest(TokenFault.dropBeforeCommit());

        DoctorShell.Result result = shell.doctor();

        assertThat(result.complaints()).singleElement().asString().startsWith("WARN  client       not checked");
        assertThat(result.exit()).isEqualTo(WARN);
    }

    @Test
    void whereNothingListensOnlyTheNetworkIsToBlame() throws Exception {
        login();
        shell.set("ZENDESK_URL", "http://127.0.0.1:" + DoctorShell.freePort());
        shell.set("HTTPS_PROXY", "http://proxy.acme.test:3128");

        DoctorShell.Result result = fails("network", "nothing listens at 127.0.0.1", "Java does not read it");

        assertThat(result.line("client")).startsWith("WARN").contains("not checked, because Zendesk was not reached");
        assertThat(result.line("locks")).startsWith("OK");
    }

    @Test
    void aCertificateThatNobodyTrustsIsToldWithTheTrustStore() throws Exception {
        try (PrivateServer server = PrivateServer.start(folder)) {
            shell.set("ZENDESK_URL", "https://localhost:" + server.port());

            fails("network", "of no CA that this Java trusts", "-Djavax.net.ssl.trustStore=");
        }
    }

    @Test
    void anAddressThatIsNoneOfZendesksIsDoubted() throws Exception {
        shell.set("ZENDESK_URL", "https://help.acme.test").set("ZENDESK_PROXY_HOST", "127.0.0.1");
        shell.set("ZENDESK_PROXY_PORT", String.valueOf(DoctorShell.freePort()));

        warns("url", "is not below zendesk.com", "Set url to https://{subdomain}.zendesk.com");
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws Exception {
        shell.set("ZENDESK_URL", "https://acme.zendesk.com");
        shell.set("ZENDESK_PROXY_HOST", "127.0.0.1");
        shell.set("ZENDESK_PROXY_PORT", String.valueOf(DoctorShell.freePort()));

        fails("network", "the proxy http://127.0.0.1:", "Correct proxyHost");
    }

    @Test
    void aProxyThatAsksWhoWeAreIsToldWithTheOptions() throws Exception {
        try (ForbiddingProxy proxy = ForbiddingProxy.answering(
                "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")) {
            shell.set("ZENDESK_URL", "https://acme.zendesk.com").set("ZENDESK_PROXY_HOST", "127.0.0.1");
            shell.set("ZENDESK_PROXY_PORT", String.valueOf(proxy.port()));
            fails("network", "the proxy asks for a user (407)", "Set proxyHost, proxyPort, proxyUser");

            shell.set("ZENDESK_PROXY_USER", "joe").secret("ZENDESK_PROXY_PASSWORD", "proxysecret");
            fails("network", "does not accept proxyUser and proxyPassword (407)", "Correct them");
        }
    }

    @Test
    void aProxyThatLetsNobodyThroughIsNamed() throws Exception {
        try (ForbiddingProxy proxy = ForbiddingProxy.answering("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")) {
            shell.set("ZENDESK_URL", "https://acme.zendesk.com").set("ZENDESK_PROXY_HOST", "127.0.0.1");
            shell.set("ZENDESK_PROXY_PORT", String.valueOf(proxy.port()));

            fails("network", "does not connect to acme.zendesk.com (status 403)", "Have it allow acme.zendesk.com");
        }
    }

    @Test
    void aProxyInTheClearIsRefusedByTheOptions() {
        shell.set("ZENDESK_PROXY_HOST", "proxy.acme.test");

        fails("options", "the proxy would get the credentials in the clear", "Correct what it names");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aUserWithoutAHomeIsExaminedByTheEnvironment() {
        String home = System.getProperty("user.home");
        login();
        shell.environment.remove("XDG_CONFIG_HOME");
        System.setProperty("user.home", "?");
        try {
            assertThat(shell.doctor().complaints()).isEmpty();
            shell.environment.clear();
            assertThat(shell.doctor().err()).contains("name one in connections.properties");
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void whoHasNotLoggedInIsToldToLogIn() {
        fails("tokens", "nobody has logged in yet", "zendesk-auth login");
    }

    @Test
    void aLoginThatEndedSaysWhy() {
        OAuthSettings stored = shell.empty().withEnded(new EndedGrant("f", "RESPONSE_LOST", Instant.now()));
        shell.stored(stored);

        fails("tokens", "the answer to a token request was lost", "zendesk-auth login");
    }

    @Test
    void aTokenRequestWithoutAnAnswerIsNamedWithItsProcess() {
        login();
        OAuthSettings stored = shell.store().load().orElseThrow();
        shell.stored(stored.withPending(
                new PendingExchange("f", stored.generation() + 1, Instant.now(), "process 4711 on web-1")));

        warns("tokens", "by process 4711 on web-1 has no answer yet", "look again in a minute");
    }

    @Test
    void aRefreshTokenIsToldInItsLastWeekAndWhenItIsOver() {
        login();
        Instant now = Instant.now();

        shell.clock = InstantSource.fixed(now.plus(Duration.ofDays(25)));
        assertThat(shell.doctor().line("tokens"))
                .startsWith("WARN")
                .contains("access token has expired, and the next use renews it", "zendesk-auth refresh");
        shell.clock = InstantSource.fixed(now.plus(Duration.ofDays(31)));
        fails("tokens", "the refresh token ended", "zendesk-auth login");
    }

    @Test
    void anAccessTokenThatExpiredIsNoTrouble() {
        login();
        zendesk.advance(Duration.ofMinutes(40));
        shell.clock = zendesk::now;

        DoctorShell.Result result = shell.doctor();

        assertThat(result.line("tokens")).startsWith("OK").contains("the next use renews it");
    }

    @Test
    void anAccessTokenThatZendeskEndedIsNoticed() {
        zendesk.revoke(login().accessToken());

        warns("identity", "knows nobody by the access token", "zendesk-auth refresh");
    }

    @Test
    void anApiTokenAndAPasswordAreToldTheirEnd() {
        shell.environment.keySet().removeIf(name -> name.startsWith("ZENDESK_OAUTH") || name.contains("CALLBACK"));
        shell.set("ZENDESK_USER", "agent@acme.test").secret("ZENDESK_API_TOKEN", zendesk.apiToken("agent@acme.test"));
        shell.clock = InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(shell.doctor().line("end"))
                .startsWith("WARN")
                .contains("ends all API tokens on 30 April 2027. Use OAuth");
        shell.clock = InstantSource.fixed(Instant.parse("2027-05-02T00:00:00Z"));
        assertThat(shell.doctor().line("end")).startsWith("FAIL");

        shell.environment.remove("ZENDESK_API_TOKEN");
        shell.secret("ZENDESK_PASSWORD", zendesk.addUser("agent@acme.test"));
        fails("end", "ended password access in January 2026", "Use OAuth");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void settingsThatOthersCanReadAreRefusedWithTheCommandThatHelps() throws Exception {
        login();
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));

        DoctorShell.Result result = fails("settings", "can be read or written by others", "chmod 600 " + settings);

        assertThat(result.line("tokens")).startsWith("WARN").contains("not checked");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFolderThatEverybodyCanWriteIsRefused() throws Exception {
        login();
        Files.setPosixFilePermissions(settings.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        fails("folder", "can be written by everybody", "chmod 700 " + settings.getParent());
    }

    @Test
    void settingsThatAreDamagedAreLeftAlone() throws Exception {
        Files.createFile(settings, DoctorShell.ownerOnly(settings));
        Files.writeString(settings, "{\"format\":");

        fails("settings", "is damaged: it is not a JSON object", "Move it away and log in again");
        assertThat(settings).hasContent("{\"format\":");
    }

    @Test
    void settingsUnderAnotherKeyAreNamed() {
        shell.secret("ZENDESK_OAUTH_SETTINGS_SECRET_KEY", "A".repeat(43) + "=");
        login();

        shell.secret("ZENDESK_OAUTH_SETTINGS_SECRET_KEY", "B".repeat(42) + "A=");
        fails("settings", "is encrypted with another key", "Set the key it was written with");
        shell.environment.remove("ZENDESK_OAUTH_SETTINGS_SECRET_KEY");
        fails("settings", "is encrypted", "Set oauthSettingsSecretKey");
    }

    @Test
    void aLockThatAnotherHoldsIsNamedWithItsProcess() throws Exception {
        login();
        try (SettingsTransaction held = shell.store().begin(Duration.ZERO).orElseThrow()) {
            assertThat(held.isExclusive()).isTrue();

            String line = warns("lock holder", "holds the lock of the settings", "more than a minute");

            if (OS.LINUX.isCurrentOs()) {
                assertThat(line).contains("this process holds");
            }
            assertThat(held.isExclusive()).isTrue();
        }
    }

    @Test
    void aCopyOfTheLoginBesideItIsFound() throws Exception {
        login();
        Path copy = settings.resolveSibling("acme-copy.json");
        Files.copy(settings, copy);
        fails("copies", copy + " is a copy of this login", "Delete the copy");

        OAuthSettings stored = shell.store().load().orElseThrow();
        shell.stored(stored.withNextTokens(stored.tokens()));
        warns("copies", "is an older copy of this login", "Delete it");
        Files.delete(settings);
        warns("copies", "nothing is stored for this connection", "set oauthSettingsLocation to that file");
    }

    @Test
    void aCopyInTheDefaultPlaceIsFound() throws Exception {
        login();
        Path usual = Files.createDirectories(folder.resolve("home").resolve("camel-zendesk-auth"));
        Path copy = Files.copy(settings, usual.toRealPath().resolve("acme.json"));

        fails("copies", copy + " is a copy of this login", "Delete the copy");
    }

    @Test
    void whatIsKeptForAnotherConnectionIsNoCopy() throws Exception {
        login();
        Path another = settings.resolveSibling("bert.json");
        shell.set("ZENDESK_OAUTH_SETTINGS_LOCATION", another.toString())
                .connections("anna.url=" + zendesk.url(), "anna.oauthSettingsLocation=" + settings);

        assertThat(shell.doctor().line("copies")).startsWith("OK");
    }

    @Test
    void twoConnectionsThatBeginWithOneRefreshTokenAreFound() throws Exception {
        IssuedTokens issued = zendesk.issue(client, "read write");
        shell.secret("ISSUED", issued.refreshToken());
        shell.environment.remove("ZENDESK_OAUTH_SETTINGS_LOCATION");
        shell.environment.remove("ZENDESK_URL");
        shell.connections(
                "url=" + zendesk.url(),
                "oauthRefreshToken=" + issued.refreshToken(),
                "one.oauthSettingsLocation=" + settings.resolveSibling("one.json"),
                "two.oauthSettingsLocation=" + settings.resolveSibling("two.json"));

        DoctorShell.Result result = shell.doctor("--connection", "one");

        assertThat(result.exit()).isEqualTo(FAIL);
        assertThat(result.line("copies"))
                .startsWith("FAIL")
                .contains("'two' begins with the same oauthRefreshToken", "to one place");
    }

    @Test
    void aConnectionThatMakesNoSenseDoesNotHideTheOthers() throws Exception {
        shell.environment.keySet().removeIf(name -> name.startsWith("ZENDESK_"));
        shell.connections(
                "good.url=" + zendesk.url(),
                "good.authScheme=OAuthClient",
                "good.oauthClientId=" + client.identifier(),
                "good.oauthClientSecret=" + client.secret(),
                "typo.urll=acme",
                "unset.oauthClientId=app");

        DoctorShell.Result result = shell.doctor();

        assertThat(result.exit()).isEqualTo(FAIL);
        assertThat(result.out())
                .contains("urll names no option", "url is missing. Set it to https://")
                .contains("OK    client");
    }

    @Test
    void aConnectionThatIsNamedNowhereIsAMistakeOfTheCaller() throws Exception {
        shell.environment.keySet().removeIf(name -> name.startsWith("ZENDESK_"));
        shell.connections("good.url=acme");

        DoctorShell.Result result = shell.doctor("--connection", "bad");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("There is no connection 'bad'");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDatabaseThatIsNotThereIsNamed() throws Exception {
        shell.set(
                "ZENDESK_OAUTH_SETTINGS_LOCATION",
                "jdbc:postgresql://127.0.0.1:" + DoctorShell.freePort() + "/tokens?user=joe");

        DoctorShell.Result result = shell.doctor();

        assertThat(result.exit()).isEqualTo(FAIL);
        assertThat(result.line("settings")).startsWith("FAIL").contains("database");
        assertThat(result.out()).doesNotContain("file system");
    }

    @Test
    void programsReadItAsJson() throws Exception {
        login();

        JsonNode all = new ObjectMapper().readTree(shell.doctor("--json").out());

        assertThat(all).hasSizeGreaterThan(14).allSatisfy(one -> {
            assertThat(one.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("connection", "check", "level", "seen", "remedy");
            assertThat(Set.of("OK", "WARN", "FAIL")).contains(one.get("level").asText());
            assertThat(one.get("remedy").asText().isEmpty())
                    .isEqualTo(one.get("level").asText().equals("OK"));
        });
    }

    @Test
    void theHelpNamesTheExitCodes() {
        assertThat(shell.doctor("--help").out()).contains("Exit codes:", "10", "11", "Never uses up a refresh token");
    }

    private DoctorShell.Result fails(String check, String seen, String remedy) {
        DoctorShell.Result result = shell.doctor();
        assertThat(result.line(check)).startsWith("FAIL").contains(seen, remedy);
        assertThat(result.exit()).isEqualTo(FAIL);
        return result;
    }

    private String warns(String check, String seen, String remedy) {
        DoctorShell.Result result = shell.doctor();
        assertThat(result.line(check)).startsWith("WARN").contains(seen, remedy);
        assertThat(result.exit()).isGreaterThanOrEqualTo(WARN);
        return result.line(check);
    }
}
