package io.github.camelzendesk.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.health.WritableHealthCheckRepository;

/**
 * One readiness check for each connection, among Camel's checks of producers. Safe for use by several threads.
 */
final class HealthChecks implements Surface {
    private final WritableHealthCheckRepository repository;
    private final Map<String, ConnectionHealthCheck> checks = new ConcurrentHashMap<>();

    HealthChecks(WritableHealthCheckRepository repository) {
        this.repository = repository;
    }

    @Override
    public void show(Observed connection) {
        ConnectionHealthCheck check = new ConnectionHealthCheck(connection);
        checks.put(connection.label(), check);
        repository.addHealthCheck(check);
    }

    @Override
    public void hide(Observed connection) {
        ConnectionHealthCheck check = checks.remove(connection.label());
        if (check != null) {
            repository.removeHealthCheck(check);
        }
    }
}
