package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.ConnectionSource;
import io.github.camelzendesk.auth.cli.internal.connections.Connections;
import io.github.camelzendesk.auth.cli.internal.connections.ConnectionsEditor;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.migrate.Imported;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Options;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "import",
        description = "Writes connections of a driver, of the environment or of an application into"
                + " connections.properties.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth import driver.txt              # jdbc:zendesk:URL=...;OAuthClientId=...; or Name=Value;",
            "  zendesk-auth import - < driver.txt          # a connection string holds secrets: no argument for it",
            "  zendesk-auth import --from-environment      # ZENDESK_URL, ZENDESK_OAUTH_CLIENT_ID, ...",
            "  zendesk-auth import src/main/resources/application.properties --dry-run",
            "  zendesk-auth import application.yml --connection acme --replace"
        })
final class ImportCommand extends ConnectionCommand {
    private static final Connections NONE = Connections.none("the environment");

    @CommandLine.Parameters(
            paramLabel = "SOURCE",
            arity = "0..1",
            description =
                    "A file with a driver's connection string, or the application.properties or application.yml of"
                            + " a Camel, Spring Boot or Quarkus application; - is the standard input.")
    private @Nullable String source;

    @CommandLine.Option(names = "--from-environment", description = "Takes the variables ZENDESK_... instead.")
    private boolean fromEnvironment;

    @CommandLine.Option(names = "--replace", description = "Also where there is a connection of that name.")
    private boolean replace;

    @CommandLine.Option(names = "--dry-run", description = "Only prints what it would write, without secrets.")
    private boolean dryRun;

    ImportCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        if (fromEnvironment == (source != null)) {
            throw new ConfigurationRefused(
                    "Say what to import: a file, - for the standard input, or" + " --from-environment; one of them.");
        }
        ConnectionOptions given = arguments.given(context);
        Imported imported = imported(given);
        List<NamedConnection> chosen = chosen(imported.connections()).stream()
                .map(one -> one.with(NamedConnection.over(given, one.options())))
                .toList();
        chosen.forEach(this::check);
        requirePlace(chosen);
        imported.notes().forEach(this::tell);
        chosen.forEach(dryRun ? this::show : this::write);
        return ExitCode.OK;
    }

    private Imported imported(ConnectionOptions given) {
        return source == null
                ? new Imported(
                        List.of(new ConnectionSource(given, NONE, context.environment())
                                .selected(arguments.connection)),
                        List.of())
                : Imported.of(read(source), name(source), context.environment());
    }

    private static String name(String source) {
        return source.equals("-") ? "The standard input" : source;
    }

    private String read(String file) {
        if (file.equals("-")) {
            return Stream.generate(context.terminal()::readLine)
                    .takeWhile(line -> line != null)
                    .collect(Collectors.joining("\n"));
        }
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationRefused(
                    "What is to be imported cannot be read (" + e.getClass().getSimpleName()
                            + "). Give the path of a file: a connection string itself holds secrets, and everybody on this"
                            + " machine sees the arguments of a process.");
        }
    }

    private List<NamedConnection> chosen(List<NamedConnection> all) {
        String wanted = arguments.connection;
        if (wanted == null) {
            return all;
        }
        List<NamedConnection> named =
                all.stream().filter(one -> one.name().equals(wanted)).toList();
        if (named.isEmpty() && all.size() > 1) {
            throw new ConfigurationRefused("There is no connection '" + wanted + "' in " + source + ", which has "
                    + all.stream().map(NamedConnection::name).collect(Collectors.joining(", ")) + ".");
        }
        return named.isEmpty() ? List.of(new NamedConnection(wanted, all.get(0).options())) : named;
    }

    private void check(NamedConnection connection) {
        ConnectionsCommand.Add.requireName(connection.name());
        Secrets.filled(connection, context.environment()).withoutLogin().parsed();
    }

    private void requirePlace(List<NamedConnection> chosen) {
        new ConnectionsEditor(arguments.file(context)).requireOwn();
        Connections present = arguments.connectionsWithReferences(context);
        String taken = chosen.stream()
                .map(NamedConnection::name)
                .filter(present.names()::contains)
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty() && !replace) {
            throw new ConfigurationRefused("In " + present.source() + " there is " + taken
                    + " already: choose another name with --connection, or say --replace.");
        }
    }

    private void show(NamedConnection connection) {
        ConnectionsEditor.lines(Secrets.masked(connection)).forEach(this::print);
    }

    private void write(NamedConnection connection) {
        Path file = arguments.file(context);
        ConnectionsEditor editor = new ConnectionsEditor(file);
        if (replace) {
            editor.put(connection);
        } else {
            editor.add(connection);
        }
        tell("Connection '" + connection.name() + "' is in " + file + "." + next(connection));
    }

    private static String next(NamedConnection connection) {
        ConnectionOptions options = connection.options();
        if (options.isSet(Options.API_TOKEN) || options.isSet(Options.PASSWORD)) {
            return " It uses an API token or a password, which end: zendesk-auth migrate --connection "
                    + connection.name();
        }
        String shared = options.isSet(Options.OAUTH_REFRESH_TOKEN)
                ? " Its refresh token works once: end the program that has it, or log in here instead."
                : "";
        boolean ready = options.find(Options.AUTH_SCHEME) == AuthScheme.OAuthClient
                || options.isSet(Options.OAUTH_ACCESS_TOKEN)
                || options.isSet(Options.OAUTH_REFRESH_TOKEN);
        return shared + " Next: zendesk-auth " + (ready ? "verify" : "login") + " --connection " + connection.name();
    }
}
