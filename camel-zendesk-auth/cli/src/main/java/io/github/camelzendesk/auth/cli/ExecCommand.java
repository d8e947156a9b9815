package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.ConnectionSource;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "exec",
        description = "Runs a command with the token in its environment, and passes on its exit code.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"127:The command was not found.", "*:That of the command."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth exec -- zcli themes:list",
            "  zendesk-auth exec --env TOKEN -- sh -c 'curl -H \"Authorization: Bearer $TOKEN\" ...'",
            "  zendesk-auth exec --keep -- ./export.py         # reads $ZENDESK_OAUTH_TOKEN_FILE before each call"
        })
final class ExecCommand extends ConnectionCommand {
    private static final int NOT_FOUND = 127;
    private static final String ZCLI_TOKEN = "ZENDESK_OAUTH_TOKEN";
    private static final String FILE = "ZENDESK_OAUTH_TOKEN_FILE";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = "ZENDESK_";

    @CommandLine.Option(
            names = "--env",
            paramLabel = "NAME",
            description =
                    "A variable to give the token in; ZENDESK_OAUTH_TOKEN, which zcli takes, unless there is one.")
    private List<String> names = new ArrayList<>();

    @CommandLine.Option(
            names = "--keep",
            description =
                    "Also keeps a current token in the file that ZENDESK_OAUTH_TOKEN_FILE names, which is replaced at"
                            + " each renewal: for commands that outlive a token.")
    private boolean keep;

    @CommandLine.Parameters(
            paramLabel = "COMMAND",
            arity = "1..*",
            description = "The command and its arguments, after --.")
    private List<String> command = List.of();

    ExecCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        requireNames();
        NamedConnection connection = arguments.selected(context).withoutLogin();
        if (!keep) {
            AccessToken[] token = new AccessToken[1];
            onDemand(connection, (same, manager) -> {
                token[0] = AccessToken.of(same, manager);
                return ExitCode.OK;
            });
            return run(connection, token[0], Map.of());
        }
        return runKeeping(connection);
    }

    /** A signal ends the command and this process, but not before the file is deleted. */
    private int runKeeping(NamedConnection connection) throws InterruptedException {
        try (TokenFile file = TokenFile.open(connection)) {
            context.end().listen();
            return run(connection, file.first(), Map.of(FILE, file.path().toString()));
        } finally {
            context.end().handled();
        }
    }

    private int run(NamedConnection connection, AccessToken token, Map<String, String> more)
            throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        withoutOthers(environment, connection.options());
        (names.isEmpty() ? List.of(ZCLI_TOKEN) : names)
                .forEach(name -> environment.put(name, token.secret().reveal()));
        NamedConnection.subdomain(connection.parsed().url())
                .ifPresent(subdomain -> environment.put("ZENDESK_SUBDOMAIN", subdomain));
        environment.putAll(more);
        return run(builder);
    }

    /**
     * The child needs the token alone: no secret, under whichever name a file refers to it, and nothing of another account,
     * where zcli would take the token.
     */
    static void withoutOthers(Map<String, String> variables, ConnectionOptions options) {
        Set<String> values = Options.ALL.stream()
                .filter(ConnectionArguments::isSecret)
                .filter(options::isSet)
                .map(option -> String.valueOf(options.find(option)))
                .collect(Collectors.toSet());
        variables
                .entrySet()
                .removeIf(variable -> ConnectionSource.OF_PROGRAMS.contains(variable.getKey())
                        || values.contains(variable.getValue().strip())
                        || isSecret(variable.getKey()));
    }

    private static boolean isSecret(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return name.startsWith(PREFIX)
                && Options.find(name.substring(PREFIX.length()))
                        .filter(Option::isSecret)
                        .isPresent();
    }

    private void requireNames() {
        if (names.stream().anyMatch(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"))) {
            throw new ConfigurationRefused(
                    "--env takes the name of a variable, of letters, digits and _, such as --env TOKEN.");
        }
    }

    private int run(ProcessBuilder builder) throws InterruptedException {
        Child child = new Child(builder);
        try {
            return child.run();
        } catch (IOException e) {
            tell("zendesk-auth: The command " + command.get(0) + " cannot be run: check its name, the PATH and its"
                    + " permissions.");
            return NOT_FOUND;
        }
    }

    /** The command as a process, which ends with this one. Thread-safe. */
    private static final class Child {
        private final ProcessBuilder builder;
        private @Nullable Process process; // guarded by this
        private boolean ended; // guarded by this

        Child(ProcessBuilder builder) {
            this.builder = builder;
        }

        /** The hook comes first: a signal may come as soon as the command shows something, and is meant for it. */
        int run() throws IOException, InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            return start().waitFor();
        }

        private synchronized Process start() throws IOException {
            if (ended) {
                throw new IOException("this process is about to end");
            }
            process = builder.start();
            return process;
        }

        private void end() {
            Process begun = markEnded();
            if (begun == null) {
                return;
            }
            begun.destroy();
            try {
                if (!begun.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    begun.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized @Nullable Process markEnded() {
            ended = true;
            return process;
        }
    }

    static ConfigurationRefused noFile(IOException e) {
        return new ConfigurationRefused("No file for the token can be made in the folder for temporary files ("
                + e.getClass().getSimpleName() + "): set TMPDIR to one that this user may write.");
    }
}
