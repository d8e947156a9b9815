package io.github.camelzendesk.auth.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.proxy.Account;
import io.github.camelzendesk.auth.cli.internal.proxy.AccountProxy;
import io.github.camelzendesk.auth.cli.internal.proxy.Limits;
import io.github.camelzendesk.auth.cli.internal.proxy.LoopbackPort;
import io.github.camelzendesk.auth.cli.internal.proxy.OwnerOnlySocket;
import io.github.camelzendesk.auth.cli.internal.proxy.ProxyAddress;
import io.github.camelzendesk.auth.cli.internal.proxy.ProxyToken;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "serve",
        description = "Runs a proxy for programs of this machine that know no OAuth: it adds the authorization to their"
                + " requests, and sends them to the account of the connection, until Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth serve --socket ~/.zendesk.sock &",
            "  curl --unix-socket ~/.zendesk.sock http://localhost/api/v2/users/me.json",
            "",
            "  zendesk-auth serve --port 8765 --token-file ~/.zendesk-proxy &",
            "  curl -H \"Authorization: Bearer $(cat ~/.zendesk-proxy)\" http://127.0.0.1:8765/api/v2/users/me.json",
            "  curl http://any:$(cat ~/.zendesk-proxy)@127.0.0.1:8765/status"
        })
final class ServeCommand extends ConnectionCommand {
    private static final int HIGHEST_PORT = 65535;

    @CommandLine.Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Listens on this port of 127.0.0.1, and of ::1; 0, or none, has a free one found.")
    private int port;

    @CommandLine.Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Listens on a Unix socket of this user's alone instead, which needs no token.")
    private @Nullable Path socket;

    @CommandLine.Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Writes the token that requests to the port must show to this file, for this user alone; to a"
                    + " new one in the folder for temporary files unless it is named.")
    private @Nullable Path tokenFile;

    ServeCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        NamedConnection connection = arguments.selected(context).withoutLogin();
        context.end().listen();
        try (TokenManager manager = connection.manager().open()) {
            serve(connection, manager);
        } finally {
            context.end().handled();
        }
        return ExitCode.OK;
    }

    private void serve(NamedConnection connection, TokenManager manager) throws InterruptedException {
        Account account = Account.of(connection, manager);
        ProxyToken token = token();
        ProxyAddress address =
                token == null ? OwnerOnlySocket.at(Objects.requireNonNull(socket)) : new LoopbackPort(port, token);
        try (AccountProxy proxy = AccountProxy.start(account, address, Limits.DEFAULT)) {
            tell("zendesk-auth: Serving " + connection.parsed().describe() + " at " + proxy
                    + (token == null ? "" : "; the token to show is in " + token.file()) + ". Ctrl-C ends it.");
            waitForTheEnd();
        }
    }

    private @Nullable ProxyToken token() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ConfigurationRefused("--port must be from 0 to 65535.");
        }
        if (socket == null) {
            return ProxyToken.write(tokenFile);
        }
        if (tokenFile != null || port != 0) {
            throw new ConfigurationRefused(
                    "--socket needs neither --port nor --token-file: leave them out, or leave out --socket.");
        }
        return null;
    }

    private void waitForTheEnd() throws InterruptedException {
        boolean ended = false;
        while (!ended) {
            ended = context.end().await(Duration.ofDays(1));
        }
    }
}
