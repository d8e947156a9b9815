package io.github.camelzendesk.auth.oauth;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.TokenEndpoint.Transport;

import static org.assertj.core.api.Assertions.assertThat;

class TransportSharingTest {
    private static final Connection.Timeouts USUAL =
            RiggedManager.connection("https://a.example", "app", "s", "r").timeouts();

    @Test
    void allConnectionsWithTheSameTimeLimitsHaveOneHttpClient() {
        Connection.Timeouts same =
                RiggedManager.connection("https://b.example", "other", "s", "r").timeouts();

        assertThat(Transport.DEFAULT.client(same)).isSameAs(Transport.DEFAULT.client(USUAL));
    }

    @Test
    void otherTimeLimitsAreKeptByAClientOfTheirOwn() {
        Connection.Timeouts shorter =
                new Connection.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), USUAL.join(), USUAL.login());

        assertThat(Transport.DEFAULT.client(shorter).callTimeoutMillis()).isEqualTo(2_000);
        assertThat(Transport.DEFAULT.client(USUAL).callTimeoutMillis()).isEqualTo(20_000);
    }

    @Test
    void aProxyIsUsedByItsOwnTransportOnly() {
        Transport behindProxy = new Transport(null, new InetSocketAddress("127.0.0.1", 3128), null);

        assertThat(behindProxy.client(USUAL).proxy()).isNotNull();
        assertThat(Transport.DEFAULT.client(USUAL).proxy()).isNull();
    }
}
