package io.github.camelzendesk.auth.client.okhttp;

import java.io.IOException;
import java.net.Proxy;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.wire.BearerError;

import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * Hands a connection's authorization over to an application's own OkHttp client, for each request on its way out.
 * Thread-safe.
 *
 * <p>Only requests to the connection's own scheme, host and port get it, redirects included. After 401
 * {@code invalid_token} (RFC 6750 section 3.1) the token is replaced, and the request sent once more unless its body is
 * one-shot; never after 403. Without a token nothing is sent, and the call fails with an {@link IOException} whose cause is
 * the {@link ZendeskAuthException} that says why.
 */
public final class ZendeskOkHttpInterceptor implements Interceptor, Authenticator {
    private static final int UNAUTHORIZED = 401;

    private final TokenManager manager;
    private final Authenticator others;

    private ZendeskOkHttpInterceptor(TokenManager manager, Authenticator others) {
        this.manager = manager;
        this.others = others;
    }

    /**
     * Adds both halves to a client: a network interceptor, because only those see each hop of a redirect, and an
     * authenticator. One that the builder has already keeps answering for other hosts.
     */
    public static OkHttpClient.Builder install(OkHttpClient.Builder builder, TokenManager manager) {
        // The builder does not tell which authenticator it has; a client does.
        ZendeskOkHttpInterceptor handover =
                new ZendeskOkHttpInterceptor(manager, builder.build().authenticator());
        return builder.addNetworkInterceptor(handover).authenticator(handover);
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!isOwn(request) || isReadByAProxy(chain)) {
            tellOfOther(chain.call().request().url());
            return chain.proceed(request);
        }
        Authorization used = ask(manager::await);
        return chain.proceed(request.newBuilder()
                .header("Authorization", used.headerValue())
                .tag(Authorization.class, used)
                .build());
    }

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) throws IOException {
        if (!isOwn(response.request())) {
            return others.authenticate(route, response);
        }
        // What the caller's request does not know: what the interceptor attached to it on the network.
        Response network = response.networkResponse();
        Authorization used = network == null ? null : network.request().tag(Authorization.class);
        boolean again = used != null
                && !isReplay(response)
                && BearerError.isInvalidToken(
                        response.peekBody(BearerError.MOST_BYTES).bytes())
                && ask(() -> manager.awaitReplacement(used)).isPresent();
        return again ? response.request().newBuilder().build() : null;
    }

    /** Plain http is for this machine only. */
    private static boolean isReadByAProxy(Chain chain) {
        Connection connection = chain.connection();
        return connection != null
                && connection.route().proxy().type() != Proxy.Type.DIRECT
                && !chain.request().isHttps();
    }

    private boolean isOwn(Request request) {
        return isOwn(request.url());
    }

    private boolean isOwn(HttpUrl url) {
        return manager.isOwn(url.scheme(), url.host(), url.port());
    }

    /** @param asked where the application sent the call, whatever redirects made of it */
    private void tellOfOther(HttpUrl asked) {
        if (!isOwn(asked)) {
            manager.sentWithout(asked.scheme(), asked.host(), asked.port());
        }
    }

    private static <T> T ask(Asked<T> asked) throws IOException {
        try {
            return asked.get();
        } catch (ZendeskAuthException e) {
            // OkHttp hands only this type to callbacks; any other ends in its thread's uncaught exceptions.
            throw new IOException(e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Asked<T> {
        T get() throws IOException;
    }

    private static boolean isReplay(Response response) {
        for (Response before = response.priorResponse(); before != null; before = before.priorResponse()) {
            if (before.code() == UNAUTHORIZED) {
                return true;
            }
        }
        return false;
    }
}
