package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged command, as a shell starts it. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(ZendeskExtension.class)
class LauncherIT {
    private static final Path LAUNCHER =
            Path.of("target/zendesk-auth/bin/zendesk-auth").toAbsolutePath();
    /** One for all, because the classes are kept there. */
    private static final Path CACHE = Path.of("target/launcher-cache").toAbsolutePath();

    @TempDir
    Path home;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void begin() {
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("XDG_CACHE_HOME", CACHE.toString());
    }

    private void grant(ZendeskServer zendesk, RegisteredClient client) {
        environment.put("ZENDESK_URL", zendesk.url());
        environment.put("ZENDESK_OAUTH_CLIENT_ID", client.identifier());
        environment.put("ZENDESK_OAUTH_CLIENT_SECRET", client.secret());
        environment.put(
                "ZENDESK_OAUTH_SETTINGS_LOCATION", home.resolve("acme.json").toString());
    }

    private Process start(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script.replace("zendesk-auth", LAUNCHER.toString()))
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String run(String script) throws IOException {
        return new String(start(script).getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .strip();
    }

    private Pty terminal(String arguments) throws IOException {
        return new Pty(environment, LAUNCHER + " " + arguments);
    }

    @Test
    void aPersonAtATerminalLogsInByPastingLooksAndLogsOut(ZendeskServer zendesk) throws Exception {
        grant(zendesk, zendesk.confidentialClient("terminal"));
        try (Pty login = terminal("login --no-browser")) {
            String address =
                    login.await("(http://127\\S+authorizations/new\\S+)").group(1);
            login.await("Address or code: ");
            login.type(zendesk.user().approve(URI.create(address)).toString());
            login.await("is logged in");
            assertThat(login.exit()).isZero();
        }
        try (Pty status = terminal("status")) {
            status.await("CONNECTION +SCHEME");
            status.await("OAuth +READY");
            assertThat(status.exit()).isZero();
        }
        try (Pty verify = terminal("verify")) {
            verify.await("is known to Zendesk");
        }
        try (Pty token = terminal("token")) {
            token.await("The output is a terminal");
            assertThat(token.exit()).isEqualTo(ExitCode.USAGE);
        }
        try (Pty logout = terminal("logout")) {
            logout.await("is logged out");
            assertThat(logout.exit()).isZero();
        }
        assertThat(zendesk.liveRefreshTokens()).isEmpty();
    }

    @Test
    void aSecretIsAskedForWithoutEcho() throws Exception {
        try (Pty add = terminal("connections add acme --url acme --oauth-client-id app --oauth-client-secret")) {
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
        grant(zendesk, zendesk.confidentialClient("pipe"));
        environment.put("ZENDESK_AUTH_SCHEME", "OAuthClient");

        assertThat(zendesk.isLive(run("zendesk-auth token | cat"))).isTrue();
        assertThat(run("zendesk-auth exec -- sh -c 'exit 7'; echo $?")).isEqualTo("7");
    }

    @Test
    void whoEndsTheCommandEndsWhatItRuns(ZendeskServer zendesk) throws Exception {
        grant(zendesk, zendesk.confidentialClient("ended"));
        environment.put("ZENDESK_AUTH_SCHEME", "OAuthClient");
        Path ended = home.resolve("ended");

        Process exec = start("exec zendesk-auth exec -- sh -c 'trap \"touch " + ended
                + "; exit 0\" TERM; echo ready; while :; do read x || :; sleep 0.1; done'");
        assertThat(exec.inputReader().readLine()).isEqualTo("ready");
        exec.destroy();

        assertThat(exec.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(ended).exists();
    }

    @Test
    void withoutJavaItSaysHowToGetIt() throws IOException {
        environment.put("JAVA_HOME", home.toString());
        assertThat(run("zendesk-auth --version")).contains("JAVA_HOME is " + home, "correct it");

        environment.put("JAVA_HOME", "");
        environment.put("PATH", home.toString());
        for (String program : new String[] {"sh", "readlink", "dirname"}) {
            Files.createSymbolicLink(
                    home.resolve(program), Path.of("/bin", program).toRealPath());
        }
        assertThat(run("zendesk-auth --version")).contains("There is no Java on the PATH: install Java 17");
    }

    @Test
    void itsVersionIsThatOfTheJar() throws IOException {
        assertThat(run("zendesk-auth --version")).matches("zendesk-auth \\d+\\.\\d+.*");
    }
}
