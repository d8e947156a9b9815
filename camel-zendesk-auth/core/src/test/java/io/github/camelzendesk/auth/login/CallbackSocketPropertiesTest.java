package io.github.camelzendesk.auth.login;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * The live listener: every connection gets one of the fixed pages, and only the right state or a refusal without one ends
 * the login.
 */
class CallbackSocketPropertiesTest {
    private static final String STATE = "the-right-state";
    private static final String ISSUER = "https://acme.zendesk.com";

    private int port;
    private CompletableFuture<Secret> login;

    @BeforeTry
    void listen() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        login = LoopbackReceiver.await(URI.create("http://127.0.0.1:" + port + "/back"), STATE, ISSUER);
    }

    @AfterTry
    void stopListening() {
        login.cancel(true);
    }

    @Property(tries = 150)
    void anyBytesGetAFixedPage(@ForAll("bytes") byte[] bytes) {
        assertFixedPage(send(bytes));
        assertThat(login).isNotDone();
    }

    @Property(tries = 250)
    void noRequestWithoutTheRightStateEndsTheLoginButARefusalThatNamesNone(@ForAll("requests") String request) {
        assertFixedPage(send(request.replace("{port}", String.valueOf(port)).getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(login).isNotDone();
    }

    @Property(tries = 100)
    void theRightStateEndsTheLoginWithACodeOrNotAtAll(@ForAll("codes") String code) {
        byte[] page = send(get("/back?state=" + STATE + "&code=" + code));

        assertFixedPage(page);
        assertThat(login.isDone()).isEqualTo(Arrays.equals(page, CallbackPage.SUCCESS.response()));
        if (login.isDone()) {
            assertThat(login.join().reveal()).matches("[\\x20-\\x7e]+");
        }
    }

    @Example
    void aHeadOfAnySizeGetsItsPage() {
        for (int size : new int[] {8_000, 8_191, 8_192, 8_193, 20_000, 200_000}) {
            assertThat(send(get("/" + "x".repeat(size))))
                    .as("%d", size)
                    .isEqualTo(size < 8_100 ? CallbackPage.NOT_FOUND.response() : CallbackPage.BAD_REQUEST.response());
        }
        byte[] post = ("POST /back HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n" + "x".repeat(100_000))
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(send(post)).isEqualTo(CallbackPage.NOT_FOUND.response());
    }

    @Example
    void whatOnlyLooksRightEndsNothing() {
        String good = "/back?code=c&state=" + STATE;
        for (String request : new String[] {
            "GET " + good + "\r\n\r\n",
            "GET " + good + " HTTP/1.1\r\n\r\n",
            "GET " + good + " HTTP/1.1\r\nHost: evil.com\r\n\r\n",
            "GET " + good + " HTTP/1.1\r\nHost: 127.0.0.1.evil.com:" + port + "\r\n\r\n",
            "GET " + good + " HTTP/1.1\r\nHost:\r\nHost: 127.0.0.1:" + port + "\r\n\r\n",
            "GET " + good + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nHost: evil.com\r\n\r\n",
            "GET http://127.0.0.1:" + port + good + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n",
            "GET " + good + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n",
            "GET " + good + "%00 HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n",
            "HEAD " + good + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n"
        }) {
            assertFixedPage(send(request.getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(login).as(request).isNotDone();
        }
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    }

    @Provide
    Arbitrary<String> requests() {
        Arbitrary<String> method = Arbitraries.of("GET", "GET", "GET", "POST", "OPTIONS", "get", "\u0000");
        Arbitrary<String> target =
                Arbitraries.of("/back", "/back", "/", "http://127.0.0.1:{port}/back", "*", "/back/", "/%62ack");
        Arbitrary<String> host = Arbitraries.of(
                "127.0.0.1:{port}",
                "127.0.0.1:{port}",
                "evil.com",
                "localhost:{port}",
                "",
                "127.0.0.1:{port}\r\nHost: x");
        Arbitrary<String> end =
                Arbitraries.of("\r\n\r\n", "\r\n\r\n", "\r\n", "\n\n", "", "\r\n\r\n\u0000GET / HTTP/1.1\r\n\r\n");
        return Combinators.combine(method, target, queries(), Arbitraries.of(" HTTP/1.1", "", " HTTP/1.0"), host, end)
                .as((a, b, c, d, e, f) -> a + " " + b + c + d + "\r\nHost: " + e + f);
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.of(
                "abc",
                "",
                "%00",
                "%0d%0a",
                "%20",
                "+",
                "%zz",
                "a&code=b",
                "a&error=b",
                "a&iss=" + ISSUER,
                "a&iss=https://evil.com",
                "%41",
                "%c3%a9",
                "a%20b",
                "a-._~%2B%2F%3D");
    }

    /** A refusal without a state does end the login when it is the only one: Zendesk may not send it back. */
    private static Arbitrary<String> queries() {
        Arbitrary<String> query = Arbitraries.of(
                "code=<script>",
                "state=wrong",
                "state=",
                "state=the-right-stat",
                "error=denied&state=wrong",
                "%zz",
                "%00",
                "code=a&code=b",
                "x=" + "y".repeat(300),
                "state=the-right-state%00",
                "iss=https://evil.com");
        return query.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(list -> "?" + String.join("&", list))
                .filter(CallbackSocketPropertiesTest::namesAState);
    }

    private static boolean namesAState(String query) {
        return !query.contains("error=")
                || CallbackQuery.parse(query.substring(1)).containsKey("state")
                || CallbackQuery.parse(query.substring(1)).isEmpty();
    }

    private byte[] get(String target) {
        return ("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Half-closes like a client that has said all it wants to say, so that no try waits for a time-out. */
    private byte[] send(byte[] request) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Byte for byte, so that nothing of the request can be in it. */
    private static void assertFixedPage(byte[] response) {
        assertThat(Arrays.stream(CallbackPage.values()).anyMatch(page -> Arrays.equals(page.response(), response)))
                .as("one of the fixed pages, and not %d bytes", response.length)
                .isTrue();
    }
}
