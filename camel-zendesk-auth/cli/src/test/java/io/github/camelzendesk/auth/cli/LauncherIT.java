package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged command, as a shell starts it. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(ZendeskExtension.class)
class LauncherIT {
    @TempDir
    Path home;

    private Launcher command;

    @BeforeEach
    void begin() {
        command = new Launcher(home);
    }

    private Path settings() {
        return home.resolve("acme.json");
    }

    @Test
    void aPersonAtATerminalLogsInByPastingLooksAndLogsOut(ZendeskServer zendesk) throws Exception {
        command.grant(zendesk, zendesk.confidentialClient("terminal"), settings());
        try (Pty login = command.terminal("login --no-browser")) {
            String address =
                    login.await("(http://127\\S+authorizations/new\\S+)").group(1);
            login.await("Address or code: ");
            login.type(zendesk.user().approve(URI.create(address)).toString());
            login.await("is logged in");
            assertThat(login.exit()).isZero();
        }
        try (Pty status = command.terminal("status")) {
            status.await("CONNECTION +SCHEME");
            status.await("OAuth +READY");
            assertThat(status.exit()).isZero();
        }
        try (Pty verify = command.terminal("verify")) {
            verify.await("is known to Zendesk");
        }
        try (Pty token = command.terminal("token")) {
            token.await("The output is a terminal");
            assertThat(token.exit()).isEqualTo(ExitCode.USAGE);
        }
        try (Pty logout = command.terminal("logout")) {
            logout.await("is logged out");
            assertThat(logout.exit()).isZero();
        }
        assertThat(zendesk.liveRefreshTokens()).isEmpty();
    }

    @Test
    void aSecretIsAskedForWithoutEcho() throws Exception {
        try (Pty add =
                command.terminal("connections add acme --url acme --oauth-client-id app --oauth-client-secret")) {
            add.await("oauth client secret: ");
            add.type("s3cret");
            add.await("Connection 'acme' is in");
            assertThat(add.rest()).doesNotContain("s3cret");
        }
        assertThat(Files.readString(home.resolve("camel-zendesk-auth/connections.properties")))
                .contains("acme.oauthClientSecret=s3cret");
    }

    @Test
    void aProgramReadsTheTokenFromAPipe(ZendeskServer zendesk) throws IOException {
        command.robot(zendesk, zendesk.confidentialClient("pipe"), settings());

        assertThat(zendesk.isLive(command.run("zendesk-auth token | cat"))).isTrue();
        assertThat(command.run("zendesk-auth exec -- sh -c 'exit 7'; echo $?")).isEqualTo("7");
    }

    @Test
    void whoEndsTheCommandEndsWhatItRuns(ZendeskServer zendesk) throws Exception {
        command.robot(zendesk, zendesk.confidentialClient("ended"), settings());
        Path ended = home.resolve("ended");

        Process exec = command.start("exec zendesk-auth exec -- sh -c 'trap \"touch " + ended
                + "; exit 0\" TERM; echo ready; while :; do read x || :; sleep 0.1; done'");
        assertThat(exec.inputReader().readLine()).isEqualTo("ready");
        exec.destroy();

        assertThat(exec.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(ended).exists();
    }

    @Test
    void theFileOfAKeptTokenGoesWithTheCommandThatASignalEnds(ZendeskServer zendesk) throws Exception {
        command.robot(zendesk, zendesk.confidentialClient("swept"), settings());

        Process exec =
                command.start("exec zendesk-auth exec --keep -- sh -c 'echo $ZENDESK_OAUTH_TOKEN_FILE; exec cat'");
        Path file = Path.of(exec.inputReader().readLine());
        assertThat(file).exists();
        exec.destroy();

        assertThat(exec.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void itStartsWhateverIsInThePathsAndTheOptionsForJava() throws IOException {
        command.environment.put("XDG_CACHE_HOME", home.resolve("with a * blank").toString());
        command.environment.put("JAVA_OPTS", "-XX:+UseG1GC -Dpattern=*");

        assertThat(command.run("zendesk-auth --version")).matches("zendesk-auth \\d+\\.\\d+.*");
        assertThat(command.run("zendesk-auth --version")).matches("zendesk-auth \\d+\\.\\d+.*");
        assertThat(home.resolve("with a * blank/zendesk-auth")).isDirectoryContaining("glob:**.jsa");
    }

    @Test
    void withoutALocaleItFindsItsFolderOfAnyName() throws IOException {
        Path folder = Files.createDirectories(home.resolve("j\u00fcrgen/camel-zendesk-auth"));
        Files.writeString(folder.resolve("connections.properties"), "acme.url=acme\n");
        command.environment.put("XDG_CONFIG_HOME", folder.getParent().toString());

        assertThat(command.run("unset LC_ALL LC_CTYPE LANG; zendesk-auth connections"))
                .contains("url=acme");
    }

    @Test
    void classesOfAFolderThatIsALinkAreNotRun() throws IOException {
        Path planted = Files.createDirectory(home.resolve("planted"));
        Files.createSymbolicLink(home.resolve("zendesk-auth"), planted);
        command.environment.put("XDG_CACHE_HOME", home.toString());

        assertThat(command.run("zendesk-auth --version")).matches("zendesk-auth \\d+\\.\\d+.*");
        assertThat(planted).isEmptyDirectory();
    }

    @Test
    void withoutJavaItSaysHowToGetIt() throws IOException {
        command.environment.put("JAVA_HOME", home.toString());
        assertThat(command.run("zendesk-auth --version")).contains("JAVA_HOME is " + home, "correct it");

        command.environment.put("JAVA_HOME", "");
        command.environment.put("PATH", home.toString());
        for (String program : new String[] {"sh", "readlink", "dirname"}) {
            Files.createSymbolicLink(
                    home.resolve(program), Path.of("/bin", program).toRealPath());
        }
        assertThat(command.run("zendesk-auth --version")).contains("There is no Java on the PATH: install Java 17");
    }

    @Test
    void itsVersionIsThatOfTheJar() throws IOException {
        assertThat(command.run("zendesk-auth --version")).matches("zendesk-auth \\d+\\.\\d+.*");
    }
}
