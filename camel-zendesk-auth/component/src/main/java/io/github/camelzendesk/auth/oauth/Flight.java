package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to obtain tokens that many callers may wait for. Safe for use by several threads.
 */
final class Flight {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final CompletableFuture<Authorization> landing = new CompletableFuture<>();
    private final Need need;
    private volatile long sentNanos;
    private volatile boolean sent;
    private volatile boolean begun;
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

    /** Waits for the landing, for those who must not leave before; a little longer than a token request may take. */
    void await(Duration exchange) {
        try {
            landing.get(exchange.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Closed with a token request that did not succeed", e);
        }
    }

    /** What a future ended with, without the wrapping. */
    static Throwable cause(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        return cause == null ? new IllegalStateException("no result and no error") : cause;
    }

    /** From here on it may spend something. */
    void markBegun() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether tokens that another brings meanwhile end it: it waits, for a person or for its turn. */
    boolean canBeOvertaken() {
        return awaitsPerson || (!begun && need.code() == null);
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
