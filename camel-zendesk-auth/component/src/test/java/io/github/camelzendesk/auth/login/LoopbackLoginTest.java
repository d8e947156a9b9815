package io.github.camelzendesk.auth.login;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoopbackLoginTest {
    private final List<URI> opened = new ArrayList<>();
    private final LoopbackLogin login = new LoopbackLogin(opened::add, Duration.ofSeconds(20));
    private int port;

    @BeforeEach
    void findAPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void twoLoginsAtOneAddressNeverMix() {
        CompletableFuture<AuthorizationCode> first = login.authorize(url());
        CompletableFuture<AuthorizationCode> second = login.authorize(url());

        get("/?code=two&state=" + state(1));
        get("/?code=one&state=" + state(0));

        assertThat(first.join().code().reveal()).isEqualTo("one");
        assertThat(second.join().code().reveal()).isEqualTo("two");
        assertThat(first.join().codeVerifier().sameAs(second.join().codeVerifier()))
                .isFalse();
    }

    @Test
    void surprise10_aDenyWithoutAStateEndsNoneOfSeveralAndTheOnlyOneOfOne() {
        CompletableFuture<AuthorizationCode> first = login.authorize(url());
        CompletableFuture<AuthorizationCode> second = login.authorize(url());

        assertThat(get("/?error=access_denied")).startsWith("HTTP/1.1 404");
        assertThat(first).isNotDone();
        get("/?code=one&state=" + state(0));
        get("/?error=access_denied");

        assertThat(first.join().code().reveal()).isEqualTo("one");
        assertThatThrownBy(second::join).hasCauseInstanceOf(AuthorizationRequired.class);
    }

    @Test
    void aWrongStateIsTurnedAwayAndTheRightOneStillWorks() {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());

        assertThat(get("/?code=forged&state=guess")).startsWith("HTTP/1.1 404").doesNotContain("forged", "guess");
        assertThat(get("/?code=forged")).startsWith("HTTP/1.1 404");
        assertThat(get("/?code=good&state=" + state(0)))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Security-Policy: default-src 'none'", "Cache-Control: no-store")
                .doesNotContain("good", state(0), "<script");
        assertThat(waiting.join().code().reveal()).isEqualTo("good");
    }

    @Test
    void tenWrongStatesEndTheLogin() {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());
        for (int i = 0; i < 10; i++) {
            get("/?code=x&state=guess" + i);
        }
        assertThatThrownBy(waiting::join).hasMessageContaining("Something on this machine is guessing");
    }

    @Test
    void otherHostsPathsMethodsAndDoubledParametersAreTurnedAway() {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());
        String good = "/?code=c&state=" + state(0);

        assertThat(send("GET " + good + " HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n"))
                .contains(" 400 ");
        assertThat(send("GET " + good + " HTTP/1.1\r\n\r\n")).contains(" 400 ");
        assertThat(send("POST " + good + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n"))
                .contains(" 404 ");
        assertThat(get("/other?code=c&state=" + state(0))).contains(" 404 ");
        assertThat(get(good + "&code=d")).contains(" 400 ");
        assertThat(get(good + "&error=x")).contains(" 400 ");
        assertThat(get(good + "&iss=https%3A%2F%2Fother.example")).contains(" 400 ");
        assertThat(send("GET /" + "x".repeat(9000) + " HTTP/1.1\r\n")).contains(" 400 ");
        assertThat(waiting).isNotDone();
        waiting.cancel(true);
    }

    @Test
    void aSilentConnectionDoesNotHoldUpTheRealOne() throws IOException {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());
        try (Socket silent = new Socket("127.0.0.1", port)) {
            get("/?code=good&state=" + state(0));

            assertThat(silent.isConnected()).isTrue();
            assertThat(waiting.join().code().reveal()).isEqualTo("good");
        }
    }

    @Test
    void onlyLoopbackAddressesAreBoundAndTheyAreFreeAfterwards() throws IOException {
        login.authorize(url());
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
                }
            }
        }
        get("/?code=good&state=" + state(0));
        Awaitility.await().ignoreExceptions().until(() -> {
            new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
            return true;
        });
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> login.authorize(url()).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("port " + port + " of callbackUrl")
                    .hasMessageContaining("register another address");
        }
    }

    @Test
    void surprise10_aLoginThatNobodyFinishesEndsAtItsTimeout() {
        LoopbackLogin short1 = new LoopbackLogin(opened::add, Duration.ofMillis(30));

        assertThatThrownBy(() -> short1.authorize(url()).join())
                .hasCauseInstanceOf(AuthorizationRequired.class)
                .hasMessageContaining("loginTimeout");
    }

    @Test
    void theChallengeIsTheOneOfRfc7636AppendixB() {
        assertThat(Pkce.of(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                        .challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void aPastedCallbackIsABareCodeOrAWholeAddress() {
        assertThat(PastedCallback.parse(" abc ", "oauthVerifier").code().reveal())
                .isEqualTo("abc");
        assertThat(PastedCallback.parse("\"http://localhost:33333/?code=abc&state=s#x\"", "oauthVerifier")
                        .state())
                .isEqualTo("s");
        assertThatThrownBy(() -> PastedCallback.parse("http://localhost/?error=access_denied", "oauthVerifier"))
                .isInstanceOf(AuthorizationRequired.class);
        assertThatThrownBy(() -> PastedCallback.parse("no code here", "oauthVerifier"))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("oauthVerifier")
                .hasMessageNotContaining("no code here");
    }

    private AuthorizationUrl url() {
        return new AuthorizationUrl(
                "https://acme.zendesk.com/oauth/authorizations/new", "app", "http://localhost:" + port, "read write");
    }

    private String state(int login) {
        return Query.parse(opened.get(login).getRawQuery()).get("state");
    }

    private String get(String target) {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n");
    }

    private String send(String request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
