package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamedBodiesTest {
    private static final int LARGE = 64 << 20;

    @TempDir
    Path folder;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private HttpServer account;
    private Proxied acme;

    @BeforeEach
    void open() throws IOException {
        account = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        account.setExecutor(Executors.newCachedThreadPool());
        account.createContext("/early", this::early);
        account.createContext("/download", StreamedBodiesTest::download);
        account.createContext("/upload", this::upload);
        account.createContext("/broken", StreamedBodiesTest::broken);
        account.start();
        acme = Proxied.to(
                Proxied.fixed("http://127.0.0.1:" + account.getAddress().getPort(), "x"), folder);
    }

    @AfterEach
    void close() {
        acme.close();
        account.stop(0);
    }

    @Test
    void theFirstBytesOfAnAnswerArriveBeforeTheLastAreSent() throws Exception {
        HttpResponse<InputStream> answer =
                acme.client.send(acme.request("/early").build(), BodyHandlers.ofInputStream());

        assertThat(answer.body().read()).isEqualTo('1');
        arrived.countDown();
        assertThat(answer.body().readAllBytes()).containsExactly('2');
    }

    @Test
    void theFirstBytesOfARequestArriveBeforeTheLastAreSent() throws Exception {
        HttpResponse<String> answer = acme.send(acme.request("/upload").POST(BodyPublishers.ofInputStream(Late::new)));

        assertThat(answer.body()).isEqualTo(String.valueOf(LARGE));
    }

    @Test
    void aLargeAnswerIsPassedOnWithItsLength() throws Exception {
        HttpResponse<InputStream> answer =
                acme.client.send(acme.request("/download").build(), BodyHandlers.ofInputStream());

        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LARGE);
        assertThat(answer.body().transferTo(OutputStream.nullOutputStream())).isEqualTo(LARGE);
    }

    @Test
    void anAnswerThatBreaksOffDoesNotLookComplete() throws Exception {
        HttpResponse<InputStream> answer =
                acme.client.send(acme.request("/broken").build(), BodyHandlers.ofInputStream());

        assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void aRequestThatBreaksOffReachesNobodyAsAWhole() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = acme.client.sendAsync(
                acme.request("/upload")
                        .POST(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(Broken::new), LARGE))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer).failsWithin(1, TimeUnit.MINUTES);
        assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private void early(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write('1');
        body.flush();
        await(arrived);
        body.write('2');
        exchange.close();
    }

    private static void download(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, LARGE);
        new Zeros().transferTo(exchange.getResponseBody());
        exchange.close();
    }

    private static void broken(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, LARGE);
        exchange.getResponseBody().write(new byte[1000]);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    /** Tells of the first bytes, and how many there were. */
    private void upload(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        long count = body.readNBytes(1).length;
        arrived.countDown();
        byte[] answer = String.valueOf(count + body.transferTo(OutputStream.nullOutputStream()))
                .getBytes();
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** A body whose last bytes are there when the first have arrived. */
    private final class Late extends Zeros {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count < 0) {
                await(arrived);
            }
            return count;
        }
    }

    private static class Zeros extends InputStream {
        private int left = LARGE;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = Math.min(length, left);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }

    private static final class Broken extends Zeros {
        private int pieces = 20;

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (pieces-- == 0) {
                throw new IOException("gone");
            }
            return super.read(bytes, offset, length);
        }
    }
}
