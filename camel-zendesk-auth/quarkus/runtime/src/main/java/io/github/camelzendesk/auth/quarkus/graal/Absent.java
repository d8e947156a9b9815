package io.github.camelzendesk.auth.quarkus.graal;

import java.util.function.BooleanSupplier;

/**
 * Whether a library that the component can do without is not in the application. Stateless.
 *
 * <p>Quarkus links a native image at build time, and there a method that names a missing class fails the build, even if
 * it never runs.
 */
abstract class Absent implements BooleanSupplier {
    private final String className;

    Absent(String className) {
        this.className = className;
    }

    @Override
    public boolean getAsBoolean() {
        try {
            Class.forName(className, false, Thread.currentThread().getContextClassLoader());
            return false;
        } catch (ClassNotFoundException e) {
            return true;
        }
    }

    /** Whether there are no meters. Stateless. */
    static final class Micrometer extends Absent {
        Micrometer() {
            super("io.micrometer.core.instrument.MeterRegistry");
        }
    }

    /** Whether there are no observations. Stateless. */
    static final class MicrometerObservation extends Absent {
        MicrometerObservation() {
            super("io.micrometer.observation.ObservationRegistry");
        }
    }

    /** Whether there are no health checks. Stateless. */
    static final class CamelHealth extends Absent {
        CamelHealth() {
            super("org.apache.camel.impl.health.AbstractHealthCheck");
        }
    }

    /** Whether there is none of Camel's own HTTP components. Stateless. */
    static final class CamelHttpBase extends Absent {
        CamelHttpBase() {
            super("org.apache.camel.http.base.HttpOperationFailedException");
        }
    }
}
