package io.github.camelzendesk.auth.client.zendesk;

import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.exception.FilterException;
import org.asynchttpclient.filter.FilterContext;
import org.asynchttpclient.filter.FilterContext.FilterContextBuilder;
import org.asynchttpclient.uri.Uri;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;
import io.netty.handler.codec.http.HttpStatusClass;

/**
 * Hands a connection's authorization over to an AsyncHttpClient, and so to zendesk-java-client, for each request on its way
 * out. Thread-safe.
 *
 * <p>Only requests to the connection's own scheme, host and port get it, redirects included. After 401
 * {@code invalid_token} (RFC 6750 section 3.1) the token is replaced, and the request sent once more. Without a token
 * nothing is sent, and the call fails with a {@link FilterException} whose cause says why.
 */
public final class ZendeskClientFilter {
    private static final String AUTHORIZATION = "Authorization";
    private static final int UNAUTHORIZED = 401;
    // For a thread that serves other calls meanwhile. No less than a refresh takes, and not the minutes of a login.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<TokenManager> manager;
    private final Map<String, String> fixedHeaders;

    private ZendeskClientFilter(Supplier<TokenManager> manager, Map<String, String> fixedHeaders) {
        this.manager = manager;
        this.fixedHeaders = fixedHeaders;
    }

    /**
     * Adds the hand-over to the settings of a client: {@code new Zendesk.Builder(url).setClient(new
     * DefaultAsyncHttpClient(install(builder, manager).build()))}.
     */
    public static DefaultAsyncHttpClientConfig.Builder install(
            DefaultAsyncHttpClientConfig.Builder builder, TokenManager manager) {
        return install(builder, () -> manager, Map.of());
    }

    /**
     * The same for a manager that may be another one each time, and with further headers.
     *
     * @param fixedHeaders such as {@code X-On-Behalf-Of}; they go where the authorization goes
     */
    public static DefaultAsyncHttpClientConfig.Builder install(
            DefaultAsyncHttpClientConfig.Builder builder,
            Supplier<TokenManager> manager,
            Map<String, String> fixedHeaders) {
        ZendeskClientFilter filter = new ZendeskClientFilter(manager, fixedHeaders);
        return builder.addRequestFilter(filter::attach).addResponseFilter(filter::answered);
    }

    /** On the caller's thread, before a request. Removes what the client itself would send: a token that never changes. */
    private <T> FilterContext<T> attach(FilterContext<T> context) throws FilterException {
        Request request = context.getRequest();
        if (!isOwn(request.getUri())) {
            Uri other = request.getUri();
            manager.get().sentWithout(other.getScheme(), other.getHost(), other.getExplicitPort());
            Request bare = request.toBuilder().build();
            strip(bare);
            return new FilterContextBuilder<>(context).request(bare).build();
        }
        Authorization authorization = current();
        return new FilterContextBuilder<>(context)
                .request(carrying(request, authorization))
                .asyncHandler(new ZendeskClientCall<>(context.getAsyncHandler(), authorization))
                .build();
    }

    /** On a thread of the client, when the head of an answer is there. */
    private <T> FilterContext<T> answered(FilterContext<T> context) {
        int status = Objects.requireNonNull(context.getResponseStatus()).getStatusCode();
        if (HttpStatusClass.REDIRECTION.contains(status)) {
            leaveForeignersNothing(context);
        }
        return status == UNAUTHORIZED ? retry(context) : context;
    }

    /** The client copies the headers of a request for the next one of a redirect, and asks no filter about that one. */
    private void leaveForeignersNothing(FilterContext<?> redirected) {
        Request request = redirected.getRequest();
        String location =
                Objects.requireNonNull(redirected.getResponseHeaders()).get("Location");
        if (location != null && !isOwn(Uri.create(request.getUri(), location))) {
            strip(request);
        }
    }

    private static void strip(Request request) {
        request.getHeaders().remove(AUTHORIZATION);
        ConfiguredHeaders.NAMES.forEach(request.getHeaders()::remove);
    }

    private <T> FilterContext<T> retry(FilterContext<T> context) {
        if (!(context.getAsyncHandler() instanceof ZendeskClientCall<T> call)
                || !isOwn(context.getRequest().getUri())
                || !call.mayTryAgain()) {
            return context;
        }
        return replacement(call.used())
                .map(other -> new FilterContextBuilder<>(context)
                        .request(carrying(context.getRequest(), other))
                        .replayRequest(true)
                        .build())
                .orElse(context);
    }

    private Authorization current() throws FilterException {
        try {
            // Ends by itself: at joinTimeout, or at loginTimeout while a person logs in.
            return manager.get().await();
        } catch (ZendeskAuthException | InterruptedIOException e) {
            throw new FilterException(e.getMessage(), e);
        }
    }

    /** Empty when there is none: then the 401 is the answer. */
    private Optional<Authorization> replacement(Authorization refused) {
        try {
            return manager.get().replace(refused).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Request carrying(Request request, Authorization authorization) {
        RequestBuilder builder = request.toBuilder();
        fixedHeaders.forEach(builder::setHeader);
        return builder.setHeader(AUTHORIZATION, authorization.headerValue()).build();
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
