package io.github.camelzendesk.auth.oauth.internal.wire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** How Zendesk is reached: through one HTTP client for all connections. Thread-safe. */
public final class Transport {
    /** The one of all connections that need nothing special. */
    public static final Transport DEFAULT = new Transport(null, null, null);

    private final OkHttpClient.Builder settings;
    private volatile @Nullable OkHttpClient client;

    /**
     * @param base a client whose proxy, TLS and DNS are kept; null for the usual ones
     * @param proxy null for the one {@code base} knows
     * @param tls null for the one {@code base} knows
     */
    public Transport(@Nullable OkHttpClient base, @Nullable ProxyServer proxy, @Nullable Tls tls) {
        OkHttpClient.Builder builder = through(base, proxy);
        if (tls != null) {
            builder.sslSocketFactory(tls.sockets(), tls.trust());
        }
        this.settings = sendingOnce(builder);
    }

    /** A client for calls of the application itself, which reach Zendesk by the same way as token requests. */
    public static OkHttpClient.Builder forCalls(@Nullable ProxyServer proxy) {
        return through(null, proxy);
    }

    private static OkHttpClient.Builder through(@Nullable OkHttpClient base, @Nullable ProxyServer proxy) {
        OkHttpClient.Builder builder =
                base == null ? new OkHttpClient.Builder().proxySelector(new ProxiesForTls()) : base.newBuilder();
        if (proxy != null) {
            builder.proxy(null).proxySelector(proxy.selector());
        }
        return proxy != null || base == null ? builder.proxyAuthenticator(new ProxyAuthenticator(proxy)) : builder;
    }

    /**
     * Made by the first call: it reads all certificates of the platform, which a token that is still valid does not need.
     * Two first calls may make one each, of which one is dropped.
     */
    OkHttpClient client() {
        OkHttpClient made = client;
        if (made == null) {
            made = settings.build();
            client = made;
        }
        return made;
    }

    private static OkHttpClient.Builder sendingOnce(OkHttpClient.Builder builder) {
        // They could repeat a token request, log it, or wait for the very token that it is to bring.
        builder.interceptors().clear();
        builder.networkInterceptors().clear();
        return ZendeskCall.prepare(builder)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                // An application that cancels all calls of its own client must not cancel ours.
                .dispatcher(new Dispatcher())
                // A pooled connection that the server has closed meanwhile would make every outcome ambiguous.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                // These count while the process is stopped. RunningDeadline limits the exchange instead.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO);
    }

    /** A client that goes the same way, for a few calls of somebody who watches. A call takes no longer than the limit. */
    public OkHttpClient probing(Duration limit) {
        OkHttpClient.Builder builder = client().newBuilder()
                .eventListenerFactory(call -> EventListener.NONE)
                .callTimeout(limit);
        builder.interceptors().clear();
        return builder.build();
    }

    /** TLS that differs from the platform's. Immutable. */
    public record Tls(SSLSocketFactory sockets, X509TrustManager trust) {}
}
