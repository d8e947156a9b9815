package io.github.camelzendesk.benchmarks.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A token endpoint that grants whatever is asked for, at once. */
final class TokenServer implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicLong granted = new AtomicLong();

    TokenServer() throws IOException {
        server.createContext("/oauth/tokens", this::grant);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void grant(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] answer = ("{\"access_token\":\"%064d\",\"refresh_token\":\"%1$064x\",\"token_type\":\"bearer\","
                        + "\"scope\":\"read write\",\"expires_in\":1800,\"refresh_token_expires_in\":2592000}")
                .formatted(granted.incrementAndGet())
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
