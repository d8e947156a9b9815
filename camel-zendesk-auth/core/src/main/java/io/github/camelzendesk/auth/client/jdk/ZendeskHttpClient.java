package io.github.camelzendesk.auth.client.jdk;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * An HTTP client of the JDK that hands a connection's authorization over to each request on its way out. Thread-safe.
 *
 * <p>Only requests to the connection's own scheme, host and port get it; there it replaces an {@code Authorization} that
 * the request brought along. After 401 {@code invalid_token} (RFC 6750 section 3.1) the token is replaced, and the request
 * sent once more, for which its body publisher is subscribed to again; never after 403. Without a token nothing is sent, and
 * the call fails with the {@link io.github.camelzendesk.auth.oauth.ZendeskAuthException} that says why.
 *
 * <p>It follows no redirects: the JDK's client takes {@code Authorization} along to any host. The caller gets the 3xx.
 */
public final class ZendeskHttpClient extends HttpClient {
    private static final String AUTHORIZATION = "Authorization";

    private final HttpClient client;
    private final TokenManager manager;

    private ZendeskHttpClient(HttpClient client, TokenManager manager) {
        this.client = client;
        this.manager = manager;
    }

    /**
     * A client over this one.
     *
     * @throws ConfigurationRefused when it follows redirects
     */
    public static HttpClient over(HttpClient client, TokenManager manager) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new ConfigurationRefused(manager
                    + ": this HTTP client follows redirects, and would take the authorization along to another host. Build it"
                    + " with followRedirects(HttpClient.Redirect.NEVER).");
        }
        return new ZendeskHttpClient(client, manager);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (!isOwn(request.uri())) {
            return client.send(told(request), handler);
        }
        Authorization used = manager.await();
        HttpResponse<PeekedBody<T>> first = client.send(carrying(request, used), PeekedBody.handler(handler));
        Optional<Authorization> other =
                first.body().saysInvalidToken() ? manager.awaitReplacement(used) : Optional.empty();
        return other.isPresent() ? client.send(carrying(request, other.get()), handler) : whole(first);
    }

    private static <T> HttpResponse<T> whole(HttpResponse<PeekedBody<T>> response)
            throws IOException, InterruptedException {
        try {
            return PeekedResponse.of(response).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    /** Own requests without pushes: Zendesk sends none, and they would come without the authorization. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        return isOwn(request.uri())
                ? manager.authorization()
                        .thenCompose(used -> client.sendAsync(carrying(request, used), PeekedBody.handler(handler))
                                .thenCompose(first -> after(first, used, request, handler)))
                : client.sendAsync(told(request), handler, pushes);
    }

    private <T> CompletableFuture<HttpResponse<T>> after(
            HttpResponse<PeekedBody<T>> first, Authorization used, HttpRequest request, BodyHandler<T> handler) {
        return first.body().saysInvalidToken()
                ? manager.replace(used)
                        .thenCompose(other -> other.isPresent()
                                ? client.sendAsync(carrying(request, other.get()), handler)
                                : PeekedResponse.of(first))
                : PeekedResponse.of(first);
    }

    private boolean isOwn(URI address) {
        return manager.isOwn(address) && !isReadByAProxy(address);
    }

    /** A request that goes without the authorization. */
    private HttpRequest told(HttpRequest request) {
        URI address = request.uri();
        if (!manager.isOwn(address)) {
            manager.sentWithout(address);
        }
        return request;
    }

    /** Plain http is for this machine only. */
    private boolean isReadByAProxy(URI address) {
        ProxySelector proxies = client.proxy().orElseGet(ProxySelector::getDefault);
        return "http".equalsIgnoreCase(address.getScheme())
                && proxies != null
                && proxies.select(address).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    private static HttpRequest carrying(HttpRequest request, Authorization authorization) {
        return HttpRequest.newBuilder(request, (name, value) -> !name.equalsIgnoreCase(AUTHORIZATION))
                .setHeader(AUTHORIZATION, authorization.headerValue())
                .build();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
