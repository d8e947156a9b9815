package io.github.camelzendesk.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of each connection, in the Micrometer registry of the context. Safe for use by several threads.
 */
final class Meters implements Surface {
    /** The name under which camel-micrometer keeps its own. */
    private static final String CAMEL_REGISTRY = "metricsRegistry";

    private static final String REFRESHES = "zendesk.auth.refreshes";
    private static final String DURATION = "zendesk.auth.refresh.duration";
    private static final List<String> OUTCOMES = List.of(
            "refreshed",
            "adopted",
            "TokenEndpointUnavailable",
            "SettingsUnavailable",
            "ConfigurationRefused",
            "AuthorizationRequired");
    private static final List<String> STATES = List.of(
            "READY", "EXPIRED", "REFRESHING", "AUTHORIZATION_REQUIRED", "NO_GRANT", "NO_TOKEN", "SETTINGS_UNAVAILABLE");

    private final MeterRegistry registry;

    private Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Empty when the context has no registry of meters, or several that none is to be preferred of. */
    static List<Surface> of(CamelContext context) {
        Registry beans = context.getRegistry();
        MeterRegistry camels = beans.lookupByNameAndType(CAMEL_REGISTRY, MeterRegistry.class);
        MeterRegistry registry = camels == null ? beans.findSingleByType(MeterRegistry.class) : camels;
        return registry == null ? List.of() : List.of(new Meters(registry));
    }

    @Override
    public void show(Observed connection) {
        Glance glance = new Glance(connection.manager());
        String label = connection.label();
        // From zero on, so that the first failure is a change that an alert can see.
        OUTCOMES.forEach(outcome -> counter(label, outcome));
        timer(label);
        seconds("zendesk.auth.token.expires.seconds", "Until the access token ends", label, glance, "expiresAt");
        seconds(
                "zendesk.auth.refresh.token.expires.seconds",
                "Until the refresh token ends",
                label,
                glance,
                "refreshTokenExpiresAt");
        STATES.forEach(state -> state(label, glance, state));
        Gauge.builder("zendesk.auth.settings.dirty", glance, g -> flag(g, "settingsDirty", true))
                .description("1 while memory holds what the settings do not")
                .strongReference(true)
                .tag("connection", label)
                .register(registry);
    }

    @Override
    public void hide(Observed connection) {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("zendesk.auth.")
                        && connection.label().equals(meter.getId().getTag("connection")))
                .forEach(registry::remove);
    }

    @Override
    public void happened(String label, TokenEvent event) {
        switch (event.kind()) {
            case REFRESHED -> counter(label, "refreshed").increment();
            case ADOPTED -> counter(label, "adopted").increment();
            case FAILED, AUTHORIZATION_REQUIRED ->
                counter(label, event.error().getClass().getSimpleName()).increment();
            case SETTINGS_DIRTY, SETTINGS_STORED -> {
                // A state rather than a count: the gauge shows it.
            }
        }
        if (!event.duration().isZero()) {
            timer(label).record(event.duration());
        }
    }

    private Counter counter(String label, String outcome) {
        return Counter.builder(REFRESHES)
                .description("Attempts to bring newer tokens, by how they ended")
                .tag("connection", label)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Timer timer(String label) {
        return Timer.builder(DURATION)
                .description("From the sending of a token request until its outcome was stored")
                .tag("connection", label)
                .register(registry);
    }

    private void state(String label, Glance glance, String state) {
        Gauge.builder("zendesk.auth.state", glance, g -> flag(g, "state", state))
                .description("1 for the state that the connection is in")
                .strongReference(true)
                .tag("connection", label)
                .tag("state", state)
                .register(registry);
    }

    private void seconds(String name, String description, String label, Glance glance, String member) {
        Gauge.builder(name, glance, g -> secondsUntil(g, member))
                .description(description)
                .strongReference(true)
                .tag("connection", label)
                .register(registry);
    }

    private static double flag(Glance glance, String member, Object value) {
        return value.equals(glance.status().get(member)) ? 1 : 0;
    }

    private static double secondsUntil(Glance glance, String member) {
        return glance.status().get(member) instanceof String end
                ? Duration.between(Instant.now(), Instant.parse(end)).toMillis() / 1000.0
                : Double.NaN;
    }
}
