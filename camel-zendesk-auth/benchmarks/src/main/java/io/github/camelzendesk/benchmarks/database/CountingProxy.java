package io.github.camelzendesk.benchmarks.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Passes on what goes to the server, and counts how often somebody had to wait for its answer. */
final class CountingProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    final LongAdder connections = new LongAdder();
    final LongAdder roundTrips = new LongAdder();
    final LongAdder bytes = new LongAdder();
    private final ServerSocket entrance;
    private final int target;

    CountingProxy(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                connections.increment();
                AtomicBoolean asked = new AtomicBoolean();
                start(() -> pass(client, server, () -> asked.set(true)));
                start(() -> pass(server, client, () -> {
                    // What the server says unasked is a notification.
                    if (asked.getAndSet(false)) {
                        roundTrips.increment();
                    }
                }));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to, Runnable seen) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                seen.run();
                bytes.add(count);
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One of the two has closed its end.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "counting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
