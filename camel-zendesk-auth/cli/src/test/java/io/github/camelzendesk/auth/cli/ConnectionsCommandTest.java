package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.cli.internal.connections.Connections;
import io.github.camelzendesk.auth.cli.internal.connections.ConnectionsEditor;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConnectionsCommandTest {
    @TempDir
    Path home;

    private Shell shell;
    private Path file;

    @BeforeEach
    void begin() {
        shell = new Shell(home);
        file = home.resolve("camel-zendesk-auth/connections.properties");
    }

    @Test
    void aConnectionIsAddedForThisUserOnlyAndItsSecretIsAskedFor() throws IOException {
        Shell.Result add = shell.secret("s3cret \\{x}")
                .run(
                        "connections",
                        "add",
                        "acme",
                        "--url",
                        "acme",
                        "--oauth-client-id",
                        "app",
                        "--oauth-client-secret");

        assertThat(add.exit()).as(add.err()).isEqualTo(ExitCode.USAGE);
        assertThat(add.err()).contains("oauthClientSecret must be one word");

        add = shell.secret("s3cret\\x:=#")
                .run(
                        "connections",
                        "add",
                        "acme",
                        "--url",
                        "acme",
                        "--oauth-client-id",
                        "app",
                        "--oauth-client-secret");
        assertThat(add.exit()).as(add.err()).isZero();
        assertThat(Files.getPosixFilePermissions(file).toString()).doesNotContain("GROUP", "OTHERS");
        assertThat(shell.run("connections").out())
                .contains("acme", "url=acme", "oauthClientId=app", "oauthClientSecret=(set)")
                .doesNotContain("s3cret");
        assertThat(Connections.read(file, Map.of())
                        .find("acme")
                        .orElseThrow()
                        .options()
                        .find(Options.OAUTH_CLIENT_SECRET))
                .isEqualTo("s3cret\\x:=#");
    }

    @Test
    void othersAndCommentsStayAsTheyAre() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# mine\nb.url=b\nb.oauthClientId=x\\\n  y\nab.url=ab\nab.oauthAccessToken=t\n");

        shell.run("connections", "add", "c", "--url", "c", "--oauth-access-token-file", secretFile());
        assertThat(shell.run("connections", "remove", "b").exit()).isZero();

        assertThat(Files.readAllLines(file))
                .containsExactly("# mine", "ab.url=ab", "ab.oauthAccessToken=t", "c.oauthAccessToken=token", "c.url=c");
    }

    private String secretFile() throws IOException {
        return Files.writeString(home.resolve("secret"), "token\n").toString();
    }

    @Test
    void oneOfThatNameIsNotReplacedUnlessToldTo() throws IOException {
        String[] add = {"connections", "add", "acme", "--url", "acme", "--oauth-access-token-file", secretFile()};
        shell.run(add);

        Shell.Result again = shell.run(add);

        assertThat(again.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("already", "--replace");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFolderAndTheLockAreForThisUserOnly() throws IOException {
        shell.run("connections", "add", "acme", "--url", "acme", "--oauth-access-token-file", secretFile());

        for (Path one : List.of(file.getParent(), file, file.resolveSibling("connections.properties.lock"))) {
            assertThat(Files.getPosixFilePermissions(one).toString())
                    .as(one.toString())
                    .doesNotContain("GROUP", "OTHERS");
        }
    }

    @Test
    void whatAKilledCommandLeftIsDeleted() throws IOException {
        Files.createDirectories(file.getParent());
        Path left = Files.writeString(file.resolveSibling(".connections.properties.4711.tmp"), "acme.password=x");
        Path other = Files.writeString(file.resolveSibling(".mine.tmp"), "");

        shell.run("connections", "add", "acme", "--url", "acme", "--oauth-access-token-file", secretFile());

        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void ofTwoThatAddOneNameAtOnceTheSecondIsRefused() throws IOException {
        NamedConnection acme = new NamedConnection("acme", ConnectionOptions.of(Map.of("url", "acme")));
        new ConnectionsEditor(file).add(acme);

        assertThatThrownBy(() -> new ConnectionsEditor(file).add(acme)).hasMessageContaining("--replace");

        assertThat(Files.readString(file)).containsOnlyOnce("acme.url");
    }

    @Test
    void linesAreOfAConnectionAsJavaReadsThem() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, "# in C:\\\nacme.oauthClientSecret=x\nacme.url\tacme\nb.url=b\nb.scope=\\\\\\\nread\nc.url=c\n");

        shell.run("connections", "remove", "acme");
        shell.run("connections", "remove", "b");

        assertThat(Files.readAllLines(file)).containsExactly("# in C:\\", "c.url=c");
    }

    @Test
    void whatIsNoConnectionIsNotWritten() {
        Shell.Result add = shell.run("connections", "add", "acme", "--url", "http://acme.zendesk.com");

        assertThat(add.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(add.err()).contains("https://");
        assertThat(file).doesNotExist();
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThat(shell.run("connections", "add", "a=b", "--url", "acme").err())
                .contains("letters, digits");
    }

    @Test
    void anEmptyFileIsNamedWithTheWayToFillIt() {
        assertThat(shell.run("connections").err()).contains(file.toString(), "connections add");
        assertThat(shell.run("connections", "remove", "x").err()).contains("no connection 'x'");
    }

    @Test
    void aMisspeltOptionOfTheFileIsNamedWithItsConnection() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "acme.url=acme\nacme.oauthClientIdd=x\n");

        assertThat(shell.run("status", "-c", "acme").err())
                .contains("Connection 'acme' in " + file, "oauthClientIdd", "Did you mean oauthClientId?");
    }
}
