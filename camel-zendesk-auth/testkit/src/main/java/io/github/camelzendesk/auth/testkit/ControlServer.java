package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The control address of the stand-in as a process: {@code POST /command} with a form, on a loopback port, for anybody on
 * this machine but pages in a browser. Thread-safe.
 */
final class ControlServer implements AutoCloseable {
    private final HttpServer server;
    private final Control control;

    ControlServer(int port, Control control) throws IOException {
        this.control = control;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!exchange.getRequestMethod().equals("POST")) {
                send(exchange, 405, Map.of("error", "Commands come by POST."));
            } else if (isOfAPage(exchange.getRequestHeaders())) {
                send(exchange, 403, Map.of("error", "A page in a browser commands nothing here."));
            } else {
                run(exchange, form);
            }
        }
    }

    /** A page of any site can send a form here: its browser says where it comes from, or asks for another host's name. */
    private boolean isOfAPage(Headers headers) {
        int port = server.getAddress().getPort();
        String host = String.valueOf(headers.getFirst("Host"));
        return headers.containsKey("Origin") || !host.equals("127.0.0.1:" + port) && !host.equals("localhost:" + port);
    }

    private void run(HttpExchange exchange, String form) throws IOException {
        try {
            send(exchange, 200, control.run(exchange.getRequestURI().getPath().substring(1), form));
        } catch (IllegalArgumentException e) {
            send(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = (Json.write(answer) + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
