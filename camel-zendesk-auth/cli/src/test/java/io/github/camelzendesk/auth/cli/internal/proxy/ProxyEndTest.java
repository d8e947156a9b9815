package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyEndTest {
    @TempDir
    Path folder;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private HttpServer account;

    @BeforeEach
    void open() throws IOException {
        account = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        account.setExecutor(Executors.newCachedThreadPool());
        account.createContext("/slow", this::slow);
        account.createContext("/fast", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        account.start();
    }

    @AfterEach
    void close() {
        answered.countDown();
        account.stop(0);
    }

    @Test
    void aRequestThatRunsIsAnsweredAndNoOtherIsTaken() throws Exception {
        Proxied acme = proxied(Duration.ofMinutes(1));
        CompletableFuture<HttpResponse<String>> running = running(acme);

        CompletableFuture<Void> end = CompletableFuture.runAsync(acme::close);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !accepts(acme.port()));
        assertThat(end).isNotDone();
        answered.countDown();

        assertThat(running.get(30, TimeUnit.SECONDS).body()).isEqualTo("done");
        end.get(30, TimeUnit.SECONDS);
        assertThat(acme.file).doesNotExist();
    }

    @Test
    void aRequestThatTakesTooLongIsBrokenOff() throws Exception {
        Proxied acme = proxied(Duration.ofMillis(100));
        CompletableFuture<HttpResponse<String>> running = running(acme);

        acme.close();

        assertThat(running.handle((answer, error) -> error != null || answer.statusCode() == 502)
                        .get(30, TimeUnit.SECONDS))
                .isTrue();
        assertThat(acme.file).doesNotExist();
    }

    @Test
    void aConnectionThatOnlyWaitsForTheNextRequestHoldsUpNothing() throws Exception {
        Proxied acme = proxied(Duration.ofDays(1));
        assertThat(acme.get("/fast").statusCode()).isEqualTo(204);

        CompletableFuture.runAsync(acme::close).get(30, TimeUnit.SECONDS);

        assertThat(accepts(acme.port())).isFalse();
    }

    private Proxied proxied(Duration end) throws IOException {
        return Proxied.to(
                Proxied.fixed("http://127.0.0.1:" + account.getAddress().getPort(), "x"),
                folder,
                new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), end));
    }

    private CompletableFuture<HttpResponse<String>> running(Proxied acme) throws Exception {
        CompletableFuture<HttpResponse<String>> running =
                acme.client.sendAsync(acme.request("/slow").build(), BodyHandlers.ofString());
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        return running;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void slow(HttpExchange exchange) throws IOException {
        arrived.countDown();
        try {
            answered.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        exchange.sendResponseHeaders(200, 4);
        exchange.getResponseBody().write("done".getBytes());
        exchange.close();
    }
}
