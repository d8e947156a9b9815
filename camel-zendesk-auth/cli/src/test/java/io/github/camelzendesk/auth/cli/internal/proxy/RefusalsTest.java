package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class RefusalsTest {
    private static final String STATUS = "GET /status HTTP/1.1\r\n";

    @TempDir
    Path folder;

    private ZendeskServer zendesk;
    private Proxied acme;
    private String host;

    @BeforeEach
    void open(ZendeskServer server) throws IOException {
        zendesk = server;
        acme = Proxied.to(Proxied.grant(server, folder), folder);
        host = "Host: 127.0.0.1:" + acme.port() + "\r\n";
    }

    @AfterEach
    void nothingWentOn() {
        acme.close();
        assertThat(zendesk.apiRequests()).isEmpty();
    }

    @Test
    void withoutTheTokenNothingIsServedAndTheAnswerSaysHowToGiveIt() throws Exception {
        String answer = acme.unshown("GET /api/v2/users/me.json HTTP/1.1\r\n" + host);

        assertThat(answer)
                .startsWith("HTTP/1.1 401")
                .contains("\"title\":\"TokenNeeded\"", "Authorization: Bearer TOKEN", "WWW-Authenticate: Bearer")
                .doesNotContain(acme.token);
        assertThat(acme.unshown(STATUS + host)).startsWith("HTTP/1.1 401");
    }

    @Test
    void theTokenIsABearerTokenOrThePasswordOfAnyUser() throws Exception {
        assertThat(acme.raw(STATUS + host)).startsWith("HTTP/1.1 200");
        assertThat(acme.unshown(STATUS + host + "authorization: bearer " + acme.token + "\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(acme.unshown(STATUS + host + basic("any:" + acme.token))).startsWith("HTTP/1.1 200");
        assertThat(acme.unshown(STATUS + host + basic(":" + acme.token))).startsWith("HTTP/1.1 200");
    }

    @Test
    void nothingThatOnlyResemblesTheTokenIsTaken() throws Exception {
        String[] shown = {
            "Authorization: Bearer \r\n",
            "Authorization: " + acme.token + "\r\n",
            "Authorization: Bearer " + acme.token + "x\r\n",
            "Authorization: Bearer " + acme.token.substring(1) + "\r\n",
            "Authorization: Basic " + acme.token + "\r\n",
            "Authorization: Basic !\r\n",
            basic(acme.token + ":any"),
            basic("any:x" + acme.token),
            "Authorization: Bearer " + acme.token + "\r\nAuthorization: Bearer x\r\n",
            "Cookie: " + acme.token + "\r\n",
            "Proxy-Authorization: Bearer " + acme.token + "\r\n"
        };
        for (String line : shown) {
            assertThat(acme.unshown(STATUS + host + line))
                    .as(line.substring(0, 16))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "localhost.:PORT", "0:PORT"})
    void aForeignHostIsRefusedBeforeTheTokenIsLookedAt(String foreign) throws Exception {
        String line = "Host: " + foreign.replace("PORT", String.valueOf(acme.port())) + "\r\n";

        assertThat(acme.raw(STATUS + line)).startsWith("HTTP/1.1 421").contains("OtherHost");
        assertThat(acme.unshown(STATUS + line)).startsWith("HTTP/1.1 421");
    }

    @Test
    void eachNameOfTheLoopbackIsItsOwn() throws Exception {
        for (String name : new String[] {"localhost", "LOCALHOST", "127.0.0.1", "[::1]"}) {
            assertThat(acme.raw(STATUS + "Host: " + name + ":" + acme.port() + "\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aHostThatIsMissingOrStandsTwiceIsRefused() throws Exception {
        assertThat(acme.raw(STATUS)).startsWith("HTTP/1.1 400");
        assertThat(acme.raw("GET /status HTTP/1.0\r\n")).startsWith("HTTP/1.1 421");
        assertThat(acme.raw(STATUS + host + host)).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://127.0.0.1:1", "Origin: null", "Sec-Fetch-Site: cross-site"})
    void aWebPageIsRefused(String header) throws Exception {
        assertThat(acme.raw(STATUS + host + header + "\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("WebPage")
                .doesNotContain("Access-Control", "WWW-Authenticate");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT acme.zendesk.com:443, 405",
        "CONNECT 127.0.0.1:PORT, 405",
        "TRACE /api/v2/users/me.json, 405",
        "PROPFIND /api/v2/users/me.json, 405",
        "GET http://evil.example/api/v2/users/me.json, 400",
        "GET http://user@127.0.0.1:PORT/api/v2/users/me.json, 400",
        "GET //evil.example/api/v2/users/me.json, 400",
        "GET /api/v2/../../x, 400",
        "GET /api/v2/./x, 400",
        "GET /api/v2/.., 400",
        "GET /api/%2e%2E/x, 400",
        "GET /api/%252e%252e/x, 400",
        "GET /api/v2%2fx, 400",
        "GET /api/v2%5cx, 400",
        "GET /api/v2\\x, 400",
        "GET /api/v2/x;y, 400",
        "GET /api/v2/x%3by, 400",
        "GET /api/v2/x%0d%0ay, 400",
        "GET /api/v2/x%00, 400",
        "GET /api/v2/x%c0%ae, 400",
        "GET api/v2/x, 400",
        "OPTIONS *, 400"
    })
    void aTargetThatIsNoPlainPathIsRefused(String line, int status) throws Exception {
        String answer = acme.raw(line.replace("PORT", String.valueOf(acme.port())) + " HTTP/1.1\r\n" + host);

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json", "\"title\":");
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 4|Transfer-Encoding: chunked', 400",
        "'Content-Length: 4|Content-Length: 5', 400",
        "'Content-Length: -1', 400",
        "'Transfer-Encoding: gzip, chunked', 501",
        "'Transfer-Encoding: chunked, gzip', 400",
        "'Connection: upgrade|Upgrade: websocket', 501",
        "'X-Continued: a| b', 400"
    })
    void framingThatCouldBeReadInTwoWaysIsRefused(String lines, int status) throws Exception {
        String answer = acme.raw("POST /api/v2/tickets.json HTTP/1.1\r\n" + host + lines.replace("|", "\r\n") + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
    }

    @Test
    void aGetHasNoBody() throws Exception {
        assertThat(acme.raw("GET /api/v2/users/me.json HTTP/1.1\r\nContent-Length: 2\r\n" + host))
                .startsWith("HTTP/1.1 400")
                .contains("BodyRefused");
    }

    @Test
    void aHeadThatIsTooLongIsRefused() throws Exception {
        assertThat(acme.raw(STATUS + host + "X: " + "x".repeat(Limits.REQUEST_HEAD) + "\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("HeadTooLong");
    }

    @Test
    void silentConnectionsDoNotKeepTheOwnerOut(@TempDir Path other) throws Exception {
        Limits impatient =
                new Limits(Duration.ofDays(1), Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(10));
        List<Socket> silent = new ArrayList<>();
        try (Proxied crowded = Proxied.to(Proxied.grant(zendesk, other), other, impatient)) {
            for (int number = 0; number < Limits.CONNECTIONS + 10; number++) {
                silent.add(new Socket("127.0.0.1", crowded.port()));
            }
            assertThat(crowded.get("/status").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void aConnectionThatStopsInTheMiddleIsGivenUp(@TempDir Path other) throws Exception {
        Duration idle = Duration.ofMillis(200);
        Limits impatient = new Limits(idle, idle, Duration.ofMinutes(1), Duration.ofSeconds(10));
        try (Proxied hasty = Proxied.to(Proxied.grant(zendesk, other), other, impatient)) {
            String post = "POST /api/v2/tickets.json HTTP/1.1\r\nHost: 127.0.0.1:" + hasty.port() + "\r\n";

            assertThat(hasty.raw(post + "Content-Length: 9\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("RequestBrokenOff");
            assertThat(hasty.raw(post + "Content-Length: " + (2 * Limits.KEPT_BODY) + "\r\n"))
                    .startsWith("HTTP/1.1 400");
            try (Socket silent = new Socket("127.0.0.1", hasty.port())) {
                silent.getOutputStream().write(post.getBytes(StandardCharsets.US_ASCII));
                assertThat(silent.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void theStatusIsThatOfTheConnectionWithoutASecret() throws Exception {
        HttpResponse<String> status = acme.get("/status");

        assertThat(status.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(status.body())
                .contains("\"connection\":\"acme\"", "\"url\":\"" + zendesk.url() + "\"", "\"state\":")
                .doesNotContain(acme.token);
    }

    private static String basic(String credentials) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }
}
