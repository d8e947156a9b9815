package io.github.camelzendesk.auth.oauth.internal.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.rig.Steps;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What an answer over HTTP leaves in the settings, and what it costs. */
@ExtendWith(ZendeskExtension.class)
class WireOutcomesTest {
    @TempDir
    Path directory;

    private RegisteredClient client;
    private SettingsStore store;
    private TokenManager manager;

    @BeforeEach
    void open(ZendeskServer zendesk) {
        client = zendesk.confidentialClient("app");
        manager = open(zendesk.url(), zendesk.issue(client, "read write").refreshToken());
        manager.authorization().join();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void a429SpendsNothingAndAllWaitForAsLongAsItAsks(ZendeskServer zendesk) {
        zendesk.nextTokenRequest(TokenFault.throttled(Duration.ofSeconds(90)));
        Instant before = Instant.now();

        assertThat(failure()).isInstanceOf(TokenEndpointUnavailable.class);

        OAuthSettings left = store.load().orElseThrow();
        assertThat(left.pending()).isNull();
        assertThat(left.backoff().retryAt())
                .isBetween(before.plusSeconds(90), Instant.now().plusSeconds(90));
    }

    @Test
    void a500AfterTheCommitLeavesTheNoteAndTheNextRefusalIsALostAnswer(ZendeskServer zendesk) {
        zendesk.nextTokenRequest(
                new TokenFault(true, TokenFault.Kind.ANSWER, 500, "", null, Duration.ZERO, null, Set.of(), Map.of()));

        assertThat(failure()).isInstanceOf(TokenEndpointUnavailable.class);
        assertThat(store.load().orElseThrow().pending()).isNotNull();

        forgetTheBackoff();
        assertThat(failure()).isInstanceOfSatisfying(AuthorizationRequired.class, lost -> assertThat(lost.reason())
                .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST));
        assertThat(zendesk.tokenRequestCount()).isEqualTo(3);
    }

    @Test
    void aServerThatForgetsIdleConnectionsIsAskedOnceForEachRefresh() throws IOException {
        manager.close();
        try (OneAnswerAConnection server = new OneAnswerAConnection()) {
            manager = open("http://127.0.0.1:" + server.port(), "r0");
            manager.authorization().join();
            manager.refresh().join();

            assertThat(server.requests).hasValue(2);
        }
    }

    private ZendeskAuthException failure() {
        CompletionException thrown = catchThrowableOfType(
                CompletionException.class, () -> manager.refresh().join());
        return (ZendeskAuthException) thrown.getCause();
    }

    /** As if the time to wait were over. */
    private void forgetTheBackoff() {
        manager.close();
        try (var transaction = store.begin(Duration.ofSeconds(30)).orElseThrow()) {
            transaction.save(store.load().orElseThrow().withBackoff(null));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        manager = open(store.load().orElseThrow().owner().url(), "");
        // What is stored is taken over now, and no refresh takes it for its own.
        manager.authorization().join();
    }

    private TokenManager open(String url, String refreshToken) {
        store = RiggedFiles.store(
                directory.resolve("s-" + url.replaceAll("\\W", "") + ".json"), url, "app", Steps.NONE);
        return RiggedManager.open(
                RiggedManager.connection(url, "app", client.secret(), refreshToken), store, Steps.NONE);
    }

    /**
     * Answers the first request of each connection, and closes the connection without a word when another one comes.
     */
    private static final class OneAnswerAConnection implements AutoCloseable {
        final AtomicInteger requests = new AtomicInteger();
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        OneAnswerAConnection() throws IOException {
            run(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private void accept() throws IOException {
            while (true) {
                Socket socket = server.accept();
                run(() -> serve(socket));
            }
        }

        private void serve(Socket connection) throws IOException {
            try (connection) {
                var in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                int number = read(in);
                String body = "{\"access_token\":\"a" + number + "\",\"refresh_token\":\"r" + number
                        + "\",\"expires_in\":1800}";
                connection
                        .getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                        + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                read(in);
            }
        }

        private int read(BufferedReader in) throws IOException {
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring("Content-Length: ".length()));
                }
            }
            in.skip(length);
            return length == 0 ? 0 : requests.incrementAndGet();
        }

        private static void run(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // It is over.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private interface Work {
            void run() throws IOException;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
