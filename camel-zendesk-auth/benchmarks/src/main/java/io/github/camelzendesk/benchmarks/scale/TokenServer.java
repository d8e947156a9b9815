package io.github.camelzendesk.benchmarks.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.github.camelzendesk.benchmarks.Jvm;

/**
 * A token endpoint for any number of accounts, in a JVM of its own so that what it costs is not counted as ours.
 * Thread-safe.
 *
 * <p>Each loopback address is an account. A refresh token is spent when it arrives, as at Zendesk, and the answer comes
 * after the latency, for which no thread waits.
 */
final class TokenServer {
    private static final int BACKLOG = 4096;
    private static final int READERS = 2;

    private final Map<String, RotatingAccount> accounts = new ConcurrentHashMap<>();
    private final Traffic traffic = new Traffic();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final long latencyMillis;

    private TokenServer(long latencyMillis) {
        this.latencyMillis = latencyMillis;
    }

    /** Says its port, and serves until it is killed. */
    public static void main(String[] args) throws IOException {
        TokenServer stub = new TokenServer(Long.parseLong(args[0]));
        // On all of 127.0.0.0/8, and nowhere else: Linux takes the wildcard for that, others need aliases.
        HttpServer server = HttpServer.create(new InetSocketAddress(0), BACKLOG);
        server.setExecutor(Executors.newFixedThreadPool(READERS));
        server.createContext("/oauth/tokens", stub::spend);
        server.createContext("/traffic", exchange -> answer(exchange, 200, stub.traffic.line()));
        server.createContext("/live", exchange -> answer(exchange, 200, stub.live()));
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    static Jvm start(int latencyMillis) throws IOException {
        return Jvm.start(
                TokenServer.class, List.of("-Xmx1g", "-Dsun.net.httpserver.nodelay=true"), Map.of(), latencyMillis);
    }

    /** What one of its pages says at present. */
    static String read(int port, String path) throws IOException {
        try (var in = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void spend(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String host = exchange.getRequestHeaders().getFirst("Host").replaceFirst(":.*", "");
        RotatingAccount account = accounts.computeIfAbsent(host, RotatingAccount::new);
        traffic.enter(account.enter());
        String tokens = account.spend(form);
        if (tokens == null) {
            traffic.countReuse();
        }
        timer.schedule(() -> land(exchange, account, tokens), latencyMillis, TimeUnit.MILLISECONDS);
    }

    private void land(HttpExchange exchange, RotatingAccount account, String tokens) {
        account.leave();
        traffic.leave();
        try {
            answer(exchange, tokens == null ? 400 : 200, tokens == null ? "{\"error\":\"invalid_grant\"}" : tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String live() {
        return accounts.values().stream().map(RotatingAccount::live).collect(Collectors.joining("\n"));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
