package io.github.camelzendesk.auth.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.core.env.Environment;

import io.github.camelzendesk.auth.ZendeskAuthComponent;

/** Copies the properties to the component as soon as Camel has made it. For the thread that does so. */
final class PropertiesCustomizer implements ComponentCustomizer {
    private static final String ALL_PRODUCERS = "camel.health.producers-enabled";

    private final CamelContext camelContext;
    private final ZendeskAuthOptions common;
    private final ZendeskAuthComponentOptions options;
    private final Environment environment;

    PropertiesCustomizer(
            CamelContext camelContext,
            ZendeskAuthOptions common,
            ZendeskAuthComponentOptions options,
            Environment environment) {
        this.camelContext = camelContext;
        this.common = common;
        this.options = options;
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof ZendeskAuthComponent
                && HierarchicalPropertiesEvaluator.evaluate(
                        environment, "camel.component.customizer", "camel.component.zendesk-auth.customizer");
    }

    @Override
    public void configure(String name, Component target) {
        CamelPropertiesHelper.setCamelProperties(camelContext, target, options.given(common), true);
        HealthCheckRegistry checks = HealthCheckRegistry.get(camelContext);
        // Whoever says what becomes of the checks of producers means ours as well.
        if (checks != null && !environment.containsProperty(ALL_PRODUCERS)) {
            checks.register(new ConnectionChecks());
        }
    }
}
