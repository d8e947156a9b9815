package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

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
        Daemon.of(this::accept, "chaos-network").start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Cuts the network in one of the ways of {@link Fault.Kind#cutsNetwork}; null connects again. */
    synchronized void cut(Fault.@Nullable Kind kind) {
        cut = kind;
        notifyAll();
        if (kind == Fault.Kind.REFUSED) {
            open.forEach(this::reset);
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
            AtomicInteger directions = new AtomicInteger(2);
            Daemon.of(() -> forward(client, zendesk, Fault.Kind.REQUEST_LOST, directions), "chaos-network")
                    .start();
            Daemon.of(() -> forward(zendesk, client, Fault.Kind.ANSWER_LOST, directions), "chaos-network")
                    .start();
        } catch (IOException e) {
            reset(client);
        }
    }

    private void forward(Socket from, Socket to, Fault.Kind lost, AtomicInteger directions) {
        try {
            copy(from.getInputStream(), to.getOutputStream(), lost);
            // What was written last must still arrive, so neither side is reset.
            to.shutdownOutput();
            if (directions.decrementAndGet() == 0) {
                close(from);
                close(to);
            }
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private void copy(InputStream in, OutputStream out, Fault.Kind lost) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (!passes(lost)) {
                throw new IOException("The network is cut");
            }
            out.write(buffer, 0, read);
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

    /** The other side sees a reset, as of a connection that is gone. */
    private void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It was closed before.
        }
        close(socket);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing more to do with it.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(this::reset);
    }
}
