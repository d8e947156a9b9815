package io.github.camelzendesk.auth;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

/** Waits for the token on the thread of an HTTP call that is about to leave. Stateless. */
public final class BlockingAuthorization {
    private BlockingAuthorization() {}

    /**
     * The authorization, once there is one. The manager itself bounds the wait, by its join timeout, and by its login
     * timeout while a person logs in.
     *
     * @throws ZendeskAuthException when there is none, and why
     * @throws InterruptedIOException when the thread was interrupted, and still is: what it waited for goes on
     */
    public static Authorization of(TokenManager manager) throws InterruptedIOException {
        Authorization fresh = manager.fresh();
        return fresh == null ? await(manager.authorization()) : fresh;
    }

    private static Authorization await(CompletableFuture<Authorization> authorization) throws InterruptedIOException {
        try {
            return authorization.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for a token");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZendeskAuthException error) {
                throw error;
            }
            throw new IllegalStateException("The token manager failed", e.getCause());
        }
    }
}
