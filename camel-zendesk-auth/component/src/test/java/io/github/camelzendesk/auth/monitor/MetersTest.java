package io.github.camelzendesk.auth.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.StaticTokens;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class MetersTest {
    private static final TokenEvent REFRESHED =
            new TokenEvent(TokenEvent.Kind.REFRESHED, "acme", 2, null, null, Duration.ofMillis(80), null, null);

    @Test
    void unitsAreNoPartOfANameAndAllStatesAndOutcomesAreConstants() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("meters", registry);
            MonitoredConnection connection = new MonitoredConnection("acme", StaticTokens.manager("acme"));
            ConnectionMonitor meters = Meters.of(context).get(0);
            meters.begin(new StateCounts(List.of(connection), System::nanoTime));
            meters.show(connection);

            assertThat(registry.getMeters()).allSatisfy(meter -> {
                assertThat(meter.getId().getName())
                        .matches("zendesk\\.auth(\\.[a-z]+)+")
                        .doesNotContain("seconds");
                assertThat(meter.getId().getTags())
                        .filteredOn(tag -> !tag.getKey().equals("connection"))
                        .allSatisfy(tag -> assertThat(tag.getValue()).matches("[A-Z_]+"));
            });
            assertThat(registry.get("zendesk.auth.token.expires")
                            .gauge()
                            .getId()
                            .getBaseUnit())
                    .isEqualTo("seconds");
            assertThat(states(registry, "zendesk.auth.state"))
                    .isEqualTo(states(registry, "zendesk.auth.connections"))
                    .isEqualTo(
                            Stream.of(ConnectionState.values()).map(Enum::name).collect(Collectors.toSet()));
        }
    }

    private static Set<String> states(MeterRegistry registry, String name) {
        return registry.get(name).gauges().stream()
                .map(gauge -> gauge.getId().getTag("state"))
                .collect(Collectors.toSet());
    }

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
                            .tag("outcome", "REFRESHED")
                            .counter()
                            .count())
                    .isEqualTo(1);
            meters.hide(connection);

            meters.happened("acme", "acme", REFRESHED);

            assertThat(registry.getMeters()).isEmpty();
        }
    }
}
