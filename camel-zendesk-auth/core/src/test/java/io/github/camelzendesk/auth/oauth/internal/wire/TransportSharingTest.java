package io.github.camelzendesk.auth.oauth.internal.wire;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.OkHttpClient;

class TransportSharingTest {
    @Test
    void noClientLimitsWhatARunningDeadlineLimits() {
        OkHttpClient client = Transport.DEFAULT.client();

        assertThat(client.callTimeoutMillis()).isZero();
        assertThat(client.readTimeoutMillis()).isZero();
        assertThat(client.writeTimeoutMillis()).isZero();
    }

    @Test
    void aProxyIsUsedByItsOwnTransportOnlyAndNotForItsExceptions() {
        ProxyServer proxy = new ProxyServer(
                Proxy.Type.HTTP, "proxy.test", 3128, "joe", "sekret", List.of("localhost", "*.acme.test"));
        ProxySelector behind = new Transport(null, proxy, null).client().proxySelector();

        assertThat(behind.select(URI.create("https://acme.zendesk.com")))
                .singleElement()
                .hasToString("HTTP @ proxy.test/<unresolved>:3128");
        assertThat(behind.select(URI.create("https://LOCALHOST"))).containsExactly(Proxy.NO_PROXY);
        assertThat(behind.select(URI.create("https://x.y.acme.test"))).containsExactly(Proxy.NO_PROXY);
        assertThat(behind.select(URI.create("https://acme.test"))).doesNotContain(Proxy.NO_PROXY);
        assertThat(Transport.DEFAULT.client().proxySelector()).isInstanceOf(ProxiesForTls.class);
    }

    @Test
    void aProxyIsShownWithoutItsUserAndPassword() {
        assertThat(new ProxyServer(Proxy.Type.SOCKS, "proxy.test", 1080, "joe", "sekret", List.of()))
                .hasToString("socks://proxy.test:1080");
    }
}
