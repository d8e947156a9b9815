package io.github.camelzendesk.auth.springboot;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.core.env.Environment;

import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/** Copies the properties to the component as soon as Camel has made it. For the thread that does so. */
final class PropertiesCustomizer implements ComponentCustomizer {
    private static final String ALL_PRODUCERS = "camel.health.producers-enabled";
    /** A placeholder that is no secret itself: nothing but the name of a variable, in capitals as such names are. */
    private static final Pattern VARIABLE = Pattern.compile("\\s*\\{\\{env:([A-Z_][A-Z0-9_]*)}}\\s*");

    private final CamelContext camelContext;
    private final ZendeskAuthOptions common;
    private final ZendeskAuthComponentOptions options;
    private final List<ZendeskConnectionDetails> details;
    private final Environment environment;

    PropertiesCustomizer(
            CamelContext camelContext,
            ZendeskAuthOptions common,
            ZendeskAuthComponentOptions options,
            List<ZendeskConnectionDetails> details,
            Environment environment) {
        this.camelContext = camelContext;
        this.common = common;
        this.options = options;
        this.details = details;
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
        set(target, given());
        HealthCheckRegistry checks = HealthCheckRegistry.get(camelContext);
        // A property for the checks of all producers decides about these too.
        if (checks != null && !environment.containsProperty(ALL_PRODUCERS)) {
            checks.register(new ConnectionChecks());
        }
    }

    private Map<String, Object> given() {
        Map<String, Object> given = options.given(common);
        for (ZendeskConnectionDetails connection : details) {
            String prefix = "connections[" + connection.connection() + "].";
            given.keySet().removeIf(option -> option.startsWith(prefix));
            connection.options().forEach((option, value) -> given.put(prefix + name(option), value));
        }
        return given;
    }

    /** Camel knows options by their own spelling. One that is none is Camel's to refuse. */
    private static String name(String option) {
        return Options.find(option).map(Option::name).orElse(option);
    }

    private void set(Component target, Map<String, Object> given) {
        try {
            CamelPropertiesHelper.setCamelProperties(camelContext, target, given, true);
        } catch (RuntimeException e) {
            // Camel takes off what it has set, so the first that is left is the one that it could not set.
            Map.Entry<String, Object> first = given.entrySet().iterator().next();
            throw SecretNames.isSecretOption(first.getKey())
                    ? refused("The option " + first.getKey() + " cannot be set", String.valueOf(first.getValue()))
                    : e;
        }
    }

    /** Without Camel's own words, which quote the value. */
    private static ConfigurationRefused refused(String what, String value) {
        Matcher variable = VARIABLE.matcher(value);
        if (variable.matches()) {
            return new ConfigurationRefused(what + ": the environment of this process has no variable "
                    + variable.group(1) + ". Set it, or correct its name.");
        }
        return new ConfigurationRefused(what + ". Camel resolves what stands between '{{' and"
                + " '}}' as a property, and what follows #bean:, #class:, #type:, #property: or #valueAs at the beginning as a"
                + " reference, and it cannot resolve this one: correct the placeholder or the reference. A secret that has"
                + " these characters itself can only be set in code, on a bean of the type ZendeskAuthConfiguration.");
    }
}
