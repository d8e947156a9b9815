package io.github.camelzendesk.auth;

import java.util.ArrayList;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;

/**
 * Finds the surfaces that a context has. Stateless.
 *
 * <p>Each stands on a library that may be absent, so a surface's class is touched only once its library is there.
 */
final class Surfaces {
    private static final String PRODUCERS = "producers";
    /** The repository that a runtime registers for ours alone, where it does not want those of all producers. */
    private static final String OURS = "zendesk-auth";

    private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";
    private static final String HEALTH_CHECK = "org.apache.camel.impl.health.AbstractHealthCheck";

    private Surfaces() {}

    static List<Surface> of(ZendeskAuthComponent component) {
        CamelContext context = component.getCamelContext();
        List<Surface> found = new ArrayList<>();
        if (isPresent(METER_REGISTRY)) {
            found.addAll(Meters.of(context));
        }
        WritableHealthCheckRepository checks = checks(component);
        if (checks != null) {
            found.add(new HealthChecks(checks));
        }
        if (context.getManagementStrategy().getManagementAgent() != null) {
            found.add(new ManagedConnections(context));
        }
        found.add(new CamelEvents(context));
        return found;
    }

    private static WritableHealthCheckRepository checks(ZendeskAuthComponent component) {
        if (!component.isHealthCheckProducerEnabled() || !isPresent(HEALTH_CHECK)) {
            return null;
        }
        CamelContext context = component.getCamelContext();
        WritableHealthCheckRepository ours =
                HealthCheckHelper.getHealthCheckRepository(context, OURS, WritableHealthCheckRepository.class);
        return ours == null
                ? HealthCheckHelper.getHealthCheckRepository(context, PRODUCERS, WritableHealthCheckRepository.class)
                : ours;
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, Surfaces.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
