package io.github.camelzendesk.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.util.OrderedLocationProperties;
import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.settings.internal.Spelling;

/**
 * The parameters of this project's Kamelets, as plain text: each may come from a message, by {@code toD}, and none is
 * looked up as a bean or a class, or evaluated. As a bean of the Kamelet's template it is the connection that they
 * describe. The template gets the others by {@code {{zendesk-kamelet:name}}}, each of the few characters that it needs.
 *
 * <p>Thread-safe. No error quotes a parameter.
 */
public final class KameletParameters implements PropertiesFunction, CamelContextAware {
    private static final ZendeskAuthConfigurationConfigurer BINDER = new ZendeskAuthConfigurationConfigurer();
    private static final Pattern WORD = Pattern.compile("[\\w.-]{1,200}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern NUMBER_OR_NOTHING = Pattern.compile("[0-9]{0,18}");
    private static final Pattern FILE = Pattern.compile("[\\p{L}\\p{N}._ -]{1,200}");
    private static final Pattern DIRECTORY_OR_NOTHING =
            Pattern.compile("([A-Za-z]:)?[\\p{L}\\p{N}._ /\\\\@,=~()+-]{1,1000}|");

    private static final Pattern ENCODED = Pattern.compile("[\\w.*+%-]*");

    /** A value in the text of a template, where Camel would interpret other characters. */
    private static final Map<String, Pattern> OF_THE_TEMPLATE = Map.of(
            "routeId", WORD,
            "zendeskKamelet", WORD,
            "zendeskHandover", WORD,
            "zendeskCursor", WORD,
            "ticketId", NUMBER_OR_NOTHING,
            "startTime", NUMBER_OR_NOTHING,
            "delay", NUMBER,
            "pageSize", NUMBER,
            "cursorFile", FILE,
            "cursorDirectory", DIRECTORY_OR_NOTHING);

    private static final String ON_BEHALF_OF = "onBehalfOf";
    private static final List<String> OF_THE_ACCOUNT = List.of(
            "url",
            "authScheme",
            "user",
            "apiToken",
            "oauthClientId",
            "oauthClientSecret",
            "oauthClientKind",
            "callbackUrl",
            "initiateOAuth",
            "oauthAccessToken",
            "oauthRefreshToken",
            "oauthSettingsLocation",
            "oauthSettingsSecretKey",
            "scope",
            "joinTimeout");

    private CamelContext camelContext;

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public String getName() {
        return "zendesk-kamelet";
    }

    /**
     * A parameter for the text of the template, empty when it is not set.
     *
     * @throws ConfigurationRefused when it holds other characters than the template can take
     */
    @Override
    public String apply(String parameter) {
        return checked(parameter, Objects.requireNonNull(OF_THE_TEMPLATE.get(parameter), parameter));
    }

    /**
     * The name of a connection of the application, null when the Kamelet's own parameters count.
     *
     * @throws ConfigurationRefused for a name that cannot be one, or beside parameters that it leaves without effect
     */
    @Nullable
    String connection() {
        if (raw("connection") == null) {
            return null;
        }
        refuseOfUri(OF_THE_ACCOUNT, "This Kamelet names a connection, so its URI cannot set %s as well: leave it out.");
        if (raw(ON_BEHALF_OF) != null) {
            throw new ConfigurationRefused("A Kamelet that names a connection takes no onBehalfOf: set it where the"
                    + " connection is configured.");
        }
        return checked("connection", WORD);
    }

    /**
     * The connection that the parameters describe.
     *
     * @param closed whether the application has configured connections by name, so that no URI makes another
     * @throws ConfigurationRefused for a parameter that is no value of its option
     */
    ZendeskAuthConfiguration own(boolean closed) {
        if (closed) {
            refuseOfUri(
                    OF_THE_ACCOUNT,
                    "Connections are configured by name, so the URI of a Kamelet cannot set %s: set the property"
                            + " camel.kamelet.NAME.%1$s, or name a connection with the parameter connection.");
        }
        ZendeskAuthConfiguration own = new ZendeskAuthConfiguration();
        // Camel gives the bean a new name at each start; the settings file and the log go by this one.
        own.setConnectionName("kamelet");
        Stream.concat(OF_THE_ACCOUNT.stream(), Stream.of(ON_BEHALF_OF)).forEach(option -> bind(own, option));
        return own;
    }

    /** For the test that holds them against the Kamelets. */
    static Stream<String> names() {
        return Stream.of(OF_THE_TEMPLATE.keySet(), OF_THE_ACCOUNT, List.of(ON_BEHALF_OF, "connection"))
                .flatMap(Collection::stream);
    }

    private void bind(ZendeskAuthConfiguration own, String option) {
        String text = text(option);
        if (text == null) {
            return;
        }
        if (BINDER.getOptionType(option, true) != String.class
                && !WORD.matcher(text).matches()) {
            throw refused(option);
        }
        try {
            BINDER.configure(camelContext, own, option, text, true);
        } catch (RuntimeException e) {
            // Without the cause, which quotes the text.
            throw refused(option);
        }
    }

    private String checked(String parameter, Pattern allowed) {
        String text = Objects.requireNonNullElse(text(parameter), "");
        if (!allowed.matcher(text).matches()) {
            throw refused(parameter);
        }
        return text;
    }

    private @Nullable String text(String parameter) {
        String raw = raw(parameter);
        if (raw == null) {
            return null;
        }
        if (!isOfUri(parameter, raw)) {
            return camelContext.resolvePropertyPlaceholders(raw);
        }
        return isEncoded(parameter, raw) ? decoded(parameter, raw) : raw;
    }

    /** Camel leaves a value of RAW(...) alone, and encodes another as a whole if it encodes anything. */
    private static boolean isEncoded(String parameter, String raw) {
        return ENCODED.matcher(raw).matches() && !isSecret(parameter);
    }

    /** Those are in RAW(...) within a URI, so that Camel decodes none that looks encoded. Not user, which is an address. */
    private static boolean isSecret(String parameter) {
        return !parameter.equals(Options.USER.name())
                && Options.find(parameter).filter(Option::isSecret).isPresent();
    }

    /** As Camel hands it to the Kamelet. */
    private @Nullable String raw(String parameter) {
        Properties parameters = camelContext.getPropertiesComponent().getLocalProperties();
        Object value = parameters == null ? null : parameters.get(parameter);
        if (value instanceof Collection) {
            throw refused(parameter);
        }
        return value == null ? null : value.toString();
    }

    private static String decoded(String parameter, String raw) {
        try {
            // A space is a plus by now. Only a scope has spaces, and an address may have a plus.
            String text = parameter.equals("scope") ? raw : raw.replace("+", "%2B");
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused(parameter);
        }
    }

    private void refuseOfUri(List<String> parameters, String message) {
        for (String parameter : parameters) {
            String raw = raw(parameter);
            if (raw != null && isOfUri(parameter, raw)) {
                throw new ConfigurationRefused(message.formatted(parameter));
            }
        }
    }

    /** Whether the text stands neither in the Kamelet as its default nor in the application's configuration. */
    private boolean isOfUri(String parameter, String raw) {
        return !raw.equals(defaultOf(parameter)) && configured(parameter).noneMatch(raw::equals);
    }

    private @Nullable Object defaultOf(String parameter) {
        return camelContext.getPropertiesComponent().getLocalProperties()
                        instanceof OrderedLocationProperties parameters
                ? parameters.getDefaultValue(parameter)
                : null;
    }

    /** What properties such as {@code camel.kamelet.zendesk-sink.url} and variables of the environment say. */
    private Stream<String> configured(String parameter) {
        Properties properties = camelContext
                .getPropertiesComponent()
                .loadProperties(
                        key -> key.contains("kamelet.") && Spelling.bare(key).endsWith("." + Spelling.bare(parameter)));
        return Stream.concat(
                properties.stringPropertyNames().stream().map(properties::getProperty),
                System.getenv().entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith("CAMEL_KAMELET_")
                                && Spelling.bare(variable.getKey()).endsWith(Spelling.bare(parameter)))
                        .map(Map.Entry::getValue));
    }

    private static ConfigurationRefused refused(String parameter) {
        return new ConfigurationRefused("The parameter " + parameter
                + " of a Kamelet has a value that it cannot take: see its description, and the characters that the page"
                + " Kamelets allows.");
    }
}
