package io.github.camelzendesk.auth.client.jdk;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;

/** A response with the body that the caller's handler made. Immutable. */
record PeekedResponse<T>(HttpResponse<PeekedBody<T>> response, T body) implements HttpResponse<T> {
    /** The response as the caller asked for it. */
    static <T> CompletableFuture<HttpResponse<T>> of(HttpResponse<PeekedBody<T>> response) {
        return response.body()
                .whole()
                .get()
                .<HttpResponse<T>>thenApply(body -> new PeekedResponse<>(response, body))
                .toCompletableFuture();
    }

    @Override
    public int statusCode() {
        return response.statusCode();
    }

    @Override
    public HttpRequest request() {
        return response.request();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        // There is none without redirects and without an authenticator of the JDK's.
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return response.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return response.sslSession();
    }

    @Override
    public URI uri() {
        return response.uri();
    }

    @Override
    public Version version() {
        return response.version();
    }
}
