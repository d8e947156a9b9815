package io.github.camelzendesk.auth.monitor;

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
public final class ConnectionMonitors {
    private static final String PRODUCERS = "producers";
    /** The repository that a runtime registers for ours alone, where it does not want those of all producers. */
    private static final String OURS = "zendesk-auth";

    private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";
    private static final String OBSERVATION_REGISTRY = "io.micrometer.observation.ObservationRegistry";
    private static final String HEALTH_CHECK = "org.apache.camel.impl.health.AbstractHealthCheck";

    private ConnectionMonitors() {}

    public static List<ConnectionMonitor> of(CamelContext context, boolean healthChecks) {
        List<ConnectionMonitor> found = new ArrayList<>();
        if (isPresent(METER_REGISTRY)) {
            found.addAll(Meters.of(context));
        }
        if (isPresent(OBSERVATION_REGISTRY)) {
            found.addAll(Observations.of(context));
        }
        WritableHealthCheckRepository checks = checks(context, healthChecks);
        if (checks != null) {
            found.add(new HealthChecks(checks));
        }
        if (context.getManagementStrategy().getManagementAgent() != null) {
            found.add(new ManagedConnections(context));
        }
        found.add(new CamelEvents(context));
        return found;
    }

    private static WritableHealthCheckRepository checks(CamelContext context, boolean wanted) {
        if (!wanted || !isPresent(HEALTH_CHECK)) {
            return null;
        }
        WritableHealthCheckRepository ours =
                HealthCheckHelper.getHealthCheckRepository(context, OURS, WritableHealthCheckRepository.class);
        return ours == null
                ? HealthCheckHelper.getHealthCheckRepository(context, PRODUCERS, WritableHealthCheckRepository.class)
                : ours;
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, ConnectionMonitors.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
