package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** The network between one process and the stand-in, which can be cut. Thread-safe. */
final class Forwarder implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private Fault.@Nullable Kind cut; // guarded by this

    Forwarder(int target) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Cuts the network in one of the ways of {@link Fault.Kind#cutsNetwork}; null connects again. */
    synchronized void cut(Fault.@Nullable Kind kind) {
        cut = kind;
        notifyAll();
        if (kind == Fault.Kind.REFUSED) {
            open.forEach(Forwarder::reset);
        }
    }

    private void accept() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException e) {
            // Closed, as the run is over.
        }
    }

    private void connect(Socket client) {
        open.add(client);
        if (isCut(Fault.Kind.REFUSED)) {
            reset(client);
            return;
        }
        try {
            Socket zendesk = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(zendesk);
            start(() -> forward(client, zendesk, Fault.Kind.REQUEST_LOST));
            start(() -> forward(zendesk, client, Fault.Kind.ANSWER_LOST));
        } catch (IOException e) {
            reset(client);
        }
    }

    private void forward(Socket from, Socket to, Fault.Kind lost) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0 && passes(lost); read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of the two has gone, so both go.
        } finally {
            end(from);
            end(to);
        }
    }

    /** Waits while the network is silent. */
    private synchronized boolean passes(Fault.Kind lost) {
        try {
            while (cut == Fault.Kind.SILENT) {
                wait();
            }
            return cut != lost;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private synchronized boolean isCut(Fault.Kind kind) {
        return cut == kind;
    }

    private void end(Socket socket) {
        open.remove(socket);
        reset(socket);
    }

    /** The other side sees a reset, as of a connection that is gone. */
    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It was closed before.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "chaos-network");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(Forwarder::reset);
    }
}
