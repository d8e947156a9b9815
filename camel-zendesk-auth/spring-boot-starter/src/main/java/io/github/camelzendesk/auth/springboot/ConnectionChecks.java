package io.github.camelzendesk.auth.springboot;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.jspecify.annotations.Nullable;

/**
 * The health checks of our connections, enabled from the beginning. Thread-safe.
 *
 * <p>Camel's own place for them is the repository of all producers, which is disabled, and which to enable would bring
 * the checks of other components into Actuator's answer.
 */
final class ConnectionChecks implements WritableHealthCheckRepository, CamelContextAware {
    /** Where the component looks, before it goes by the repository of all producers. */
    private static final String ID = "zendesk-auth";

    private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();
    private volatile boolean enabled = true;
    private volatile @Nullable CamelContext camelContext;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public Stream<HealthCheck> stream() {
        return enabled ? checks.stream() : Stream.empty();
    }

    @Override
    public void addHealthCheck(HealthCheck check) {
        CamelContextAware.trySetCamelContext(check, camelContext);
        checks.add(check);
    }

    @Override
    public void removeHealthCheck(HealthCheck check) {
        checks.remove(check);
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(@Nullable CamelContext context) {
        this.camelContext = context;
    }
}
