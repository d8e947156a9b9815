package io.github.camelzendesk.auth;

import java.util.Map;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.LocalBeanRepositoryAware;
import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * Finds the options that an endpoint begins with, by the name of its connection. For one thread at a time.
 *
 * <p>Where connections are configured by name, a URI only chooses among them: its text may come from a message, by
 * {@code toD}, and must not lead a secret to another host or into another file. What it may set is up to
 * {@link MessageInput}.
 */
final class NamedConnections {
    private final CamelContext context;
    private final ZendeskAuthConfiguration common;
    private final Map<String, ?> properties; // Camel sets connections[acme] to whatever it is told, of any type

    NamedConnections(
            CamelContext context, ZendeskAuthConfiguration common, Map<String, ZendeskAuthConnection> properties) {
        this.context = context;
        this.common = common;
        this.properties = properties;
    }

    /**
     * Refuses, at the start, options that could not be set, and connections that are configured twice: one of the two would
     * be ignored without a word.
     */
    void check() {
        properties.forEach(NamedConnections::checkOptions);
        for (String name : beans().keySet()) {
            if (properties.containsKey(name)) {
                throw refused(
                        name, "it is configured twice, by properties and by a bean of this name: remove one of them.");
            }
        }
    }

    private static void checkOptions(String name, Object property) {
        if (property instanceof ZendeskAuthConnection connection) {
            connection.check(LogSafeText.oneLine(name));
        }
    }

    /**
     * The options of a connection that is configured by name, for the caller to change. Null where none is configured so,
     * and a URI may set all of them.
     *
     * @throws ConfigurationRefused when others are configured and this one is not
     */
    @Nullable
    ZendeskAuthConfiguration find(String name) {
        ZendeskAuthConfiguration ofProperties = ofProperties(name);
        if (ofProperties != null) {
            // Without a look at the beans, which would cost more with each one that there is.
            return ofProperties;
        }
        Map<String, ZendeskAuthConfiguration> beans = beans();
        ZendeskAuthConfiguration bean = beans.containsKey(name) ? beans.get(name) : localBean(name);
        if (bean == null && !(properties.isEmpty() && beans.isEmpty())) {
            throw unknown();
        }
        return bean == null ? null : bean.copy();
    }

    /** Whether it is configured by properties. Costs next to nothing. */
    boolean isOfProperties(String name) {
        return properties.containsKey(name);
    }

    /** Whether connections are configured by name, so that a URI only chooses among them. */
    boolean isClosed() {
        return !properties.isEmpty() || !beans().isEmpty();
    }

    /** Whether it is configured by name, for good: what a route template brings goes with its route. */
    boolean isNamed(String name) {
        return properties.containsKey(name)
                || context.getRegistry().lookupByNameAndType(name, ZendeskAuthConfiguration.class) != null;
    }

    private ZendeskAuthConfiguration ofProperties(String name) {
        Object property = properties.get(name);
        if (property != null && !(property instanceof ZendeskAuthConnection)) {
            throw refused(
                    name,
                    "connections[" + name + "] is set, but only its options can be, such as connections[" + name
                            + "].url. A bean with the options is found by its own name.");
        }
        checkOptions(name, property);
        return property == null ? null : ((ZendeskAuthConnection) property).over(common, context);
    }

    private Map<String, ZendeskAuthConfiguration> beans() {
        return context.getRegistry().findByTypeWithName(ZendeskAuthConfiguration.class).entrySet().stream()
                // The component's own options may be a bean, too, which makes no connection.
                .filter(bean -> bean.getValue() != common)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * A bean of the route template, or Kamelet, whose route is being created. It is found by its name only, and by nobody
     * else: it closes the component to no other URI.
     */
    private ZendeskAuthConfiguration localBean(String name) {
        BeanRepository local = context.getRegistry() instanceof LocalBeanRepositoryAware registry
                ? registry.getLocalBeanRepository()
                : null;
        Object bean = local == null ? null : local.lookupByName(name);
        return bean instanceof KameletParameters kamelet
                ? of(kamelet)
                : bean instanceof ZendeskAuthConfiguration options ? options : null;
    }

    private ZendeskAuthConfiguration of(KameletParameters kamelet) {
        boolean closed = isClosed();
        String name = kamelet.connection();
        if (name == null) {
            return kamelet.own(closed);
        }
        ZendeskAuthConfiguration named = configured(name);
        if (named == null && closed) {
            throw unknown();
        }
        ZendeskAuthConfiguration options = named == null ? common.copy() : named;
        options.setConnectionName(options.getConnectionName() == null ? name : options.getConnectionName());
        return options;
    }

    /** Of the application: never a bean of a template, as the name may come from a message. */
    private ZendeskAuthConfiguration configured(String name) {
        ZendeskAuthConfiguration ofProperties = ofProperties(name);
        ZendeskAuthConfiguration bean = ofProperties == null ? beans().get(name) : null;
        return bean == null ? ofProperties : bean.copy();
    }

    /** Without its name, which may come from a message, or be what Camel read from a property that a message named. */
    private static ConfigurationRefused unknown() {
        return new ConfigurationRefused(
                "This connection is not configured, and where connections are configured by name a URI can make no other."
                        + " Set camel.component.zendesk-auth.connections[name].url and what it authenticates with, or bind a"
                        + " ZendeskAuthConfiguration to its name. A name with dashes, dots or capitals stands in brackets.");
    }

    private static ConfigurationRefused refused(String name, String why) {
        return new ConfigurationRefused("Connection '" + LogSafeText.oneLine(name) + "': " + why);
    }
}
