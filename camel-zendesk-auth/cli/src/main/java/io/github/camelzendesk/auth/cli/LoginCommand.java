package io.github.camelzendesk.auth.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.camelzendesk.auth.cli.internal.connections.Connections;
import io.github.camelzendesk.auth.cli.internal.connections.ConnectionsEditor;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.login.LoopbackLogin;
import io.github.camelzendesk.auth.login.PastedCallback;
import io.github.camelzendesk.auth.login.Pkce;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.Options;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "login",
        description = "Logs a person in through the browser, or with --client-credentials the client itself.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth login --connection acme",
            "  zendesk-auth login --connection acme --no-browser      # open the address anywhere, paste what comes back",
            "  zendesk-auth login --connection robot --client-credentials",
            "  zendesk-auth login --port 33333 --port 33334           # each registered as http://localhost:PORT"
        })
final class LoginCommand extends ConnectionCommand {
    @CommandLine.Option(
            names = "--no-browser",
            description =
                    "Prints the address, and reads the code, or the whole address that the browser was sent to, from"
                            + " the terminal or the standard input.")
    private boolean noBrowser;

    @CommandLine.Option(
            names = "--client-credentials",
            description =
                    "Obtains a token for the client, without a person: for a connection with authScheme=OAuthClient.")
    private boolean clientCredentials;

    @CommandLine.Option(
            names = "--port",
            paramLabel = "PORT",
            description = "A port that the callback may come to. Of several, the first that is free; each has to be"
                    + " registered.")
    private List<Integer> ports = List.of();

    @CommandLine.Option(names = "--force", description = "Also where there is a login that works, which it replaces.")
    private boolean force;

    LoginCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        NamedConnection connection = arguments.selected(context);
        if (connection.options().find(Options.AUTH_SCHEME) == AuthScheme.OAuthClient) {
            return loginOfClient(connection);
        }
        if (clientCredentials) {
            requireUndecided(connection);
            int exit = loginOfClient(connection.with(Options.AUTH_SCHEME, AuthScheme.OAuthClient));
            remember(connection);
            return exit;
        }
        return onDemand(
                forPerson(connection),
                (person, manager) -> isLoggedIn(manager.status()) ? alreadyIn(person) : login(person, manager));
    }

    private int loginOfClient(NamedConnection connection) throws Exception {
        onDemand(connection, (robot, manager) -> {
            await(manager.authorization());
            return ExitCode.OK;
        });
        // Another manager knows only what is stored.
        return onDemand(connection, (robot, manager) -> done(manager.status()));
    }

    /** Another command could not read the client's token, and a person's login may be in its place. */
    private static void requireUndecided(NamedConnection connection) {
        if (connection.options().isSet(Options.AUTH_SCHEME)
                || connection.options().isSet(Options.INITIATE_OAUTH)) {
            throw new ConfigurationRefused(
                    "Connection '" + connection.name() + "' is one for a person's login, and would"
                            + " not use a token of the client: set its authScheme to OAuthClient, or leave out authScheme and"
                            + " initiateOAuth.");
        }
    }

    /** What else uses the connection has to know of which kind it is now. */
    private void remember(NamedConnection connection) {
        Path file = arguments.file(context);
        Connections kept = arguments.connectionsWithReferences(context);
        if (kept.names().contains(connection.name()) && !kept.ofApplication()) {
            new ConnectionsEditor(file)
                    .change(
                            connection.name(),
                            Set.of(),
                            new NamedConnection(connection.name(), ConnectionOptions.NONE)
                                    .with(Options.AUTH_SCHEME, AuthScheme.OAuthClient));
            tell("Its authScheme is OAuthClient from now on, in " + file + ".");
        } else {
            tell(
                    "Set its authScheme to OAuthClient for what uses it from now on, as ZENDESK_AUTH_SCHEME for instance.");
        }
    }

    /** What is configured to begin with is no matter here. */
    private static NamedConnection forPerson(NamedConnection connection) {
        return connection.with(connection
                .options()
                .with(Options.AUTH_SCHEME, AuthScheme.OAuth)
                .with(Options.INITIATE_OAUTH, InitiateOAuth.REFRESH)
                .with(Options.OAUTH_ACCESS_TOKEN, null)
                .with(Options.OAUTH_REFRESH_TOKEN, null)
                .with(Options.OAUTH_VERIFIER, null)
                .with(Options.PKCE_VERIFIER, null));
    }

    private boolean isLoggedIn(ConnectionStatus status) {
        ConnectionStatus.Settings settings = status.settings();
        return !force
                && settings != null
                && settings.unavailable() == null
                && settings.authorizationRequired() == null
                && settings.tokens() != null;
    }

    private int alreadyIn(NamedConnection connection) {
        tell("Connection '" + connection.name()
                + "' is logged in already. 'zendesk-auth verify' asks Zendesk; --force logs in"
                + " once more, and replaces that login.");
        return ExitCode.OK;
    }

    private int login(NamedConnection connection, TokenManager manager) throws Exception {
        if (noBrowser) {
            return done(await(manager.exchangeCode(pasted(manager.authorizationUrl()))));
        }
        for (String callback : callbacks(connection)) {
            NamedConnection calledBack = connection.with(Options.CALLBACK_URL, callback);
            requireReceiver(callback);
            if (LoginWait.isFree(URI.create(callback))) {
                return onDemand(calledBack, this::throughBrowser);
            }
        }
        throw new ConfigurationRefused(
                "Each port for the callback is taken (" + String.join(", ", callbacks(connection))
                        + "): end the program that listens there, register another redirect URI and give it as --callback-url, or"
                        + " use --no-browser.");
    }

    private List<String> callbacks(NamedConnection connection) {
        return ports.isEmpty()
                ? List.of(connection.options().get(Options.CALLBACK_URL))
                : ports.stream().map(port -> "http://localhost:" + port).toList();
    }

    private static void requireReceiver(String callback) {
        if (!LoopbackLogin.canReceive(callback)) {
            throw new ConfigurationRefused("The callback " + callback
                    + " does not come to this machine: use --no-browser, and paste the address that the browser ends at, or"
                    + " register http://localhost:33333 and give it as --callback-url.");
        }
    }

    private int throughBrowser(NamedConnection connection, TokenManager manager) throws Exception {
        AuthorizationUrl url = manager.authorizationUrl();
        LoopbackLogin login = new LoopbackLogin(this::show, connection.options().get(Options.LOGIN_TIMEOUT));
        AuthorizationCode code =
                new LoginWait(context, connection.options().get(Options.LOGIN_TIMEOUT)).of(login.authorize(url));
        return done(await(manager.exchangeCode(code)));
    }

    private boolean show(URI address) {
        tell((context.terminal().is(Terminal.Stream.ERR) ? LoginWait.ERASE_LINE : "") + "Log in to Zendesk here: "
                + address);
        boolean opened = context.browser().open(address);
        if (!opened) {
            tell("No browser could be opened: open the address above in one on this machine, or use --no-browser.");
        }
        return opened;
    }

    private AuthorizationCode pasted(AuthorizationUrl url) {
        Pkce pkce = Pkce.create();
        String state = Pkce.state();
        print(url.with(state, pkce.challenge()).toString());
        tell("Open the address above in any browser. When you have agreed, the browser is sent to " + url.redirectUri()
                + ", which may show an error: copy the whole address and paste it here within two minutes.");
        String text = context.terminal().ask("Address or code: ");
        if (text == null || text.isBlank()) {
            throw new ConfigurationRefused("Nothing was pasted, so nobody is logged in: run the command again.");
        }
        PastedCallback callback = PastedCallback.parse(text, "What was pasted");
        callback.requireState(state);
        callback.requireIssuer(url.issuer());
        return new AuthorizationCode(callback.code(), pkce.verifier());
    }

    /** A client can go on without a place for its token, but then it is not logged in for the next command. */
    private static void requireKept(ConnectionStatus status) {
        ConnectionStatus.Settings settings = status.settings();
        if (settings != null && settings.tokens() == null) {
            String why = settings.unavailable();
            throw new SettingsUnavailable(
                    "Connection '" + status.connection() + "' got a token, but it could not be kept in "
                            + settings.location() + ": "
                            + (why == null
                                    ? "check the space and the permissions there ('zendesk-auth doctor' does), and log in again."
                                    : why),
                    null);
        }
    }

    private int done(ConnectionStatus status) {
        ConnectionStatus.Tokens tokens = status.tokens();
        requireKept(status);
        tell("Connection '" + status.connection() + "' is logged in: the token is valid for "
                + Times.until(tokens == null ? null : tokens.expiresAt(), context.clock())
                + (status.settings() == null
                        ? ""
                        : ", kept in " + status.settings().location()) + ".");
        return ExitCode.OK;
    }
}
