package io.github.camelzendesk.auth.monitor;

import java.time.Duration;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.StaticTokens;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class MetersTest {
    private static final TokenEvent REFRESHED =
            new TokenEvent(TokenEvent.Kind.REFRESHED, "acme", 2, null, null, Duration.ofMillis(80), null, null);

    @Test
    void anEventThatComesAfterItsConnectionWasHiddenBringsNoMeterBack() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("meters", registry);
            ConnectionMonitor meters = Meters.of(context).get(0);
            MonitoredConnection connection = new MonitoredConnection("acme", StaticTokens.manager("acme"));
            meters.show(connection);
            meters.happened("acme", "acme", REFRESHED);
            assertThat(registry.get("zendesk.auth.refreshes")
                            .tag("outcome", "refreshed")
                            .counter()
                            .count())
                    .isEqualTo(1);
            meters.hide(connection);

            meters.happened("acme", "acme", REFRESHED);

            assertThat(registry.getMeters()).isEmpty();
        }
    }
}
