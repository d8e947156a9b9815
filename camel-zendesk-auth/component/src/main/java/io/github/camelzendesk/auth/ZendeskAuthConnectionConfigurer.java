package io.github.camelzendesk.auth;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Binds properties to a {@link ZendeskAuthConnection}, for Camel, which finds it by the name of that class. Stateless.
 *
 * <p>Written by hand where Camel would generate one, for two reasons: it remembers which options are set, and it serves
 * {@code connections.acme.url} as well as Camel's own {@code connections[acme].url}. In the first spelling Camel hands it
 * the whole map of connections.
 */
public final class ZendeskAuthConnectionConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {
    private static final PropertyConfigurerGetter OPTIONS = new ZendeskAuthConfigurationConfigurer();

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        if (!(target instanceof ZendeskAuthConnection connection)) {
            throw new ConfigurationRefused("connections." + name + " names a connection, and no option of it: set, for"
                    + " example, connections." + name + ".url.");
        }
        connection.bind(context, name, value);
        return true;
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return OPTIONS.getOptionType(name, ignoreCase);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return target instanceof ZendeskAuthConnection connection
                ? connection.get(name)
                : ((Map<String, ZendeskAuthConnection>) target)
                        .computeIfAbsent(name, unused -> new ZendeskAuthConnection());
    }
}
