package io.github.camelzendesk.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.WritableHealthCheckRepository;

/**
 * One readiness check for each connection, and one for those that are shown together, among Camel's checks of producers. Safe
 * for use by several threads.
 */
final class HealthChecks implements Surface {
    private final WritableHealthCheckRepository repository;
    private final Map<String, HealthCheck> checks = new ConcurrentHashMap<>();

    HealthChecks(WritableHealthCheckRepository repository) {
        this.repository = repository;
    }

    @Override
    public void show(Observed connection) {
        add(connection.label(), new ConnectionHealthCheck(connection));
    }

    @Override
    public void hide(Observed connection) {
        remove(connection.label());
    }

    @Override
    public void showTogether(Others others) {
        add(others.label(), new OthersHealthCheck(others));
    }

    @Override
    public void hideTogether(Others others) {
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
