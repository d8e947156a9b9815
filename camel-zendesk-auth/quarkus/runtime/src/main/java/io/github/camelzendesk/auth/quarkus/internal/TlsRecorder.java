package io.github.camelzendesk.auth.quarkus.internal;

import org.apache.camel.CamelContext;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/**
 * Binds Quarkus' TLS configurations before Camel starts. Stateless. The build reads the signatures here, also where the
 * TLS registry is absent, so they name none of its classes.
 */
@Recorder
public class TlsRecorder {
    public void bind(RuntimeValue<CamelContext> context) {
        TlsConfigurations.bind(context.getValue().getRegistry());
    }
}
