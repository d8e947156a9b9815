package io.github.camelzendesk.auth.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description = "Shows what is known of the connections. Reads the stored tokens, and calls nobody.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Shown.", "3:Shown, and at least one of them needs a login.", "5:At least one cannot be read."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  zendesk-auth status --json | jq -r '.[] | select(.state == \"AUTHORIZATION_REQUIRED\") | .connection'")
final class StatusCommand extends ConnectionCommand {
    @CommandLine.Option(names = "--json", description = "Prints a JSON array, one object a connection.")
    private boolean json;

    @CommandLine.Option(names = "--watch", description = "Shows it again every other second, until Ctrl-C.")
    private boolean watch;

    StatusCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        List<NamedConnection> selected = arguments.selectable(context);
        int exit = show(selected);
        if (watch) {
            context.end().listen();
            while (!context.terminal().isOutputLost() && !context.end().await(Duration.ofSeconds(2))) {
                exit = show(selected);
            }
            context.end().handled();
        }
        return exit;
    }

    private int show(List<NamedConnection> selected) throws JsonProcessingException {
        List<Shown> shown = selected.stream().map(this::shown).toList();
        if (json) {
            print(Json.text(shown.stream().map(Shown::map).toList()));
        } else {
            print(table(shown));
        }
        return shown.stream().mapToInt(Shown::exit).max().orElse(ExitCode.OK);
    }

    private record Shown(Map<String, Object> map, List<String> row, int exit) {}

    private Shown shown(NamedConnection connection) {
        try (TokenManager manager = connection.withoutLogin().manager().openOnDemand()) {
            return shown(manager.status());
        } catch (ZendeskAuthException e) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("connection", connection.name());
            map.put("error", String.valueOf(e.getMessage()));
            return new Shown(map, List.of(connection.name(), "?", String.valueOf(e.getMessage())), ExitCode.of(e));
        }
    }

    private Shown shown(ConnectionStatus status) {
        ConnectionStatus.Settings settings = status.settings();
        ConnectionStatus.Tokens tokens = status.tokens();
        boolean unreadable = settings != null && settings.unavailable() != null;
        List<String> row = new ArrayList<>();
        row.add(status.connection());
        row.add(status.authScheme());
        row.add(unreadable ? "UNREADABLE" : status.state().name());
        row.add(tokens == null ? "-" : Times.until(tokens.expiresAt(), context.clock()));
        row.add(
                tokens == null || !tokens.refreshable()
                        ? "-"
                        : Times.until(tokens.refreshExpiresAt(), context.clock()));
        row.add(
                settings == null || settings.generation() == null
                        ? "-"
                        : settings.generation().toString());
        row.add(settings == null ? "-" : unreadable ? settings.unavailable() : settings.location());
        int exit = unreadable
                ? ExitCode.SETTINGS
                : status.state() == ConnectionState.AUTHORIZATION_REQUIRED ? ExitCode.LOGIN : ExitCode.OK;
        return new Shown(status.asMap(), row, exit);
    }

    private String table(List<Shown> shown) {
        Table table =
                new Table("CONNECTION", "SCHEME", "STATE", "EXPIRES IN", "LOGIN LAPSES IN", "GENERATION", "STORE");
        shown.forEach(one -> table.add(one.row()));
        return table.toString();
    }
}
