package io.github.camelzendesk.auth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A proxy that gives everybody the same answer. Thread-safe. */
final class ForbiddingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final byte[] answer;

    private ForbiddingProxy(ServerSocket server, String answer) {
        this.server = server;
        this.answer = answer.getBytes(StandardCharsets.US_ASCII);
    }

    static ForbiddingProxy answering(String answer) throws IOException {
        ForbiddingProxy proxy = new ForbiddingProxy(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), answer);
        Thread thread = new Thread(proxy::serve, "forbidding-proxy");
        thread.setDaemon(true);
        thread.start();
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                // The next one, or the end.
            }
        }
    }

    /** Until the other end has had enough. */
    private void answer(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line;
        while ((line = in.readLine()) != null) {
            if (line.isEmpty()) {
                socket.getOutputStream().write(answer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
