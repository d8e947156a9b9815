package io.github.camelzendesk.auth.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class ServeCommandTest {
    private static final Pattern READY = Pattern.compile(
            "zendesk-auth: Serving .* at (http://127\\.0\\.0\\.1:\\d+); the token to show is in (.+)\\. Ctrl-C ends it\\.\\R");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final EndSignal end = new EndSignal();
    private Map<String, String> environment;
    private ZendeskServer zendesk;
    private RegisteredClient client;

    @BeforeEach
    void prepare(ZendeskServer server) {
        zendesk = server;
        client = server.confidentialClient("scripts");
        environment = Map.of(
                "XDG_CONFIG_HOME", folder.toString(),
                "APPDATA", folder.toString(),
                "ZENDESK_URL", server.url(),
                "ZENDESK_AUTH_SCHEME", "OAuthClient",
                "ZENDESK_OAUTH_CLIENT_ID", client.identifier(),
                "ZENDESK_OAUTH_CLIENT_SECRET", client.secret(),
                "ZENDESK_OAUTH_SETTINGS_LOCATION", folder.resolve("s.json").toString());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itSaysOnOneLineWhereItIsAndServesUntilItIsToldToEnd() throws Exception {
        CompletableFuture<Integer> command = CompletableFuture.supplyAsync(() -> run("serve"));
        Matcher ready = ready();
        Path file = Path.of(ready.group(2));
        String token = Files.readString(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(get(ready.group(1) + "/api/v2/users/me.json", token).body()).contains("\"role\"");
        end.give();

        assertThat(command.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(file.getParent()).doesNotExist();
        noSecretIsPrinted(token);
    }

    @Test
    void theTokenGoesToTheFileThatIsNamedAndReplacesThatOfAnEarlierProxy() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "x".repeat(43));
        CompletableFuture<Integer> command =
                CompletableFuture.supplyAsync(() -> run("serve", "--token-file", file.toString()));
        String address = ready().group(1);

        assertThat(get(address + "/status", "x".repeat(43)).statusCode()).isEqualTo(401);
        assertThat(get(address + "/status", Files.readString(file)).statusCode())
                .isEqualTo(200);
        end.give();

        assertThat(command.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(file).doesNotExist();
    }

    @Test
    void whatCannotBeListenedOnIsRefusedWithTheRemedy() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "mine");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            refused("another program does", "--port", String.valueOf(taken.getLocalPort()));
        }
        refused("name another file", "--token-file", other.toString());
        refused("leave them out", "--socket", folder.resolve("z").toString(), "--port", "1");
        refused("choose another path", "--socket", other.toString());
        refused("from 0 to 65535", "--port", "65536");
        assertThat(other).hasContent("mine");
    }

    private void refused(String remedy, String... arguments) {
        err.reset();
        String[] all = new String[arguments.length + 1];
        all[0] = "serve";
        System.arraycopy(arguments, 0, all, 1, arguments.length);

        assertThat(run(all)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains(remedy);
    }

    private Matcher ready() {
        Matcher ready = READY.matcher("");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ready.reset(err.toString(StandardCharsets.UTF_8))
                .matches());
        return ready;
    }

    private void noSecretIsPrinted(String token) {
        String printed = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
        assertThat(printed).doesNotContain(token, client.secret());
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::headers).allSatisfy(headers -> assertThat(printed)
                .doesNotContain(headers.get("Authorization").substring("Bearer ".length())));
    }

    private static HttpResponse<String> get(String address, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]), out, err, EnumSet.noneOf(Terminal.Stream.class), prompt -> null);
        return Main.run(
                new CommandContext(terminal, environment, InstantSource.system(), address -> false, end), arguments);
    }
}
