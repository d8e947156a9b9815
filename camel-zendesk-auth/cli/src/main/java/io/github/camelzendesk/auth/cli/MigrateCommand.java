package io.github.camelzendesk.auth.cli;

import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.Connections;
import io.github.camelzendesk.auth.cli.internal.connections.ConnectionsEditor;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.migrate.ExportFormat;
import io.github.camelzendesk.auth.cli.internal.migrate.Grant;
import io.github.camelzendesk.auth.cli.internal.migrate.Migration;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.OAuthClientKind;
import io.github.camelzendesk.auth.options.Options;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        description = "Takes a connection from an API token or a password to OAuth. Changes nothing that is not"
                + " confirmed.",
        subcommands = ScanCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth migrate scan .                                # where API tokens and passwords are used",
            "  zendesk-auth migrate --connection acme                     # asks for what it needs",
            "  zendesk-auth migrate --connection acme --to client-credentials --dry-run",
            "  zendesk-auth migrate --connection acme --to client-credentials --oauth-client-id nightly-export \\",
            "      --oauth-client-secret-file secret.txt --yes"
        })
final class MigrateCommand extends ConnectionCommand {
    private static final String ASKED = "(asked-for)";

    @CommandLine.Option(
            names = "--to",
            paramLabel = "GRANT",
            description = "client-credentials (the client acts for itself) or authorization-code (a person logs in).")
    private @Nullable Grant grant;

    @CommandLine.Option(names = "--yes", description = "Writes without asking, for scripts.")
    private boolean yes;

    @CommandLine.Option(
            names = "--dry-run",
            description = "Only says what it would do: calls nothing, asks for no secret and writes nothing.")
    private boolean dryRun;

    MigrateCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        NamedConnection present = arguments.selected(context);
        if (!Migration.isFor(present)) {
            throw new ConfigurationRefused("Connection '" + present.name() + "' has no API token and no password, so"
                    + " there is nothing to migrate. 'zendesk-auth migrate scan PATH' looks for them in files.");
        }
        Grant.explanation().forEach(this::tell);
        Grant to = chosen();
        to.clicks(present.options().get(Options.CALLBACK_URL)).forEach(this::tell);
        NamedConnection both = dryRun ? assumed(present) : completed(present);
        Connections file = arguments.connectionsWithReferences(context);
        Migration migration = Migration.of(both, to, file);
        migration.old().parsed();
        migration.next().parsed();
        if (!dryRun) {
            new CredentialsTrial(context).of(migration, to);
        }
        return change(both, migration, file);
    }

    private Grant chosen() {
        if (grant != null) {
            return grant;
        }
        String answer = context.terminal().is(Terminal.Stream.IN)
                ? context.terminal().ask("client-credentials or authorization-code? [client-credentials] ")
                : null;
        if (answer == null) {
            throw new ConfigurationRefused(
                    "Say which: --to " + Grant.CLIENT_CREDENTIALS + " or --to " + Grant.AUTHORIZATION_CODE + ".");
        }
        return answer.strip().toLowerCase(Locale.ROOT).startsWith("a")
                ? Grant.AUTHORIZATION_CODE
                : Grant.CLIENT_CREDENTIALS;
    }

    private NamedConnection completed(NamedConnection present) {
        NamedConnection known = present.options().isSet(Options.OAUTH_CLIENT_ID)
                ? present
                : present.with(Options.OAUTH_CLIENT_ID, askedIdentifier());
        boolean needed = known.options().get(Options.OAUTH_CLIENT_KIND) == OAuthClientKind.CONFIDENTIAL
                && !known.options().isSet(Options.OAUTH_CLIENT_SECRET);
        return needed
                ? known.with(
                        Options.OAUTH_CLIENT_SECRET,
                        context.terminal()
                                .askSecret(
                                        "Secret of the OAuth client: ",
                                        ConnectionArguments.remedy(Options.OAUTH_CLIENT_SECRET))
                                .reveal())
                : known;
    }

    private String askedIdentifier() {
        String answer = context.terminal().is(Terminal.Stream.IN)
                ? context.terminal().ask("Identifier of the OAuth client: ")
                : null;
        if (answer == null || answer.isBlank()) {
            throw new ConfigurationRefused("The identifier of the new OAuth client is missing: give it as"
                    + " --oauth-client-id, or as ZENDESK_OAUTH_CLIENT_ID in the environment.");
        }
        return answer.strip();
    }

    private static NamedConnection assumed(NamedConnection present) {
        NamedConnection known = present.options().isSet(Options.OAUTH_CLIENT_ID)
                ? present
                : present.with(Options.OAUTH_CLIENT_ID, ASKED);
        boolean secret = known.options().isSet(Options.OAUTH_CLIENT_SECRET)
                || known.options().get(Options.OAUTH_CLIENT_KIND) == OAuthClientKind.PUBLIC;
        return secret ? known : known.with(Options.OAUTH_CLIENT_SECRET, ASKED);
    }

    private int change(NamedConnection both, Migration migration, Connections file) {
        boolean written = !file.ofApplication() && file.names().contains(both.name());
        NamedConnection set = written ? Secrets.masked(migration.set()) : Secrets.referred(migration.set());
        ExportFormat format = written
                ? ExportFormat.PROPERTIES
                : file.ofApplication() ? ExportFormat.CAMEL : ExportFormat.ENVIRONMENT;
        print("In " + (format == ExportFormat.ENVIRONMENT ? "the environment" : file.source()) + ":");
        format.lines(Secrets.masked(migration.removed(both))).forEach(line -> print("- " + line));
        format.lines(set).forEach(line -> print("+ " + line));
        if (!migration.inCommon(file).isEmpty()) {
            tell(String.join(", ", migration.inCommon(file)) + " also stands in " + file.source()
                    + " without a name, for all connections: it stays.");
        }
        return written ? write(migration, file) : leave();
    }

    private int leave() {
        tell("Nothing is changed, because only a connections.properties is: change it as above.");
        return ExitCode.OK;
    }

    private int write(Migration migration, Connections file) {
        if (dryRun) {
            tell(
                    "Without --dry-run: asks for what is missing, checks the old credentials and the new ones with Zendesk,"
                            + " asks whether to write the lines above, and keeps a copy of the file. Nothing was called or changed.");
            return ExitCode.OK;
        }
        if (!yes && !context.terminal().is(Terminal.Stream.IN)) {
            throw new ConfigurationRefused("Nothing is changed, because there is no terminal to ask at: say --yes.");
        }
        if (!yes && !context.terminal().confirms("Write this?")) {
            tell("Nothing is changed.");
            return ExitCode.OK;
        }
        ConnectionsEditor editor = new ConnectionsEditor(Path.of(file.source()));
        Path backup = editor.backUp();
        editor.change(migration.old().name(), migration.dropped(), migration.set());
        tellNext(migration, backup);
        return ExitCode.OK;
    }

    private void tellNext(Migration migration, Path backup) {
        String name = migration.old().name();
        boolean person = migration.next().options().isSet(Options.INITIATE_OAUTH);
        tell(
                backup
                        + " holds the old credentials, for this user only. They work until they are revoked in Admin Center"
                        + " (Apps and integrations > APIs > API tokens): revoke them when nothing else uses them, and delete that file.");
        tell(
                person
                        ? "Connection '" + name + "' is written: now run zendesk-auth login --connection " + name
                        : "Connection '" + name + "' is written. Next: zendesk-auth verify --connection " + name);
    }
}
