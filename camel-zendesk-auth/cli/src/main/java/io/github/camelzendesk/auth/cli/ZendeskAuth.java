package io.github.camelzendesk.auth.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command without a subcommand: shows what there is. */
@Command(
        name = "zendesk-auth",
        versionProvider = ZendeskAuth.Version.class,
        description = "Keeps Zendesk logins alive, and gives their tokens to other programs.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The command did what it says.",
            "1:Unexpected: a fault of this program.",
            "2:An argument, an option or a file is to be corrected.",
            "3:A person must log in: zendesk-auth login.",
            "4:Zendesk cannot be reached, or is busy: try again.",
            "5:The place of the tokens cannot be used: disk, database, permissions."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth connections add acme --url acme --oauth-client-id scripts --oauth-client-secret",
            "  zendesk-auth login --connection acme",
            "  zendesk-auth token --header | curl -H @- https://acme.zendesk.com/api/v2/users/me.json",
            "  zendesk-auth exec -- zcli profiles:list",
            "",
            "Each option of a connection can be an argument (--oauth-client-id), a variable (ZENDESK_OAUTH_CLIENT_ID) or a",
            "line of connections.properties (acme.oauthClientId=...): 'zendesk-auth options' lists them."
        })
final class ZendeskAuth extends Group {
    /** By name, in the order of the help. */
    private static final Map<String, Class<?>> SUBCOMMANDS = new LinkedHashMap<>();

    static {
        for (Class<?> type : List.of(
                LoginCommand.class,
                StatusCommand.class,
                VerifyCommand.class,
                RefreshCommand.class,
                LogoutCommand.class,
                TokenCommand.class,
                ExecCommand.class,
                CredentialCommand.class,
                ServeCommand.class,
                ConnectionsCommand.class,
                DoctorCommand.class,
                ImportCommand.class,
                ExportCommand.class,
                MigrateCommand.class,
                KeysCommand.class,
                OptionsCommand.class,
                CompletionCommand.class,
                CommandLine.HelpCommand.class)) {
            SUBCOMMANDS.put(type.getAnnotation(Command.class).name(), type);
        }
    }

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    boolean version;

    ZendeskAuth(CommandContext context) {
        super(context);
    }

    /** Those that these arguments need: one is set up in a tenth of the time that all take. */
    static Map<String, Class<?>> subcommands(String... arguments) {
        Class<?> named = arguments.length == 0 ? null : SUBCOMMANDS.get(arguments[0]);
        boolean alone = named != null && named != CompletionCommand.class && named != CommandLine.HelpCommand.class;
        return alone ? Map.of(arguments[0], named) : SUBCOMMANDS;
    }

    /** Of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ZendeskAuth.class.getPackage().getImplementationVersion();
            return new String[] {"zendesk-auth " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
