package io.github.camelzendesk.auth.monitor;

import java.util.concurrent.TimeUnit;

import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * Caches the status of a connection for a second, for callers that ask for one member at a time. Thread-safe.
 */
final class CachedStatus {
    private static final long FOR = TimeUnit.SECONDS.toNanos(1);

    private final TokenManager manager;
    private volatile Taken last;

    private record Taken(long nanos, ConnectionStatus status) {}

    CachedStatus(TokenManager manager) {
        this.manager = manager;
    }

    ConnectionStatus status() {
        long now = System.nanoTime();
        Taken taken = last;
        if (taken == null || now - taken.nanos > FOR) {
            taken = new Taken(now, manager.status());
            last = taken;
        }
        return taken.status;
    }
}
