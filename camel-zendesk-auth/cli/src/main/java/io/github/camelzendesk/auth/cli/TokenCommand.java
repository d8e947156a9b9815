package io.github.camelzendesk.auth.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "token",
        description = "Prints the access token, renewed first where it is due.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth token --header | curl -H @- https://acme.zendesk.com/api/v2/tickets.json",
            "  zendesk-auth token --json | jq -r .expires_at"
        })
final class TokenCommand extends ConnectionCommand {
    @CommandLine.Option(names = "--header", description = "Prints the request headers, for curl -H @-.")
    private boolean header;

    @CommandLine.Option(names = "--json", description = "Prints the token with its end, as JSON.")
    private boolean json;

    @CommandLine.Option(names = "--show", description = "Prints it on a terminal too, where others may see it.")
    private boolean show;

    TokenCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        if (context.terminal().is(Terminal.Stream.OUT) && !show) {
            throw new ConfigurationRefused(
                    "The output is a terminal, where a token stays readable: pipe it into the program"
                            + " that needs it, or say --show.");
        }
        return onDemand((connection, manager) -> {
            if (header) {
                printHeaders(connection, manager);
            } else {
                AccessToken token = AccessToken.of(connection, manager);
                print(json ? json(token) : token.secret().reveal());
            }
            return ExitCode.OK;
        });
    }

    private void printHeaders(NamedConnection connection, TokenManager manager) throws InterruptedException {
        print("Authorization: " + await(manager.authorization()).headerValue());
        ConfiguredHeaders.of(connection.options()).forEach((name, value) -> print(name + ": " + value));
    }

    /** By the names of RFC 6749 section 5.1. */
    private String json(AccessToken token) throws JsonProcessingException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", token.secret().reveal());
        members.put("token_type", "bearer");
        if (token.expiresAt() != null) {
            members.put(
                    "expires_in",
                    Duration.between(context.clock().instant(), token.expiresAt())
                            .toSeconds());
            members.put("expires_at", token.expiresAt().toString());
        }
        return Json.text(members);
    }
}
