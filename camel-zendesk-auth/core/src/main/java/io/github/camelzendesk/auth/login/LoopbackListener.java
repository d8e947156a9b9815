package io.github.camelzendesk.auth.login;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one callback address, on loopback addresses only. Thread-safe once it is bound.
 *
 * <p>It serves 16 connections at a time. When more come, the oldest that has not said anything yet makes room.
 */
final class LoopbackListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackListener.class);
    private static final int MOST_CONNECTIONS = 16;
    private static final int BACKLOG = 64;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String host;
    private final int port;
    private final Function<CallbackRequest, CallbackPage> pages;
    private final Runnable pause;
    private final List<ServerSocket> sockets = new ArrayList<>();
    private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> silent = new LinkedHashSet<>(); // guarded by itself, the oldest first

    LoopbackListener(String host, int port, Function<CallbackRequest, CallbackPage> pages) {
        this(host, port, pages, () -> LockSupport.parkNanos(PAUSE.toNanos()));
    }

    /** @param pause what the listener does before it tries again */
    LoopbackListener(String host, int port, Function<CallbackRequest, CallbackPage> pages, Runnable pause) {
        this.host = host;
        this.port = port;
        this.pages = pages;
        this.pause = pause;
    }

    /** Binds all loopback addresses that a browser may try for this host, or none. */
    void bind() throws IOException {
        boolean both = host.equalsIgnoreCase("localhost");
        boolean six = host.equals("[::1]");
        try {
            if (!six) {
                listen(new byte[] {127, 0, 0, 1});
            }
            if (six || both && hasIpv6Loopback()) {
                listen(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        if (both && Boolean.getBoolean("java.net.preferIPv4Stack")) {
            LOG.warn(
                    "This JVM runs with java.net.preferIPv4Stack=true and cannot listen on ::1, where a browser may look for"
                            + " localhost first: another program there would get the callback. Start it without, or set"
                            + " callbackUrl to http://127.0.0.1:{} and register that.",
                    port);
        }
    }

    /** What is being answered is answered. */
    void close() {
        sockets.forEach(LoopbackListener::closeQuietly);
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress("::1", 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void listen(byte[] address) throws IOException {
        ServerSocket socket = new ServerSocket();
        sockets.add(socket);
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(address), port), BACKLOG);
        daemon("zendesk-auth-callback", () -> accept(socket));
    }

    void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                admit(socket.accept());
            } catch (IOException e) {
                LOG.debug("The callback listener of port {} ends or skips a connection", port, e);
                // Where no descriptor is left, the next try fails at once too.
                pause.run();
            }
        }
    }

    /** No faster than one a pause while all places are taken: so each has the time to say what it has come for. */
    private void admit(Socket connection) {
        while (!free.tryAcquire()) {
            pause.run();
            if (free.availablePermits() == 0) {
                closeTheOldestSilentOne();
            }
        }
        synchronized (silent) {
            silent.add(connection);
        }
        // A thread each: browsers open connections ahead of need, and those stay silent.
        daemon("zendesk-auth-callback-connection", () -> serve(connection));
    }

    private void closeTheOldestSilentOne() {
        synchronized (silent) {
            Iterator<Socket> oldest = silent.iterator();
            if (oldest.hasNext()) {
                closeQuietly(oldest.next());
                oldest.remove();
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            CallbackRequest.answer(connection, request -> {
                hasSpoken(connection);
                return pages.apply(request);
            });
        } catch (IOException e) {
            LOG.debug("A connection to the callback port {} broke off", port, e);
        } finally {
            hasSpoken(connection);
            free.release();
        }
    }

    private void hasSpoken(Socket connection) {
        synchronized (silent) {
            silent.remove(connection);
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.debug("A socket of the callback address could not be closed", e);
        }
    }

    static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
