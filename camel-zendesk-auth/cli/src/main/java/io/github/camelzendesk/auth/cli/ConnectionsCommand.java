package io.github.camelzendesk.auth.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelzendesk.auth.cli.internal.connections.Connections;
import io.github.camelzendesk.auth.cli.internal.connections.ConnectionsEditor;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "connections",
        description = "Lists the connections and what is set of them, without secrets. Adds and removes some.",
        subcommands = {ConnectionsCommand.Add.class, ConnectionsCommand.Remove.class})
final class ConnectionsCommand extends ConnectionCommand {
    @CommandLine.Option(names = "--json", description = "Prints a JSON array, one object a connection.")
    private boolean json;

    ConnectionsCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Connections all = arguments.connections(context);
        List<NamedConnection> shown = all.names().stream()
                .filter(name -> arguments.connection == null || name.equals(arguments.connection))
                .map(name -> all.find(name).orElseThrow())
                .toList();
        if (json) {
            print(Json.text(shown.stream().map(ConnectionsCommand::map).toList()));
            return ExitCode.OK;
        }
        if (shown.isEmpty()) {
            tell("There is no connection in " + all.source()
                    + ". Add one: zendesk-auth connections add acme --url acme"
                    + " --oauth-client-id ... --oauth-client-secret");
        }
        Table table = new Table("CONNECTION", "OPTIONS");
        shown.forEach(one -> table.add(List.of(
                one.name(),
                map(one).entrySet().stream()
                        .skip(1)
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(java.util.stream.Collectors.joining(" ")))));
        if (!shown.isEmpty()) {
            print(table.toString());
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> map(NamedConnection connection) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("connection", connection.name());
        ConnectionOptions safe = Secrets.masked(connection).options();
        for (Option<?> option : Options.ALL) {
            if (connection.options().isSet(option)) {
                map.put(option.name(), ConnectionsEditor.text(safe, option));
            }
        }
        return map;
    }

    @Command(
            name = "add",
            description = "Writes a connection into connections.properties, for this user only.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  zendesk-auth connections add acme --url acme --oauth-client-id scripts --oauth-client-secret",
                "  zendesk-auth connections add robot --url acme --auth-scheme OAuthClient --oauth-client-id nightly \\",
                "      --oauth-client-secret-file secret.txt"
            })
    static final class Add extends ConnectionCommand {
        @CommandLine.Parameters(paramLabel = "NAME", description = "What routes and commands call it.")
        private String name = "";

        @CommandLine.Option(names = "--replace", description = "Also where there is a connection of that name.")
        private boolean replace;

        Add(CommandContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            requireName(name);
            Connections all = arguments.connections(context);
            if (all.names().contains(name) && !replace) {
                throw ConnectionsEditor.taken(name, all.source());
            }
            NamedConnection added = new NamedConnection(name, arguments.given(context));
            added.withoutLogin().parsed();
            Path file = arguments.file(context);
            ConnectionsEditor editor = new ConnectionsEditor(file);
            if (replace) {
                editor.put(added);
            } else {
                editor.add(added);
            }
            tell("Connection '" + name + "' is in " + file + ". Next: zendesk-auth login --connection " + name);
            return ExitCode.OK;
        }

        static void requireName(String name) {
            if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]*")) {
                throw new ConfigurationRefused(
                        "The name of a connection consists of letters, digits and . _ - @ +, and begins"
                                + " with a letter or a digit: choose such a one.");
            }
        }
    }

    @Command(
            name = "remove",
            description = "Removes a connection from connections.properties. Its login goes on: see logout.")
    static final class Remove extends ConnectionCommand {
        @CommandLine.Parameters(paramLabel = "NAME", description = "The connection.")
        private String name = "";

        Remove(CommandContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            Connections all = arguments.connections(context);
            if (!all.names().contains(name)) {
                throw new ConfigurationRefused("There is no connection '" + name + "' in " + all.source() + ".");
            }
            new ConnectionsEditor(Path.of(all.source())).remove(name);
            tell("Connection '" + name + "' is no longer in " + all.source() + ". Its tokens are still stored.");
            return ExitCode.OK;
        }
    }
}
