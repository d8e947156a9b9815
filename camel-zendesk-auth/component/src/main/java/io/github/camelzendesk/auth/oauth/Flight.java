package io.github.camelzendesk.auth.oauth;

import java.util.concurrent.CompletableFuture;

/**
 * One attempt to obtain tokens that many callers may wait for. Safe for use by several threads.
 */
final class Flight {
    private final CompletableFuture<Authorization> landing = new CompletableFuture<>();
    private final Need need;
    private volatile long sentNanos;
    private volatile boolean sent;
    private volatile boolean awaitsPerson;

    Flight(Need need) {
        this.need = need;
    }

    Need need() {
        return need;
    }

    /** Completes with the new authorization or the error; nobody but the manager completes it. */
    CompletableFuture<Authorization> landing() {
        return landing;
    }

    void markSent(long nanos) {
        sentNanos = nanos;
        sent = true;
    }

    /** How long the request has been under way; zero while it has not been sent. */
    long sinceSent(long nanos) {
        return sent ? nanos - sentNanos : 0;
    }

    void markAwaitsPerson() {
        awaitsPerson = true;
    }

    boolean awaitsPerson() {
        return awaitsPerson;
    }
}
