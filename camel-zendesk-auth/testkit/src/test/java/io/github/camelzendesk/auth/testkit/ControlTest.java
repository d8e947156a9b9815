package io.github.camelzendesk.auth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The stand-in as a process, told what to do by arguments and at its control address. */
class ControlTest {
    private static final String TICKETS = "/api/v2/tickets.json";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();

    /** What a test does while the process runs. */
    private interface Work {
        void with(ZendeskServer zendesk, URI control) throws Exception;
    }

    @Test
    void clientsUsersAndTheRestComeByArguments() throws Exception {
        run(
                (zendesk, control) -> {
                    RegisteredClient client = zendesk.client("zdg-cli");
                    assertThat(client.isPublic()).isTrue();
                    assertThat(client.terms().tellsExpiry()).isFalse();
                    assertThat(client.redirectUris()).hasSize(2);
                    assertThat(zendesk.tickets()).hasSize(5);
                    assertThat(zendesk.now()).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
                    assertThat(new Http(zendesk)
                                    .basic("/api/v2/users/me", "jane@acme.test:s3cret")
                                    .body())
                            .contains("jane@acme.test");
                },
                "--client",
                "identifier=zdg-cli&authentication=public&terms=global&redirect_uri=http://localhost:1/ http://localhost:2/",
                "--user",
                "email=jane@acme.test&password=s3cret",
                "--ticket",
                "subject=Many&times=3",
                "--clock",
                "advance=3600");

        assertThat(text(out))
                .containsPattern("client \\{\"client_id\":\"zdg-cli\",\"client_secret\":\"zcs_\\w+\"}")
                .containsPattern(
                        "user \\{\"email\":\"jane@acme.test\",\"password\":\"s3cret\",\"api_token\":\"zpt_\\w+\"}");
    }

    @Test
    void clientsTokensAndTheClockComeByTheControlAddressToo() throws Exception {
        run((zendesk, control) -> {
            assertThat(send(control, "client", "identifier=app&access_lifetime=60&grants=refresh_token&scopes=read")
                            .statusCode())
                    .isEqualTo(200);
            String token = Http.json(send(control, "token", "client=app&scope=read"))
                    .path("access_token")
                    .asText();
            Http api = new Http(zendesk);
            assertThat(api.bearer(TICKETS, token).statusCode()).isEqualTo(200);
            send(control, "clock", "advance=61");
            assertThat(api.bearer(TICKETS, token).statusCode()).isEqualTo(401);
            send(control, "reset", "");
            assertThat(zendesk.client("app")).isNull();
        });
    }

    @Test
    void faultsAndSwitchesComeByTheControlAddressWhichTellsWhatWasSeen() throws Exception {
        run((zendesk, control) -> {
            IssuedTokens pair = zendesk.issue(zendesk.client("quickstart"), "read");
            Http api = new Http(zendesk);
            send(control, "fault", "on=api&kind=throttled&seconds=9&times=2");
            send(control, "fault", "on=token&kind=error&error=invalid_grant");
            send(control, "set", "answer_anything=true&anonymous_requests=false&access_lifetime=7");

            assertThat(api.bearer(TICKETS, pair.accessToken()).headers().firstValue("Retry-After"))
                    .hasValue("9");
            assertThat(api.bearer(TICKETS, pair.accessToken()).statusCode()).isEqualTo(429);
            assertThat(api.bearer("/api/v2/brands", pair.accessToken()).statusCode())
                    .isEqualTo(200);
            assertThat(api.send(api.request("/api/v2/requests").POST(BodyPublishers.ofString("{}")))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(api.refresh(zendesk.client("quickstart"), pair.refreshToken())
                            .body())
                    .contains("invalid_grant");
            assertThat(send(control, "seen", "").body())
                    .contains("GET /api/v2/tickets.json 429", "refresh_token", "\"rotations\":0")
                    .doesNotContain(pair.accessToken());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | a=b                          | use client, clock, fault, reset, revoke, seen, set",
                "client  | name=x                       | knows no name: use access_lifetime, authentication",
                "client  | terms=legacy                 | needs identifier",
                "client  | identifier=x&terms=old       | takes no such terms: use global, legacy, today",
                "client  | identifier=x&redirect_uri=/c | it must be absolute",
                "clock   | advance=soon                 | takes a whole number as advance",
                "fault   | on=token&kind=bang           | takes no such kind: use delay, drip, drop_after_commit",
                "set     | jwt=maybe                    | takes no such jwt: use false, true",
                "token   | client=nobody                | register it by the command client"
            })
    void anUnusableCommandIsAnsweredWithItsRemedy(String command, String form, String remedy) throws Exception {
        run((zendesk, control) -> {
            HttpResponse<String> refused = send(control, command, form);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused).path("error").asText()).contains(remedy);
        });
        assertThat(ZendeskServerMain.run(
                        new String[] {"0", "--" + command, form}, printer(out), printer(err), zendesk -> {}))
                .isEqualTo(2);
        assertThat(text(err)).contains(remedy).hasLineCount(1);
    }

    @Test
    void noSecretIsInAnyToString() {
        assertThat(Arguments.of("--client", "identifier=app&secret=mine").toString())
                .contains("client")
                .doesNotContain("mine");
        assertThat(new Parameters("client", "secret=mine").toString()).doesNotContain("mine");
    }

    @Test
    void aPageInABrowserCommandsNothing() throws Exception {
        run((zendesk, control) -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(control.resolve("/reset"));
            assertThat(send(request.copy()
                                    .header("Origin", "https://evil.example")
                                    .POST(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(request.copy().GET()).statusCode()).isEqualTo(405);
            assertThat(byAnotherName(control)).startsWith("HTTP/1.1 403");
            assertThat(zendesk.client("quickstart")).isNotNull();
        });
    }

    /** As a page sees it whose own name was made to lead here. */
    private static String byAnotherName(URI control) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", control.getPort())) {
            String request =
                    "POST /reset HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void run(Work work, String... more) throws Exception {
        String[] args = new String[more.length + 3];
        System.arraycopy(new String[] {"0", "--control", "0"}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        int exitCode = ZendeskServerMain.run(args, printer(out), printer(err), zendesk -> {
            Matcher control =
                    Pattern.compile("control (http://127\\.0\\.0\\.1:\\d+)").matcher(text(out));
            assertThat(control.find()).isTrue();
            try {
                work.with(zendesk, URI.create(control.group(1)));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(text(err)).isEmpty();
        assertThat(exitCode).isZero();
    }

    private HttpResponse<String> send(URI control, String command, String form) throws Exception {
        return send(HttpRequest.newBuilder(control.resolve("/" + command)).POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Http.json(answer);
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
