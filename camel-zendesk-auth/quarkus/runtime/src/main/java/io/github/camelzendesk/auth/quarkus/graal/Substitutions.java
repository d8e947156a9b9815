package io.github.camelzendesk.auth.quarkus.graal;

import java.util.List;

import org.apache.camel.CamelContext;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * The substitutions, in one file because each is a few lines. They never run on a JVM.
 */
final class Substitutions {
    private Substitutions() {}
}

/** A monitored connection in the signatures below. */
@TargetClass(className = "io.github.camelzendesk.auth.monitor.MonitoredConnection")
final class TargetMonitoredConnection {}

/** The connections that are shown together. */
@TargetClass(className = "io.github.camelzendesk.auth.monitor.ConnectionGroup")
final class TargetConnectionGroup {}

/** No meters without Micrometer. */
@TargetClass(className = "io.github.camelzendesk.auth.monitor.Meters", onlyWith = Absent.Micrometer.class)
final class TargetMeters {
    @Substitute
    static List<?> of(CamelContext context) {
        return List.of();
    }
}

/** No observations without Micrometer's. */
@TargetClass(
        className = "io.github.camelzendesk.auth.monitor.Observations",
        onlyWith = Absent.MicrometerObservation.class)
final class TargetObservations {
    @Substitute
    static List<?> of(CamelContext context) {
        return List.of();
    }
}

/** No health checks without camel-health. */
@TargetClass(className = "io.github.camelzendesk.auth.monitor.HealthChecks", onlyWith = Absent.CamelHealth.class)
final class TargetHealthChecks {
    @Substitute
    void show(TargetMonitoredConnection connection) {}

    @Substitute
    void hide(TargetMonitoredConnection connection) {}

    @Substitute
    void showTogether(TargetConnectionGroup group) {}
}

/** No failures of Camel's own HTTP components without them. */
@TargetClass(
        className = "io.github.camelzendesk.auth.InvalidTokenResponse",
        innerClass = "Typed",
        onlyWith = Absent.CamelHttpBase.class)
final class TargetTyped {
    @Substitute
    static boolean saysSo(Throwable failure) {
        return false;
    }
}
