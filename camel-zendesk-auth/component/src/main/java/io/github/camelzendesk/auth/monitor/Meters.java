package io.github.camelzendesk.auth.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.ConnectionStatus.Tokens;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of each connection, of those that are shown together and of all, in the Micrometer registry of the context.
 * Thread-safe.
 */
final class Meters implements ConnectionMonitor {
    /** The name under which camel-micrometer keeps its own. */
    private static final String CAMEL_REGISTRY = "metricsRegistry";

    private static final String REFRESHES = "zendesk.auth.refreshes";
    private static final String DURATION = "zendesk.auth.refresh.duration";
    private static final String SECONDS = "seconds";
    private static final List<String> OUTCOMES = List.of(
            "REFRESHED",
            "ADOPTED",
            "TOKEN_ENDPOINT_UNAVAILABLE",
            "SETTINGS_UNAVAILABLE",
            "CONFIGURATION_REFUSED",
            "AUTHORIZATION_REQUIRED");
    private final MeterRegistry registry;
    private final Map<String, List<Meter>> kept = new ConcurrentHashMap<>(); // by label
    private volatile List<Gauge> ofAll = List.of();

    private Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Empty when the context has no registry of meters, or several that none is to be preferred of. */
    static List<ConnectionMonitor> of(CamelContext context) {
        Registry beans = context.getRegistry();
        MeterRegistry camels = beans.lookupByNameAndType(CAMEL_REGISTRY, MeterRegistry.class);
        MeterRegistry registry = camels == null ? beans.findSingleByType(MeterRegistry.class) : camels;
        return registry == null ? List.of() : List.of(new Meters(registry));
    }

    @Override
    public void begin(StateCounts all) {
        ofAll = Stream.of(ConnectionState.values())
                .map(state -> number(all, state))
                .toList();
    }

    @Override
    public void end() {
        ofAll.forEach(registry::remove);
    }

    @Override
    public void show(MonitoredConnection connection) {
        CachedStatus glance = new CachedStatus(connection.manager());
        String label = connection.label();
        List<Meter> meters = new ArrayList<>(attempts(label));
        meters.add(
                seconds("zendesk.auth.token.expires", "Until the access token ends", label, glance, Tokens::expiresAt));
        meters.add(seconds(
                "zendesk.auth.refresh.token.expires",
                "Until the refresh token ends",
                label,
                glance,
                Tokens::refreshExpiresAt));
        Stream.of(ConnectionState.values()).forEach(state -> meters.add(state(connection, state)));
        meters.add(dirty(label, glance));
        kept.put(label, meters);
    }

    @Override
    public void hide(MonitoredConnection connection) {
        remove(connection.label());
    }

    @Override
    public void showTogether(ConnectionGroup others) {
        kept.put(others.label(), attempts(others.label()));
    }

    @Override
    public void hideTogether(ConnectionGroup others) {
        remove(others.label());
    }

    /** By what was kept: to look for them among all meters there are would cost more for each connection. */
    private void remove(String label) {
        List<Meter> meters = kept.remove(label);
        if (meters != null) {
            meters.forEach(registry::remove);
        }
    }

    /** Atomic with the removal: the last event of a connection may come while it is hidden. */
    @Override
    public void happened(String label, String shownAs, TokenEvent event) {
        kept.computeIfPresent(shownAs, (present, meters) -> {
            count(shownAs, event);
            return meters;
        });
    }

    private void count(String shownAs, TokenEvent event) {
        switch (event.kind()) {
            case REFRESHED, ADOPTED -> counter(shownAs, event.kind().name()).increment();
            case FAILED, AUTHORIZATION_REQUIRED ->
                counter(shownAs, outcome(event.error())).increment();
            case SETTINGS_DIRTY, SETTINGS_STORED -> {
                // A state rather than a count: the gauge shows it.
            }
            case LOGGED_IN, REFRESHED_BY_HAND, REVOKED, VERIFIED, STEPPED_BACK -> {
                // For the audit: no attempts of their own.
            }
        }
        if (!event.duration().isZero()) {
            timer(shownAs).record(event.duration());
        }
    }

    /** As constants are written, like the states. */
    private static String outcome(ZendeskAuthException error) {
        return error.getClass()
                .getSimpleName()
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
    }

    /** From zero on, so that the first failure is a change that an alert can see. */
    private List<Meter> attempts(String label) {
        List<Meter> meters = new ArrayList<>();
        OUTCOMES.forEach(outcome -> meters.add(counter(label, outcome)));
        meters.add(timer(label));
        return meters;
    }

    private Gauge number(StateCounts all, ConnectionState state) {
        return Gauge.builder(
                        "zendesk.auth.connections", all, tally -> tally.count().of(state))
                .description("Connections, by the state that they are in")
                .baseUnit("connections")
                .strongReference(true)
                .tag("state", state.name())
                .register(registry);
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

    private Gauge state(MonitoredConnection connection, ConnectionState state) {
        return Gauge.builder(
                        "zendesk.auth.state", connection, c -> flag(c.manager().state() == state))
                .description("1 for the state that the connection is in")
                .strongReference(true)
                .tag("connection", connection.label())
                .tag("state", state.name())
                .register(registry);
    }

    private Gauge seconds(
            String name, String description, String label, CachedStatus glance, Function<Tokens, Instant> end) {
        return Gauge.builder(name, glance, g -> secondsUntil(g.status().tokens(), end))
                .description(description)
                .baseUnit(SECONDS)
                .strongReference(true)
                .tag("connection", label)
                .register(registry);
    }

    private Gauge dirty(String label, CachedStatus glance) {
        return Gauge.builder(
                        "zendesk.auth.settings.dirty",
                        glance,
                        g -> flag(g.status().isDirty()))
                .description("1 while memory holds what the settings do not")
                .strongReference(true)
                .tag("connection", label)
                .register(registry);
    }

    private static double flag(boolean set) {
        return set ? 1 : 0;
    }

    private static double secondsUntil(Tokens tokens, Function<Tokens, Instant> end) {
        Instant known = tokens == null ? null : end.apply(tokens);
        return known == null
                ? Double.NaN
                : Duration.between(Instant.now(), known).toMillis() / 1000.0;
    }
}
