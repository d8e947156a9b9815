package io.github.camelzendesk.auth.monitor;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import io.github.camelzendesk.auth.oauth.ConnectionState;

/**
 * Whether this process should get calls for the connections that are shown together. Thread-safe.
 *
 * <p>One of them that cannot serve must not take the others out of service, so it takes all of them for that. What must
 * be saved before the process ends is another matter. Asking looks at the memory only, whatever their number.
 */
final class ConnectionGroupHealthCheck extends AbstractHealthCheck {
    private final ConnectionGroup others;

    ConnectionGroupHealthCheck(ConnectionGroup others) {
        super("zendesk-auth", "zendesk-auth:" + others.label());
        this.others = others;
    }

    @Override
    public boolean isReadiness() {
        return true;
    }

    /** As for a connection by itself: a restart heals nothing. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        StateCounts.Count count = others.tally().count();
        count.byState().forEach((state, number) -> builder.detail(state.name(), number));
        if (!count.inTrouble().isEmpty()) {
            builder.detail("inTrouble", String.join(", ", count.inTrouble()));
        }
        String trouble = trouble(count);
        if (trouble == null) {
            builder.up();
        } else {
            builder.message(trouble).down();
        }
    }

    /** What must not go on unnoticed, with the remedy; null when nothing does. */
    private static String trouble(StateCounts.Count count) {
        if (count.of(ConnectionState.DIRTY) > 0) {
            return "Memory holds what the settings of " + count.of(ConnectionState.DIRTY) + " connection(s) do not: "
                    + String.join(", ", count.inTrouble())
                    + ". Do not end this process; fix what the log says of their settings, and storing succeeds by itself.";
        }
        boolean canOneServe = count.of(ConnectionState.READY) + count.of(ConnectionState.IDLE) > 0;
        return canOneServe || count.all() == 0
                ? null
                : "None of " + count.all() + " connections can serve: a person must log in for "
                        + count.of(ConnectionState.AUTHORIZATION_REQUIRED) + ", and the last attempt failed for "
                        + count.of(ConnectionState.FAILING) + ". The log says why.";
    }
}
