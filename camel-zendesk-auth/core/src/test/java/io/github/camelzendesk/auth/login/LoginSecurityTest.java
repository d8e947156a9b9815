package io.github.camelzendesk.auth.login;

import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;

import static org.assertj.core.api.Assertions.assertThat;

/** The rows of {@code docs/security.adoc} about the login that have no test elsewhere. */
class LoginSecurityTest {
    @ParameterizedTest
    @EnumSource(CallbackPage.class)
    void everyPageIsFixedAndForbidsScriptsFramesCachesAndReferrers(CallbackPage page) {
        String response = new String(page.response(), StandardCharsets.UTF_8);

        assertThat(response)
                .contains(
                        "\r\nCache-Control: no-store\r\n",
                        "\r\nReferrer-Policy: no-referrer\r\n",
                        "\r\nX-Content-Type-Options: nosniff\r\n",
                        "\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-",
                        "frame-ancestors 'none'")
                .doesNotContainIgnoringCase("<script", "<img", "<link", "http://", "https://")
                .doesNotContain("{title}", "{text}", "{mark}");
    }

    @Test
    void aCallbackOfTheConfiguredIssuerIsAcceptedAndOneOfAnotherEndsNothing() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        BlockingQueue<URI> opened = new LinkedBlockingQueue<>();
        CompletableFuture<AuthorizationCode> waiting = new LoopbackLogin(opened::add, Duration.ofMinutes(5))
                .authorize(new AuthorizationUrl(
                        "https://acme.zendesk.com/oauth/authorizations/new",
                        "https://acme.zendesk.com",
                        "app",
                        "http://127.0.0.1:" + port,
                        "read"));
        String good = "/?code=good&state="
                + CallbackQuery.parse(opened.poll(60, TimeUnit.SECONDS).getRawQuery())
                        .get("state") + "&iss=";

        assertThat(get(port, good + "https%3A%2F%2Facme.zendesk.com.evil.example"))
                .contains(" 400 ");
        assertThat(get(port, good)).contains(" 400 ");
        assertThat(waiting).isNotDone();
        assertThat(get(port, good + "https%3A%2F%2Facme.zendesk.com")).contains(" 200 ");
        assertThat(waiting.join().code().reveal()).isEqualTo("good");
    }

    private static String get(int port, String target) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
