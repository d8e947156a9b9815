package io.github.camelzendesk.auth.quarkus.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.options.Options;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;

/**
 * Gives Camel the variables of the environment that set options of the component, such as
 * {@code CAMEL_COMPONENT_ZENDESK_AUTH_URL}, by the names of these options. A variable has no dash, so SmallRye Config reads
 * this one as {@code camel.component.zendesk.auth.url}, which is no option of any component. Stateless.
 */
public final class OptionsOfEnvironment implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1;
    private static final String READ = "camel.component.zendesk.auth.";
    private static final String MEANT = "camel.component.zendesk-auth.";
    private static final String CONNECTIONS = "connections.";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        return context.proceed(name);
    }

    /** One name for each option: Camel would take two spellings of it in any order. */
    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Map<String, String> names = new LinkedHashMap<>();
        context.iterateNames()
                .forEachRemaining(name -> names.merge(
                        option(meant(name)),
                        meant(name),
                        (one, other) -> ordinal(context, other) > ordinal(context, one) ? other : one));
        return names.values().iterator();
    }

    private static String meant(String name) {
        if (!name.startsWith(READ)) {
            return name;
        }
        String rest = name.substring(READ.length());
        return rest.startsWith(CONNECTIONS)
                ? MEANT + CONNECTIONS + ofConnection(rest.substring(CONNECTIONS.length()))
                : MEANT + rest.replace('.', '-');
    }

    /** The shortest name of a connection that leaves an option: {@code acme.eu.oauth.client.id} is one of acme-eu. */
    private static String ofConnection(String words) {
        for (int dot = words.indexOf('.'); dot > 0; dot = words.indexOf('.', dot + 1)) {
            String option = words.substring(dot + 1).replace('.', '-');
            if (Options.find(option).isPresent()) {
                return words.substring(0, dot).replace('.', '-') + "." + option;
            }
        }
        return words;
    }

    /** What two spellings of one option have in common; other names stay as they are. */
    private static String option(String name) {
        int last = name.lastIndexOf('.') + 1;
        return name.startsWith(MEANT)
                ? name.substring(0, last)
                        + name.substring(last).replace("-", "").toLowerCase(Locale.ROOT)
                : name;
    }

    private static int ordinal(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        return value == null ? Integer.MIN_VALUE : value.getConfigSourceOrdinal();
    }
}
