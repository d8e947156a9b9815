package io.github.camelzendesk.auth;

import java.util.Map;
import java.util.TreeMap;

import org.apache.camel.CamelContext;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * The options of one named connection, as far as they differ from those of the component. For one thread at a time.
 *
 * <p>Made of properties such as {@code camel.component.zendesk-auth.connections.acme.url}. Option names bind ignoring
 * case.
 */
public class ZendeskAuthConnection {
    private final Map<String, Object> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ZendeskAuthConfiguration trial = new ZendeskAuthConfiguration();
    private final CheckedConfigurer configurer = new CheckedConfigurer(new ZendeskAuthConfigurationConfigurer(), true);

    /**
     * Sets an option.
     *
     * @throws ConfigurationRefused when there is no such option, or when the value is none of it
     */
    public void set(CamelContext context, String option, Object value) {
        configurer.bind(context, trial, option, value, true);
        options.put(option, value);
    }

    /** Sets an option, or keeps for {@link #check} why it cannot be set. */
    void bind(CamelContext context, String option, Object value) {
        configurer.configure(context, trial, option, value, true);
        options.put(option, value);
    }

    /** @throws ConfigurationRefused when an option could not be set */
    void check(String name) {
        configurer.check("Connection '" + name + "'");
    }

    Object get(String option) {
        return configurer.getOptionValue(trial, option, true);
    }

    /** A copy of the options of the component, with these over them. */
    ZendeskAuthConfiguration over(ZendeskAuthConfiguration common, CamelContext context) {
        ZendeskAuthConfiguration effective = common.copy();
        options.forEach((option, value) -> configurer.bind(context, effective, option, value, true));
        return effective;
    }
}
