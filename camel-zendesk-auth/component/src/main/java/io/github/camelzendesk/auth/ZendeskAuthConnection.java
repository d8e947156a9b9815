package io.github.camelzendesk.auth;

import java.util.Map;
import java.util.TreeMap;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/**
 * The options of one named connection, as far as they differ from those of the component. For one thread at a time.
 *
 * <p>Made of properties such as {@code camel.component.zendesk-auth.connections.acme.url}. Option names bind ignoring
 * case.
 */
public class ZendeskAuthConnection {
    private static final PropertyConfigurerGetter READER = new ZendeskAuthConfigurationConfigurer();

    private final Map<String, Object> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ZendeskAuthConfiguration trial = new ZendeskAuthConfiguration();

    /**
     * Sets an option.
     *
     * @throws ConfigurationRefused when there is no such option
     * @throws org.apache.camel.TypeConversionException when the value is none for this option
     */
    public void set(CamelContext context, String spelling, Object value) {
        String option = Options.find(spelling).map(Option::name).orElse(spelling);
        apply(context, trial, option, value);
        options.put(option, value);
    }

    Object get(String option) {
        return READER.getOptionValue(trial, option, true);
    }

    /** A copy of the options of the component, with these over them. */
    ZendeskAuthConfiguration over(ZendeskAuthConfiguration common, CamelContext context) {
        ZendeskAuthConfiguration effective = common.copy();
        options.forEach((option, value) -> apply(context, effective, option, value));
        return effective;
    }

    private static void apply(CamelContext context, ZendeskAuthConfiguration target, String option, Object value) {
        if (!new ZendeskAuthConfigurationConfigurer().configure(context, target, option, value, true)) {
            throw new ConfigurationRefused("A connection has no option '" + option
                    + "': it takes those of the component, whose page in the documentation lists them.");
        }
    }
}
