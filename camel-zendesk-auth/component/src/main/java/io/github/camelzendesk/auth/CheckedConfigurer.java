package io.github.camelzendesk.auth;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.settings.internal.Spelling;

/**
 * Binds options as Camel's generated configurer does, and keeps the first one that cannot be bound for {@link #check}.
 * For one thread at a time.
 *
 * <p>It is kept because Camel would put an exception thrown here into one of its own, which quotes the value.
 */
final class CheckedConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {
    private final PropertyConfigurer generated;
    private final boolean showsUnknown;
    private volatile @Nullable ConfigurationRefused refused;

    /** @param showsUnknown whether an unknown name may be shown: in a URI it may be the rest of a secret */
    CheckedConfigurer(PropertyConfigurer generated, boolean showsUnknown) {
        this.generated = generated;
        this.showsUnknown = showsUnknown;
    }

    /** @throws ConfigurationRefused when an option was not bound, after the name of what it was to be an option of */
    void check(String owner) {
        ConfigurationRefused first = refused;
        if (first != null) {
            throw new ConfigurationRefused(owner + ": " + first.getMessage());
        }
    }

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        try {
            bind(context, target, name, value, ignoreCase);
        } catch (ConfigurationRefused e) {
            refused = refused == null ? e : refused;
        }
        return true;
    }

    /** @throws ConfigurationRefused when there is no such option, or when the value is none of it; without the value */
    void bind(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        if (!known(context, target, own(name), value, ignoreCase)) {
            throw unknown(name);
        }
    }

    /** The drivers call a few options otherwise, such as {@code ProxyServer}. */
    private static String own(String name) {
        return Options.find(name).<String>map(Option::name).orElse(name);
    }

    private boolean known(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        try {
            return generated.configure(context, target, name, value, ignoreCase);
        } catch (ConfigurationRefused e) {
            throw e;
        } catch (RuntimeException e) {
            // Without the cause, which quotes the value.
            return generated.configure(context, target, name, parsed(name, String.valueOf(value)), ignoreCase);
        }
    }

    private static Object parsed(String name, String text) {
        Option<?> option = Options.find(name).orElse(null);
        if (option != null) {
            return option.parse(text);
        }
        if (MessageInput.bare(name).equals("operation")) {
            return MessageInput.operation(name, text);
        }
        throw new ConfigurationRefused(
                "the option " + name + " cannot be set to this value: see the type of the option in"
                        + " the documentation of the component.");
    }

    private ConfigurationRefused unknown(String name) {
        String advice = Spelling.advice(name, MessageInput.options());
        return new ConfigurationRefused(
                showsUnknown || Spelling.nearest(name, MessageInput.options()).isPresent()
                        ? "it has no option '" + name + "'. " + advice
                        : "it has no such option, which is not shown because it may be the rest of a secret: write RAW(...)"
                                + " around a value that holds an &. "
                                + advice);
    }

    @Override
    public @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
        return ((PropertyConfigurerGetter) generated).getOptionType(own(name), ignoreCase);
    }

    @Override
    public @Nullable Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return ((PropertyConfigurerGetter) generated).getCollectionValueType(target, name, ignoreCase);
    }

    @Override
    public @Nullable Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return ((PropertyConfigurerGetter) generated).getOptionValue(target, own(name), ignoreCase);
    }
}
