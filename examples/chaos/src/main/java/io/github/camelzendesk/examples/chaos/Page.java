package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** The page on the loopback interface that shows a run as it happens. Thread-safe. */
final class Page implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "/state.json";
    private static final Map<String, String> TYPES = Map.of(
            "/", "text/html; charset=utf-8", "/page.js", "text/javascript; charset=utf-8", "/page.css", "text/css");
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final Supplier<Map<String, Object>> state;
    private final CountDownLatch lastState = new CountDownLatch(1);
    private volatile boolean asked;

    Page(int port, Supplier<Map<String, Object>> state) throws IOException {
        this.state = state;
        this.server = listen(port);
        server.setExecutor(Executors.newFixedThreadPool(2, work -> Daemon.of(work, "chaos-page")));
        server.createContext("/", this::answer);
        server.start();
    }

    private static HttpServer listen(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            throw new IllegalArgumentException(
                    "Port " + port + " cannot be used: end the program that listens there, or pass another as --port.");
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'; img-src data:");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (path.equals(STATE)) {
            asked = true;
            Map<String, Object> shown = state.get();
            send(exchange, "application/json", JSON.writeValueAsBytes(shown));
            if (!"running".equals(shown.get("phase"))) {
                lastState.countDown();
            }
        } else if (TYPES.containsKey(path)) {
            send(exchange, TYPES.get(path), resource(path.equals("/") ? "page.html" : path.substring(1)));
        } else {
            exchange.sendResponseHeaders(NOT_FOUND, -1);
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream resource = Page.class.getResourceAsStream(name)) {
            return resource.readAllBytes();
        }
    }

    /** Lets a browser that looks have the last state. */
    void awaitLastState() throws InterruptedException {
        if (asked) {
            lastState.await(2, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
