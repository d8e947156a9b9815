package io.github.camelzendesk.auth.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

import static org.assertj.core.api.Assertions.assertThat;

import picocli.CommandLine;

class MainTest {
    @TempDir
    Path home;

    private static Stream<CommandLine> all(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(MainTest::all));
    }

    private CommandLine commands() {
        return Main.commandLine(context(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
    }

    private CommandContext context(OutputStream out, OutputStream err) {
        return new CommandContext(
                new Terminal(InputStream.nullInputStream(), out, err, Set.of(), prompt -> null),
                Map.of("XDG_CONFIG_HOME", home.toString()),
                java.time.InstantSource.system(),
                address -> false,
                new EndSignal());
    }

    @Test
    void eachCommandHasHelpThatFitsATerminal() {
        assertThat(all(commands())).allSatisfy(command -> {
            assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
            assertThat(command.getUsageMessage().lines().filter(line -> !line.contains("https://")))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
        });
    }

    @Test
    void eachOptionOfAConnectionIsAnArgumentOfEachCommandThatIsAboutOne() {
        List<String> names =
                Options.ALL.stream().map(ConnectionArguments::argument).toList();

        assertThat(all(commands()).filter(command -> command.getCommand() instanceof ConnectionCommand))
                .hasSizeGreaterThan(5)
                .allSatisfy(command ->
                        assertThat(command.getCommandSpec().optionsMap()).containsKeys(names.toArray(String[]::new)));
    }

    @Test
    void theArgumentsAreSpelledAsTheVariables() {
        assertThat(ConnectionArguments.argument(Options.OAUTH_CLIENT_ID)).isEqualTo("--oauth-client-id");
        assertThat(ConnectionArguments.argument(Options.INITIATE_OAUTH)).isEqualTo("--initiate-oauth");
        assertThat(Options.ALL).extracting(Option::name).doesNotContainNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            tokn                                        | zendesk-auth token
            token --heder                               | --header
            login --port many                           | 'many' is not an int
            token --oauth-client-secret=hunter2         | takes no value
            token --connect-timeout 5                   | with its unit
            token --url acme --connect-timeout soon     | connectTimeout
            token --oauth-client-id                     | Missing required parameter
            token --oauth-client-secret-file /no/such   | cannot be read
            token --connection nobody                   | There is no connection 'nobody'
            token --url http://acme.zendesk.com         | https://
            token --url acme                            | nothing to authenticate with
            token --url acme --auth-scheme LDAP         | must be one of Basic, APIToken, OAuth, OAuthClient
            exec                                        | Missing required parameter
            keys                                        | Usage: zendesk-auth keys
            keys change                                 | --new-key-file
            connections add                             | Missing required parameter
            connections remove x                        | There is no connection 'x'
            credential get --format xml                 | git, exec-credential or process
            """)
    void badInputIsToldWithTheWayOut(String arguments, String message) {
        Shell.Result result = new Shell(home).run(arguments.split(" "));

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains(message).doesNotContain("hunter2", "\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        Shell.Result result = new Shell(home).run();

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("Usage: zendesk-auth", "login", "Examples:", "Exit codes:");
    }

    @Test
    void theStackIsShownToWhoWantsToDebugAlone() throws IOException {
        Shell shell = new Shell(home);
        Path file = home.resolve("c.properties");
        Files.writeString(file, "a.url=acme\n");

        assertThat(shell.run("token", "--config", file.toString()).err()).doesNotContain("\tat ");
        assertThat(shell.run("token", "--config", file.toString(), "--debug").err())
                .contains("\tat ");
    }

    @Test
    void anotherCommandsDebugOptionShowsNoStackOfOurs() {
        assertThat(new Shell(home).run("exec", "--", "npm", "--debug").err()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"keys make", "options", "status --watch --url acme --oauth-client-id app --oauth-client-kind public"})
    @Timeout(30)
    void outputThatCannotBeWrittenIsAnErrorAndEndsTheCommand(String arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThat(Main.run(context(full, err), arguments.split(" "))).isNotZero();
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void aSecretInThePlaceOfItsFileIsNotQuoted() {
        assertThat(new Shell(home)
                        .run("token", "--url", "acme", "--oauth-client-secret-file", "hunter2")
                        .err())
                .contains("--oauth-client-secret-file names a file that cannot be read")
                .doesNotContain("hunter2");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileWithoutAnEndIsNoSecret() {
        assertThat(new Shell(home)
                        .run("token", "--url", "acme", "--oauth-client-secret-file", "/dev/zero")
                        .err())
                .contains("cannot be read");
    }

    @Test
    void zclisOwnVariablesAreNoMatterHere() {
        Shell shell = new Shell(home);
        shell.environment.put("ZENDESK_OAUTH_TOKEN", "x");
        shell.environment.put("ZENDESK_SUBDOMAIN", "other");
        shell.environment.put("ZENDESK_OAUTH_TOKEN_FILE", "of an exec --keep around this");

        assertThat(shell.run("status").err()).contains("There is no connection:");
    }

    @Test
    void aVariableOfAnotherAccountIsNotMixedIntoANamedConnection() throws IOException {
        Path file = home.resolve("c.properties");
        Files.writeString(file, "acme.url=acme\nacme.oauthClientId=app\n");
        Shell shell = new Shell(home);
        shell.environment.put("ZENDESK_URL", "other");
        shell.environment.put("ZENDESK_OAUTH_CLIENT_SECRET", "of-other");

        assertThat(shell.run("token", "--config", file.toString()).err()).contains("oauthClientId is missing");
        assertThat(shell.run("token", "-c", "acme", "--config", file.toString()).err())
                .contains("oauthClientSecret is not: set it");

        shell.environment.put("ZENDESK_URL", "https://acme.zendesk.com/agent");
        assertThat(shell.run("token", "-c", "acme", "--config", file.toString()).exit())
                .isEqualTo(ExitCode.LOGIN);
    }

    @Test
    void anArgumentDoesNotChangeWhatANamedConnectionIs() throws IOException {
        Path file = home.resolve("c.properties");
        Files.writeString(file, "acme.url=acme\n");

        assertThat(new Shell(home)
                        .run("token", "-c", "acme", "--config", file.toString(), "--url", "other")
                        .err())
                .contains("another url", "leave the argument out");
    }

    @Test
    void aFileOfAnApplicationNamesConnectionsToo() throws IOException {
        Path file = home.resolve("application.properties");
        Files.writeString(
                file,
                """
                server.port=8080
                camel.component.zendesk-auth.connections.acme.url = ${ACCOUNT:acme}
                camel.component.zendesk-auth.connections[acme].oauth-client-id = {{client}}
                camel.component.zendesk-auth.oauth-client-secret = {{env:SECRET}}
                camel.component.zendesk-auth.lazy-start-producer = true
                client = app
                """);
        Shell shell = new Shell(home);
        String[] connections = {"connections", "--config", file.toString()};

        assertThat(shell.run(connections).err()).contains("refers to SECRET", "set it");

        shell.environment.put("SECRET", "hidden");
        assertThat(shell.run(connections).out())
                .contains("url=acme", "oauthClientId=app", "oauthClientSecret=(set)")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource({"'${A:${B:x}}', reference within", "'{{a:{{b}}}}', reference within", "{{aws:x}}, 'aws:'"})
    void aReferenceThatIsNotUnderstoodIsNoSecret(String reference, String message) throws IOException {
        Path file = Files.writeString(home.resolve("c.properties"), "a.url=acme\na.oauthAccessToken=" + reference);

        assertThat(new Shell(home).run("token", "--config", file.toString()).err())
                .contains(message, "{{env:NAME}}");
    }

    @Test
    void severalReferencesInOneValueAreFilledIn() throws IOException {
        Path file = Files.writeString(home.resolve("c.properties"), "a.url=${X:ac}{{env:Y:me}}");

        assertThat(new Shell(home)
                        .run("connections", "--config", file.toString())
                        .out())
                .contains("url=acme");
    }

    @Test
    void completionKnowsEachCommand() {
        assertThat(new Shell(home).run("completion").out()).contains("login", "credential", "--connection");
    }

    @Test
    void theOptionsAreListedWithTheirDefaults() {
        assertThat(new Shell(home).run("options").out()).contains("--callback-url (http://localhost:33333)");
    }
}
