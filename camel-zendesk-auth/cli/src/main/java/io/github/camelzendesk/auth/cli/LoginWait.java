package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The wait for a person in a browser, which shows on a terminal how long it still lasts. For one thread. */
final class LoginWait {
    static final String ERASE_LINE = "\r\u001b[K";

    private final CommandContext context;
    private final Instant end;

    LoginWait(CommandContext context, Duration limit) {
        this.context = context;
        this.end = context.clock().instant().plus(limit);
    }

    /** Whether a callback to this address could be received. */
    static boolean isFree(URI callback) {
        int port = callback.getPort() < 0 ? 80 : callback.getPort();
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The login's result. It ends by itself after its limit. */
    <T> T of(CompletableFuture<T> login) throws InterruptedException {
        boolean shown = context.terminal().is(Terminal.Stream.ERR);
        try {
            while (shown) {
                context.terminal()
                        .err()
                        .print(ERASE_LINE + "Waiting for the login, " + Times.until(end, context.clock())
                                + " left (Ctrl-C ends it) ");
                context.terminal().err().flush();
                try {
                    return login.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    // Shown again.
                }
            }
            return login.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            if (shown) {
                context.terminal().err().print(ERASE_LINE);
                context.terminal().err().flush();
            }
        }
    }
}
