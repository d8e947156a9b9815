package io.github.camelzendesk.auth.cli;

import java.util.List;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.migrate.ExportFormat;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.Options;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "export",
        description = "Prints a connection as another program is configured. Secrets become references to variables of"
                + " the environment.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth export --connection acme --as spring >> src/main/resources/application.properties",
            "  eval \"$(zendesk-auth export --connection acme --as environment --with-secrets)\"",
            "  zendesk-auth export --connection acme --as jdbc --with-secrets > driver.txt"
        })
final class ExportCommand extends ConnectionCommand {
    @CommandLine.Option(
            names = "--as",
            paramLabel = "FORMAT",
            defaultValue = "PROPERTIES",
            description =
                    "properties (lines of connections.properties; the default), camel, spring, quarkus, environment"
                            + " (for a shell) or jdbc (a driver's connection string).")
    private ExportFormat format = ExportFormat.PROPERTIES;

    @CommandLine.Option(names = "--with-secrets", description = "With the secrets themselves in place of references.")
    private boolean withSecrets;

    @CommandLine.Option(names = "--show", description = "Prints secrets on a terminal too, where others may see them.")
    private boolean show;

    ExportCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        if (withSecrets && context.terminal().is(Terminal.Stream.OUT) && !show) {
            throw new ConfigurationRefused("The output is a terminal, where secrets stay readable: send it into a file,"
                    + " say --show, or leave out --with-secrets.");
        }
        NamedConnection connection =
                withSecrets ? arguments.selected(context) : Secrets.referred(arguments.selectedWithReferences(context));
        format.lines(connection).forEach(this::print);
        tellRest(connection);
        return ExitCode.OK;
    }

    private void tellRest(NamedConnection connection) {
        List<String> leftOut = format.leftOut(connection);
        if (!leftOut.isEmpty()) {
            tell("The drivers have no " + String.join(", ", leftOut) + ": left out.");
        }
        List<String> variables = Secrets.variables(connection);
        if (!withSecrets && !variables.isEmpty()) {
            tell("Set in the environment there: " + String.join(", ", variables) + ".");
        }
        if (connection.options().isSet(Options.OAUTH_REFRESH_TOKEN)) {
            tell("A refresh token works once: only one program may have it.");
        }
    }
}
