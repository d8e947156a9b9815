package io.github.camelzendesk.auth.client.zendesk;

import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * A call of the client that remembers with which authorization it began, and whether it was tried again. For use
 * by the thread that handles the call.
 */
final class ZendeskClientCall<T> implements AsyncHandler<T> {
    private final AsyncHandler<T> handler;
    private final Authorization used;
    private boolean triedAgain;

    ZendeskClientCall(AsyncHandler<T> handler, Authorization used) {
        this.handler = handler;
        this.used = used;
    }

    Authorization used() {
        return used;
    }

    /** True once. */
    boolean mayTryAgain() {
        boolean first = !triedAgain;
        triedAgain = true;
        return first;
    }

    @Override
    public State onStatusReceived(HttpResponseStatus status) throws Exception {
        return handler.onStatusReceived(status);
    }

    @Override
    public State onHeadersReceived(HttpHeaders headers) throws Exception {
        return handler.onHeadersReceived(headers);
    }

    @Override
    public State onBodyPartReceived(HttpResponseBodyPart part) throws Exception {
        return handler.onBodyPartReceived(part);
    }

    @Override
    public State onTrailingHeadersReceived(HttpHeaders headers) throws Exception {
        return handler.onTrailingHeadersReceived(headers);
    }

    @Override
    public void onThrowable(Throwable error) {
        handler.onThrowable(error);
    }

    @Override
    public @Nullable T onCompleted() throws Exception {
        return handler.onCompleted();
    }

    @Override
    public void onRetry() {
        handler.onRetry();
    }
}
