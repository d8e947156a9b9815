package io.github.camelzendesk.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.exception.FilterException;
import org.asynchttpclient.filter.FilterContext;
import org.asynchttpclient.filter.FilterContext.FilterContextBuilder;
import org.asynchttpclient.uri.Uri;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.netty.handler.codec.http.HttpStatusClass;

/** Attaches the current token to each request of an AsyncHttpClient. Thread-safe. */
final class ZendeskClientFilter {
    private static final int UNAUTHORIZED = 401;
    // For a thread that serves other calls meanwhile. No less than a refresh takes, and not the minutes of a login.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<TokenManager> manager;
    private final Map<String, String> fixedHeaders;

    ZendeskClientFilter(Supplier<TokenManager> manager, Map<String, String> fixedHeaders) {
        this.manager = manager;
        this.fixedHeaders = fixedHeaders;
    }

    /** On the caller's thread, before a request. Removes what the client itself would send: a token that never changes. */
    <T> FilterContext<T> attach(FilterContext<T> context) throws FilterException {
        Request request = context.getRequest();
        if (!isOwn(request.getUri())) {
            Request bare = request.toBuilder().build();
            strip(bare);
            return new FilterContextBuilder<>(context).request(bare).build();
        }
        Authorization authorization = current();
        return new FilterContextBuilder<>(context)
                .request(carrying(request, authorization))
                .asyncHandler(new ZendeskClientCall<>(context.getAsyncHandler(), authorization.generation()))
                .build();
    }

    /** On a thread of the client, when the head of an answer is there. */
    <T> FilterContext<T> answered(FilterContext<T> context) {
        int status = context.getResponseStatus().getStatusCode();
        if (HttpStatusClass.REDIRECTION.contains(status)) {
            leaveForeignersNothing(context);
        }
        return status == UNAUTHORIZED ? retry(context) : context;
    }

    /** The client copies the headers of a request for the next one of a redirect, and asks no filter about that one. */
    private void leaveForeignersNothing(FilterContext<?> redirected) {
        Request request = redirected.getRequest();
        String location = redirected.getResponseHeaders().get("Location");
        if (location != null && !isOwn(Uri.create(request.getUri(), location))) {
            strip(request);
        }
    }

    private static void strip(Request request) {
        request.getHeaders().remove(ZendeskAuthConstants.AUTHORIZATION);
        ConfiguredHeaders.NAMES.forEach(request.getHeaders()::remove);
    }

    private <T> FilterContext<T> retry(FilterContext<T> context) {
        if (!(context.getAsyncHandler() instanceof ZendeskClientCall<T> call)
                || !isOwn(context.getRequest().getUri())
                || !call.mayTryAgain()) {
            return context;
        }
        Authorization newer = newerThan(call.generation());
        return newer == null
                ? context
                : new FilterContextBuilder<>(context)
                        .request(carrying(context.getRequest(), newer))
                        .replayRequest(true)
                        .build();
    }

    private Authorization current() throws FilterException {
        Authorization fresh = manager.get().fresh();
        try {
            // Ends by itself: at joinTimeout, or at loginTimeout while a person logs in.
            return fresh == null ? manager.get().authorization().get() : fresh;
        } catch (ExecutionException e) {
            throw new FilterException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FilterException("Interrupted while waiting for a token", e);
        }
    }

    /** Null when there is none: then the 401 is the answer. */
    private Authorization newerThan(long generation) {
        if (!manager.get().reject(generation)) {
            return null;
        }
        try {
            Authorization newer = manager.get().authorization().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return newer.generation() == generation ? null : newer;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Request carrying(Request request, Authorization authorization) {
        RequestBuilder builder = request.toBuilder();
        fixedHeaders.forEach(builder::setHeader);
        return builder.setHeader(ZendeskAuthConstants.AUTHORIZATION, authorization.headerValue())
                .build();
    }

    /** Goes by what the client connects to, rather than by the text of an address that two parsers read differently. */
    private boolean isOwn(Uri uri) {
        try {
            return manager.get().isOwn(new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
