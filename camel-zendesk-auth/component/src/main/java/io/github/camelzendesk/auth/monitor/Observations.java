package io.github.camelzendesk.auth.monitor;

import java.util.List;
import java.util.function.Consumer;

import org.apache.camel.CamelContext;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Each token request as an observation, in the registry of observations of the context: a span, where the application
 * traces. Thread-safe.
 *
 * <p>It is part of no exchange's observation, because one request serves all exchanges that wait.
 */
final class Observations implements ConnectionMonitor {
    private final ObservationRegistry registry;

    private Observations(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** Empty when the context has no registry of observations, or several. */
    static List<ConnectionMonitor> of(CamelContext context) {
        ObservationRegistry registry = context.getRegistry().findSingleByType(ObservationRegistry.class);
        return registry == null ? List.of() : List.of(new Observations(registry));
    }

    @Override
    public Consumer<String> requesting(String shownAs, String grantType) {
        Observation observation = Observation.createNotStarted("zendesk.auth.token.request", registry)
                .lowCardinalityKeyValue("connection", shownAs)
                .lowCardinalityKeyValue("grant_type", grantType)
                .start();
        return outcome -> observation.lowCardinalityKeyValue("outcome", outcome).stop();
    }
}
