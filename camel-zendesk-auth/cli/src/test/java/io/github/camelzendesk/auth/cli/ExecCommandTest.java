package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class ExecCommandTest {
    @TempDir
    Path home;

    private Shell loggedIn(ZendeskServer zendesk, String client) throws IOException {
        return new Shell(home)
                .loggedIn(zendesk, zendesk.confidentialClient(client, Shell.callback()), home.resolve("acme.json"));
    }

    /** Runs a script with the token, and returns what it wrote. */
    private String written(Shell shell, String script, String... arguments) throws IOException {
        Path out = home.resolve("out");
        String[] all = java.util.stream.Stream.of(
                        java.util.stream.Stream.of("exec"),
                        java.util.stream.Stream.of(arguments),
                        java.util.stream.Stream.of("--", "sh", "-c", "(" + script + ") > " + out))
                .flatMap(part -> part)
                .toArray(String[]::new);
        assertThat(shell.run(all).exit()).isZero();
        return Files.readString(out).strip();
    }

    @Test
    void theCommandFindsTheTokenWhereZcliLooksForIt(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "zcli");

        assertThat(zendesk.isLive(written(shell, "echo $ZENDESK_OAUTH_TOKEN"))).isTrue();
    }

    @Test
    void theVariableCanBeNamed(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "named");

        assertThat(zendesk.isLive(written(shell, "echo $ZD_TOKEN$ZENDESK_OAUTH_TOKEN", "--env", "ZD_TOKEN")))
                .isTrue();
    }

    @Test
    void theCommandInheritsNoOtherSecretUnderAnyName() {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "ACME_SECRET", "hunter2",
                "zendesk_oauth_client_secret", "of another",
                "ZENDESK_OAUTHREFRESHTOKEN", "of another",
                "HOME", "/root"));

        ExecCommand.withoutOthers(variables, ConnectionOptions.of(Map.of("oauthClientSecret", "hunter2")));

        assertThat(variables).containsOnlyKeys("HOME");
    }

    @Test
    void whereZcliWouldTakeTheTokenIsNotLeftToVariablesOfAnotherAccount() {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "ZENDESK_SUBDOMAIN", "other",
                "ZENDESK_DOMAIN", "elsewhere.example",
                "ZENDESK_OAUTH_TOKEN", "of another",
                "ZENDESK_OAUTH_TOKEN_FILE", "of another",
                "ZENDESK_URL", "acme"));

        ExecCommand.withoutOthers(variables, ConnectionOptions.NONE);

        assertThat(variables).containsOnlyKeys("ZENDESK_URL");
    }

    @Test
    void anArgumentWithAnAtIsTheCommandsOwn(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "body");
        Path out = home.resolve("out");
        Path body = Files.writeString(home.resolve("body"), "two words");

        assertThat(shell.run("exec", "--", "sh", "-c", "echo \"$1\" > " + out, "sh", "@" + body)
                        .exit())
                .isZero();

        assertThat(out).hasContent("@" + body);
    }

    @Test
    void aNameThatNoVariableHasIsRefused() {
        Shell.Result exec = new Shell(home).run("exec", "--env", "TOKEN=x", "--", "true");

        assertThat(exec.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(exec.err()).contains("--env takes the name of a variable");
    }

    @Test
    void itsExitCodeIsPassedOn(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "exit");

        assertThat(shell.run("exec", "--", "sh", "-c", "exit 42").exit()).isEqualTo(42);
    }

    @Test
    void aCommandThatIsNotThereIsNamed(ZendeskServer zendesk) throws IOException {
        Shell.Result exec = loggedIn(zendesk, "missing").run("exec", "--", "no-such-command");

        assertThat(exec.exit()).isEqualTo(127);
        assertThat(exec.err()).contains("no-such-command", "PATH");
    }

    @Test
    void whereThereIsNoTokenNothingIsRun(ZendeskServer zendesk) {
        Path marker = home.resolve("ran");
        Shell.Result exec = new Shell(home)
                .grant(zendesk, zendesk.confidentialClient("none"), home.resolve("none.json"))
                .run("exec", "--", "touch", marker.toString());

        assertThat(exec.exit()).isEqualTo(ExitCode.LOGIN);
        assertThat(marker).doesNotExist();
    }

    @Test
    void aLongCommandReadsTheCurrentTokenFromAFile(ZendeskServer zendesk) throws Exception {
        Shell shell = loggedIn(zendesk, "kept");
        NamedConnection connection =
                new NamedConnection("acme", ConnectionOptions.ofEnvironment(shell.environment)).withoutLogin();

        Path folder;
        try (TokenFile file = TokenFile.open(connection)) {
            folder = file.path().getParent();
            String first = Files.readString(file.path());
            assertThat(Files.getPosixFilePermissions(file.path()).toString()).doesNotContain("GROUP", "OTHERS");
            assertThat(Files.getPosixFilePermissions(folder).toString()).doesNotContain("GROUP", "OTHERS");

            shell.run("refresh");

            await().until(() -> !Files.readString(file.path()).equals(first));
            assertThat(zendesk.isLive(Files.readString(file.path()))).isTrue();
        }
        assertThat(folder).doesNotExist();
        assertThat(written(shell, "cat $ZENDESK_OAUTH_TOKEN_FILE", "--keep")).isNotEmpty();
    }
}
