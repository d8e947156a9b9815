package io.github.camelzendesk.auth.cli;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator sees at a terminal. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(ZendeskExtension.class)
class TerminalIT {
    /** All of them in the profile soak. */
    private static final int SETUPS = Integer.getInteger("terminal.setups", 2);

    private static final Path SAMPLE =
            Path.of("src/test/resources/migrate/desk-sync").toAbsolutePath();

    @TempDir
    Path home;

    @Test
    void theDoctorSaysWhatIsWrongWithABrokenSetup(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("patient");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, Map<String, String>> broken = broken(zendesk, taken.getLocalPort());
            for (Map.Entry<String, Map<String, String>> setup :
                    broken.entrySet().stream().limit(SETUPS).toList()) {
                Launcher command = new Launcher(home).grant(zendesk, client, home.resolve("acme.json"));
                command.environment.putAll(setup.getValue());
                try (Pty doctor = command.terminal("doctor")) {
                    doctor.await("(FAIL|WARN) +" + setup.getKey());
                    assertThat(doctor.exit()).as(setup.getKey()).isIn(10, 11);
                }
            }
        }
    }

    /** By what the doctor must name. */
    private Map<String, Map<String, String>> broken(ZendeskServer zendesk, int taken) throws Exception {
        Path shared = Files.createFile(
                home.resolve("shared.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        Map<String, Map<String, String>> broken = new LinkedHashMap<>();
        broken.put("client .*another secret", Map.of("ZENDESK_OAUTH_CLIENT_SECRET", "wrong"));
        broken.put("settings .*chmod 600", Map.of("ZENDESK_OAUTH_SETTINGS_LOCATION", shared.toString()));
        broken.put("client .*no OAuth client", Map.of("ZENDESK_OAUTH_CLIENT_ID", "nobody"));
        broken.put("redirect", Map.of("ZENDESK_CALLBACK_URL", "http://localhost:1"));
        broken.put("port", Map.of("ZENDESK_CALLBACK_URL", "http://localhost:" + taken));
        broken.put("network", Map.of("ZENDESK_URL", "http://127.0.0.1:" + taken, "ZENDESK_CONNECT_TIMEOUT", "1s"));
        broken.put("options", Map.of("ZENDESK_API_TOKEN", "token", "ZENDESK_USER", "a@acme.com"));
        broken.put("settings .*directory", Map.of("ZENDESK_OAUTH_SETTINGS_LOCATION", home.toString()));
        return broken;
    }

    @Test
    void anApplicationsApiTokensAreFoundAndOneConnectionLeavesThem(ZendeskServer zendesk) throws Exception {
        String token = zendesk.apiToken("agent@acme.com");
        RegisteredClient client = zendesk.confidentialClient("nightly");
        Path file = Files.createDirectories(home.resolve("camel-zendesk-auth")).resolve("connections.properties");
        Files.writeString(
                file, "acme.url=" + zendesk.url() + "\nacme.user=agent@acme.com\nacme.apiToken=" + token + "\n");
        Launcher command = new Launcher(home);
        try (Pty scan = command.terminal("migrate scan " + SAMPLE)) {
            scan.await("production.env:3 +API token");
            scan.await("30 April 2027");
            assertThat(scan.exit()).isEqualTo(10);
        }
        try (Pty migrate = command.terminal("migrate --connection acme")) {
            migrate.await("client-credentials or authorization-code\\?");
            migrate.type("client-credentials");
            migrate.await("Identifier of the OAuth client: ");
            migrate.type("nightly");
            migrate.await("(?i)secret.*: ?");
            migrate.type(client.secret());
            migrate.await("Write this\\? \\[y/N] ");
            migrate.type("y");
            assertThat(migrate.rest()).doesNotContain(token, client.secret());
        }
        assertThat(Files.readString(file))
                .contains("acme.authScheme=OAuthClient")
                .doesNotContain(token);
    }
}
