package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class LoginCommandTest {
    @TempDir
    Path home;

    private Path settings() {
        return home.resolve("acme.json");
    }

    @Test
    void aPersonLogsInThroughTheBrowserAndTheTokensAreStored(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("desk", Shell.callback());

        Shell.Result login = new Shell(home)
                .grant(zendesk, client, settings())
                .browser(address -> !zendesk.user().allow(address).isEmpty())
                .run("login", "--callback-url", client.redirectUris().iterator().next());

        assertThat(login.exit()).isZero();
        assertThat(login.err())
                .contains(
                        "Log in to Zendesk here: " + zendesk.url(),
                        "is logged in",
                        settings().toString());
        assertThat(settings()).exists();
    }

    @Test
    void aPersonElsewherePastesTheAddressThatTheBrowserEndedAt(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("headless");
        Pasting person = new Pasting(zendesk);

        Shell.Result login = person.login(new Shell(home).grant(zendesk, client, settings()));

        assertThat(login.exit()).isZero();
        assertThat(login.err()).contains("paste it here", "is logged in");
        assertThat(settings()).exists();
    }

    @Test
    void aCallbackOfAnotherLoginIsRefused(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("forged");

        Shell.Result login = new Shell(home)
                .grant(zendesk, client, settings())
                .typed("http://localhost:33333/?code=abc&state=another\n")
                .run("login", "--no-browser");

        assertThat(login.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(login.err()).contains("The state of the callback is not the one");
        assertThat(zendesk.tokenRequestCount()).isZero();
    }

    @Test
    void whoPastesNothingIsToldToRunItAgain(ZendeskServer zendesk) {
        Shell.Result login = new Shell(home)
                .grant(zendesk, zendesk.confidentialClient("silent"), settings())
                .run("login", "--no-browser");

        assertThat(login.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(login.out())
                .startsWith(zendesk.url() + "/oauth/authorizations/new?")
                .hasLineCount(1);
        assertThat(login.err()).contains("Nothing was pasted");
    }

    @Test
    void aRefusedLoginSaysSoAndStoresNothing(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("denied", Shell.callback());

        Shell.Result login = new Shell(home)
                .grant(zendesk, client, settings())
                .browser(address -> !zendesk.user().deny(address).isEmpty())
                .run("login", "--callback-url", client.redirectUris().iterator().next());

        assertThat(login.exit()).isEqualTo(ExitCode.LOGIN);
        assertThat(login.err()).contains("refused in the browser", "press Allow");
        assertThat(settings()).doesNotExist();
    }

    @Test
    void ofSeveralPortsTheFirstThatIsFreeIsUsed(ZendeskServer zendesk) throws IOException {
        String free = Shell.callback();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RegisteredClient client =
                    zendesk.confidentialClient("ports", "http://localhost:" + taken.getLocalPort(), free);

            Shell.Result login = new Shell(home)
                    .grant(zendesk, client, settings())
                    .browser(address -> !zendesk.user().allow(address).isEmpty())
                    .run(
                            "login",
                            "--port",
                            "" + taken.getLocalPort(),
                            "--port",
                            "" + URI.create(free).getPort());

            assertThat(login.exit()).as(login.err()).isZero();
        }
    }

    @Test
    void wherePortsAreTakenEachIsNamedWithTheWayOut(ZendeskServer zendesk) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Shell.Result login = new Shell(home)
                    .grant(zendesk, zendesk.confidentialClient("taken"), settings())
                    .run("login", "--port", "" + taken.getLocalPort());

            assertThat(login.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(login.err()).contains("http://localhost:" + taken.getLocalPort(), "--no-browser");
        }
    }

    @Test
    void aSecondLoginKeepsTheFirstUnlessItIsForced(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("twice", Shell.callback());
        Shell shell = new Shell(home).loggedIn(zendesk, client, settings());
        String callback = client.redirectUris().iterator().next();
        byte[] before = Files.readAllBytes(settings());

        assertThat(shell.run("login", "--callback-url", callback).err()).contains("is logged in already", "--force");
        assertThat(Files.readAllBytes(settings())).isEqualTo(before);

        assertThat(shell.run("login", "--callback-url", callback, "--force").exit())
                .isZero();
        assertThat(Files.readAllBytes(settings())).isNotEqualTo(before);
    }

    @Test
    void aClientLogsInWithoutAPerson(ZendeskServer zendesk) {
        Shell shell = new Shell(home).grant(zendesk, zendesk.confidentialClient("robot"), settings());
        shell.environment.put("ZENDESK_AUTH_SCHEME", "OAuthClient");
        Shell.Result login = shell.run("login", "--client-credentials");

        assertThat(login.exit()).isZero();
        assertThat(login.err()).contains("is logged in");
        assertThat(zendesk.isLive(shell.run("token").out().strip())).isTrue();
    }

    @Test
    void aTokenThatCannotBeKeptIsNoLogin(ZendeskServer zendesk) throws IOException {
        Path settings = Files.createDirectory(settings());
        Shell shell = new Shell(home).grant(zendesk, zendesk.confidentialClient("unkept"), settings);
        shell.environment.put("ZENDESK_AUTH_SCHEME", "OAuthClient");

        Shell.Result login = shell.run("login");

        assertThat(login.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(login.err()).contains("could not be kept", "Set oauthSettingsLocation");
    }

    @Test
    void aConnectionThatAClientLoggedInForIsTheClientsFromThenOn(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Path secret = Files.writeString(home.resolve("secret"), client.secret());
        Shell shell = new Shell(home);
        shell.run(
                "connections",
                "add",
                "robot",
                "--url",
                zendesk.url(),
                "--oauth-client-id",
                "robot",
                "--oauth-client-secret-file",
                secret.toString(),
                "--oauth-settings-location",
                settings().toString());

        Shell.Result login = shell.run("login", "--client-credentials");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.err()).contains("is logged in", "authScheme is OAuthClient from now on");
        assertThat(zendesk.isLive(shell.run("token").out().strip())).isTrue();
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void whereNoFileNamesTheConnectionItIsToldHowToGoOnAsTheClient(ZendeskServer zendesk) {
        Shell shell = new Shell(home).grant(zendesk, zendesk.confidentialClient("loose"), settings());

        Shell.Result login = shell.run("login", "--client-credentials");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.err()).contains("is logged in", "ZENDESK_AUTH_SCHEME");
    }

    @Test
    void aTokenOfTheClientDoesNotTakeThePlaceOfAPersonsLogin(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("mixed", Shell.callback());
        Shell shell = new Shell(home).loggedIn(zendesk, client, settings());
        byte[] before = Files.readAllBytes(settings());

        Shell.Result sameFile = shell.run("login", "--client-credentials");
        shell.environment.put("ZENDESK_INITIATE_OAUTH", "REFRESH");
        Shell.Result decided = shell.run("login", "--client-credentials");

        assertThat(sameFile.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(sameFile.err()).contains("belongs to");
        assertThat(decided.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(decided.err()).contains("a person's login", "authScheme to OAuthClient");
        assertThat(Files.readAllBytes(settings())).isEqualTo(before);
    }

    @Test
    void aCallbackThatDoesNotComeHereIsPastedInstead(ZendeskServer zendesk) {
        Shell.Result login = new Shell(home)
                .grant(zendesk, zendesk.confidentialClient("web", "https://app.example.com/callback"), settings())
                .run("login", "--callback-url", "https://app.example.com/callback");

        assertThat(login.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(login.err()).contains("does not come to this machine", "--no-browser");
    }

    @Test
    void onATerminalTheWaitIsShown(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("waiting", Shell.callback());

        Shell.Result login = new Shell(home)
                .at(Terminal.Stream.IN, Terminal.Stream.OUT, Terminal.Stream.ERR)
                .grant(zendesk, client, settings())
                .browser(address -> !zendesk.user().allow(address).isEmpty())
                .run("login", "--callback-url", client.redirectUris().iterator().next());

        assertThat(login.err()).contains("Waiting for the login, ", " left (Ctrl-C ends it)");
    }
}
