package io.github.camelzendesk.auth.oauth.internal.wire;

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.OkHttpClient;

class TransportSharingTest {
    @Test
    void noClientLimitsWhatARunningDeadlineLimits() {
        OkHttpClient client = Transport.DEFAULT.client;

        assertThat(client.callTimeoutMillis()).isZero();
        assertThat(client.readTimeoutMillis()).isZero();
        assertThat(client.writeTimeoutMillis()).isZero();
    }

    @Test
    void aProxyIsUsedByItsOwnTransportOnly() {
        Transport behindProxy = new Transport(null, new InetSocketAddress("127.0.0.1", 3128), null);

        assertThat(behindProxy.client.proxy()).isNotNull();
        assertThat(Transport.DEFAULT.client.proxy()).isNull();
    }
}
