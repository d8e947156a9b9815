package io.github.camelzendesk.auth;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import io.github.camelzendesk.auth.oauth.Condition;

/**
 * Whether this process should get calls for the connections that are shown together. Safe for use by several threads.
 *
 * <p>One of them that cannot serve must not take the others out of service, so it takes all of them for that. What must
 * be saved before the process ends is another matter. Asking looks at the memory only, whatever their number.
 */
final class OthersHealthCheck extends AbstractHealthCheck {
    private final Others others;

    OthersHealthCheck(Others others) {
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
        Tally.Count count = others.tally().count();
        count.byCondition().forEach((condition, number) -> builder.detail(condition.name(), number));
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
    private static String trouble(Tally.Count count) {
        if (count.of(Condition.DIRTY) > 0) {
            return "Memory holds what the settings of " + count.of(Condition.DIRTY) + " connection(s) do not: "
                    + String.join(", ", count.inTrouble())
                    + ". Do not end this process; fix what the log says of their settings, and storing succeeds by itself.";
        }
        boolean canOneServe = count.of(Condition.READY) + count.of(Condition.IDLE) > 0;
        return canOneServe || count.all() == 0
                ? null
                : "None of " + count.all() + " connections can serve: a person must log in for "
                        + count.of(Condition.AUTHORIZATION_REQUIRED) + ", and the last attempt failed for "
                        + count.of(Condition.FAILING) + ". The log says why.";
    }
}
