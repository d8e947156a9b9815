package io.github.camelzendesk.auth.login;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What web pages, browsers that fetch ahead, and other programs of this machine send while a login waits. */
class StrangersAtTheCallbackTest {
    private static final int MORE_THAN_THE_LISTENER_SERVES = 40;

    private CompletableFuture<URI> opened;
    private int port;
    private CompletableFuture<AuthorizationCode> login;

    @BeforeEach
    void beginALogin() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        opened = new CompletableFuture<>();
        login = new LoopbackLogin(opened::complete, Duration.ofMinutes(2))
                .authorize(new AuthorizationUrl(
                        "https://acme.zendesk.com/oauth/authorizations/new",
                        "https://acme.zendesk.com",
                        "app",
                        "http://localhost:" + port,
                        "read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image",
                "Sec-Fetch-Dest: image",
                "Sec-Fetch-Dest: script",
                "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
                "Sec-Fetch-Dest: empty",
                "Sec-Fetch-Dest:",
                "Sec-Fetch-Dest: document\r\nSec-Fetch-Dest: image",
                "Sec-Fetch-Mode: cors",
                "Sec-Fetch-Mode: no-cors",
                "sec-fetch-mode:\twebsocket",
                "SEC-FETCH-DEST: IMAGE",
                "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nSec-Purpose: prefetch;prerender",
                "Sec-Purpose: prefetch",
                "Purpose: prefetch",
                "purpose: Prefetch"
            })
    void whatIsNoNavigationOfAPersonEndsNoLoginAndIsNotCounted(String headers) {
        for (int i = 0; i < 20; i++) {
            assertThat(get("/?error=access_denied&error_description=evil", headers))
                    .startsWith("HTTP/1.1 404");
            assertThat(get("/?code=forged&state=guess" + i, headers)).startsWith("HTTP/1.1 404");
            assertThat(get("/?error=access_denied&state=guess" + i, headers)).startsWith("HTTP/1.1 404");
        }
        assertThat(login).isNotDone();

        assertThat(get("/?code=good&state=" + state(), "X: y")).startsWith("HTTP/1.1 200");
        assertThat(login.join().code().reveal()).isEqualTo("good");
    }

    @Test
    void aCallbackUnderAnotherNameOfThisMachineIsToldWhichAddressIsExpected() throws IOException {
        String line = "callbackUrl, which is http://localhost:" + port + "/. Open it there";
        String found = "/?code=good&state=" + state();

        assertThat(getAt("127.0.0.1:" + port, found, "Sec-Fetch-Dest: image")).startsWith("HTTP/1.1 400");
        assertThat(Files.readString(TestLog.FILE)).doesNotContain(line);
        for (String other : new String[] {"127.0.0.1:", "[::1]:"}) {
            assertThat(getAt(other + port, found, "X: y"))
                    .startsWith("HTTP/1.1 400")
                    .contains("This login is answered at localhost", "put localhost in place of the host name");
        }
        assertThat(login).isNotDone();
        assertThat(Files.readString(TestLog.FILE)).containsOnlyOnce(line);
        assertThat(getAt("evil.com:" + port, found, "X: y")).doesNotContain("localhost");

        assertThat(get(found, "X: y")).startsWith("HTTP/1.1 200");
        assertThat(login.join().code().reveal()).isEqualTo("good");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document",
                "Sec-Fetch-Dest: document",
                "sec-fetch-mode:Navigate",
                "Purpose: other",
                "User-Agent: one that sends none of them"
            })
    void aNavigationWithoutAStateEndsTheLoginForZendeskSendsNone(String headers) {
        assertThat(get("/?error=access_denied", headers)).startsWith("HTTP/1.1 200");

        assertThat(refusal().error()).isEqualTo("access_denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error=access_denied&error_description=Call+%2B1-900",
                "error=Call+us&error_description=now",
                "error=call_us",
                "error=%3Cb%3E",
                "error="
            })
    void theWordsOfARefusalThatKnowsNoStateAreNotRepeated(String query) {
        get("/?" + query, "X: y");

        assertThat(refusal().errorDescription()).isNull();
        assertThat(refusal().error()).isIn(null, "access_denied");
        assertThat(refusal()).hasMessageNotContainingAny("900", "Call", "call_us", "<b>");
    }

    @Test
    void theWordsOfARefusalWithTheRightStateAre() {
        get("/?error=invalid_scope&error_description=No+such+scope&state=" + state(), "X: y");

        assertThat(refusal().error()).isEqualTo("invalid_scope");
        assertThat(refusal().errorDescription()).isEqualTo("No such scope");
    }

    @Test
    void silentConnectionsThatComeAgainAndAgainDoNotKeepTheRealCallbackOut() throws Exception {
        CountDownLatch busy = new CountDownLatch(MORE_THAN_THE_LISTENER_SERVES);
        for (int i = 0; i < MORE_THAN_THE_LISTENER_SERVES; i++) {
            CompletableFuture.runAsync(() -> beSilentUntilTheLoginEnds(busy), task -> new Thread(task).start());
        }
        assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(get("/?code=good&state=" + state(), "X: y")).startsWith("HTTP/1.1 200");
        assertThat(login.join().code().reveal()).isEqualTo("good");
    }

    private void beSilentUntilTheLoginEnds(CountDownLatch busy) {
        while (!login.isDone()) {
            try (Socket silent = new Socket("127.0.0.1", port)) {
                silent.getOutputStream().write('G');
                busy.countDown();
                silent.getInputStream().readAllBytes();
            } catch (IOException e) {
                // It was turned away, and comes again.
                busy.countDown();
            }
        }
    }

    @Test
    void aListenerThatCanAcceptNothingForLackOfDescriptorsTriesAgainButDoesNotSpin() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger pauses = new AtomicInteger();
        try (ServerSocket exhausted = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")) {
            @Override
            public Socket accept() throws IOException {
                if (tries.incrementAndGet() == 6) {
                    close();
                }
                throw new IOException("Too many open files");
            }
        }) {
            new LoopbackListener("localhost", 1, request -> CallbackPage.NOT_FOUND, pauses::incrementAndGet)
                    .accept(exhausted);
        }

        assertThat(tries).hasValue(6);
        assertThat(pauses).as("one after each").hasValue(6);
    }

    /** Such a JVM can neither bind ::1 nor look whether somebody else has, so all it can do is say so. */
    @Test
    void aJvmThatKnowsNoIpv6SaysThatAnotherProgramMayGetTheCallback() throws IOException {
        System.setProperty("java.net.preferIPv4Stack", "true");
        try {
            beginALogin();
        } finally {
            System.clearProperty("java.net.preferIPv4Stack");
        }
        assertThat(Files.readString(TestLog.FILE))
                .contains("callbackUrl to http://127.0.0.1:" + port + " and register that");
    }

    private AuthorizationRequired refusal() {
        return (AuthorizationRequired)
                catchThrowableOfType(CompletionException.class, login::join).getCause();
    }

    private String state() {
        return CallbackQuery.parse(opened.join().getRawQuery()).get("state");
    }

    private String get(String target, String headers) {
        return getAt("localhost:" + port, target, headers);
    }

    private String getAt(String host, String target, String headers) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
