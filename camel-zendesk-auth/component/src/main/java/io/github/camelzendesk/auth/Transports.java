package io.github.camelzendesk.auth;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.internal.wire.ProxyServer;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.internal.ConnectionOpener;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

import okhttp3.OkHttpClient;

/**
 * The ways in which a component reaches Zendesk: connections with the same client, proxy and TLS share one. Thread-safe.
 */
final class Transports {
    private final Map<Way, Transport> transports = new ConcurrentHashMap<>();

    /** How a connection reaches Zendesk: a client and TLS of the application are told apart as objects. */
    record Way(OkHttpClient client, SSLContextParameters tls, ProxyServer proxy) {
        static Way of(ZendeskAuthConfiguration options, ConnectionOptions common) {
            return new Way(
                    options.getOkHttpClient(), options.getSslContextParameters(), ConnectionOpener.proxy(common));
        }

        private boolean isUsual() {
            return client == null && tls == null && proxy == null;
        }
    }

    Transport of(Way way, CamelContext context) {
        return way.isUsual() ? Transport.DEFAULT : transports.computeIfAbsent(way, added -> open(added, context));
    }

    void clear() {
        transports.clear();
    }

    private static Transport open(Way way, CamelContext context) {
        return new Transport(way.client, way.proxy, tls(way.tls, context));
    }

    private static Transport.Tls tls(SSLContextParameters parameters, CamelContext context) {
        if (parameters == null) {
            return null;
        }
        try {
            return new Transport.Tls(parameters.createSSLContext(context).getSocketFactory(), trust(parameters));
        } catch (Exception e) {
            throw new ConfigurationRefused(
                    "sslContextParameters cannot be used: " + LogSafeText.oneLine(e), null, null, e);
        }
    }

    private static X509TrustManager trust(SSLContextParameters parameters) throws Exception {
        TrustManager[] configured = parameters.getTrustManagers() == null
                ? platformTrust()
                : parameters.getTrustManagers().createTrustManagers();
        for (TrustManager manager : configured) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("it has no trust manager for X.509 certificates");
    }

    private static TrustManager[] platformTrust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }
}
