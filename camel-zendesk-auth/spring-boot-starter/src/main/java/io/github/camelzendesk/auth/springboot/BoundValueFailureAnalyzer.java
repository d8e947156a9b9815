package io.github.camelzendesk.auth.springboot;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Names the property of ours whose value cannot be used, without the value: it may be a secret that stands at the
 * wrong name. Comes before Boot's own, which quotes it. Stateless.
 */
final class BoundValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("camel.component.zendesk-auth");

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, BindException cause) {
        ConfigurationPropertyName name = cause.getName();
        if (!OURS.equals(name) && !OURS.isAncestorOf(name)) {
            return null;
        }
        String description = "The property " + name + " has a value that cannot be used." + origin(cause.getProperty());
        String action =
                "Correct it: it takes " + taken(cause.getTarget().getType().resolve(Object.class)) + ".";
        return new FailureAnalysis(description, action, new ConfigurationRefused(description));
    }

    private static String origin(@Nullable ConfigurationProperty property) {
        return property == null || property.getOrigin() == null ? "" : " It is set at " + property.getOrigin() + ".";
    }

    private static String taken(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        return type == Duration.class
                ? "a duration, such as 30s"
                : "no value of its own, but has options below it: camel.component.zendesk-auth.connections.NAME.OPTION";
    }
}
