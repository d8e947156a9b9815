package io.github.camelzendesk.auth.monitor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.WritableHealthCheckRepository;

/**
 * One readiness check for each connection, and one for those that are shown together, among Camel's checks of producers.
 * Thread-safe.
 */
final class HealthChecks implements ConnectionMonitor {
    private final WritableHealthCheckRepository repository;
    private final Map<String, HealthCheck> checks = new ConcurrentHashMap<>();

    HealthChecks(WritableHealthCheckRepository repository) {
        this.repository = repository;
    }

    @Override
    public void show(MonitoredConnection connection) {
        add(connection.label(), new ConnectionHealthCheck(connection));
    }

    @Override
    public void hide(MonitoredConnection connection) {
        remove(connection.label());
    }

    @Override
    public void showTogether(ConnectionGroup others) {
        add(others.label(), new ConnectionGroupHealthCheck(others));
    }

    @Override
    public void hideTogether(ConnectionGroup others) {
        remove(others.label());
    }

    private void add(String label, HealthCheck check) {
        checks.put(label, check);
        repository.addHealthCheck(check);
    }

    private void remove(String label) {
        HealthCheck check = checks.remove(label);
        if (check != null) {
            repository.removeHealthCheck(check);
        }
    }
}
