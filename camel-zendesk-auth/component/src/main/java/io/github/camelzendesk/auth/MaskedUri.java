package io.github.camelzendesk.auth;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.URISupport;

import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * The URI of an endpoint with a mark in place of each secret, for all who print it. Stateless.
 *
 * <p>Two secrets have two marks, because Camel tells endpoints apart by their URI; the marks mean nothing outside of this
 * JVM.
 */
final class MaskedUri {
    private static final Set<String> SECRETS = Options.ALL.stream()
            .filter(Option::isSecret)
            .map(option -> bare(option.name()))
            .collect(Collectors.toUnmodifiableSet());
    /** No secret, but for the password that a JDBC URL may hold. */
    private static final String LOCATION = bare(Options.OAUTH_SETTINGS_LOCATION.name());

    private static final List<String> UNKNOWN_TO_CAMEL =
            List.of(Options.OAUTH_VERIFIER.name(), Options.PKCE_VERIFIER.name());
    private static final List<String> ADDITIONAL =
            List.of("camel.main.additionalSensitiveKeywords", "camel.main.additional-sensitive-keywords");
    private static final String SALT = UUID.randomUUID().toString();
    private static final int MARK_LENGTH = 8;

    private MaskedUri() {}

    static String of(String scheme, String connection, Map<String, Object> parameters) {
        Map<String, Object> masked = new TreeMap<>(parameters);
        masked.replaceAll((name, value) -> isSecret(name, value) ? mark(value) : value);
        String query = URISupport.createQueryString(masked);
        return scheme + "://" + connection + (query.isEmpty() ? "" : "?" + query);
    }

    /**
     * Has Camel mask in its own errors what it does not know by name, and says whether it will. It remembers one list for
     * the whole JVM, so what the application has asked for goes along.
     */
    static boolean registerSensitiveKeywords(CamelContext context) {
        String theirs = ADDITIONAL.stream()
                .map(name -> context.getPropertiesComponent().resolveProperty(name))
                .flatMap(Optional::stream)
                .map(keywords -> keywords + ",")
                .collect(Collectors.joining());
        teachTheSummary(context, theirs);
        try {
            URISupport.addSanitizeKeywords(theirs + String.join(",", UNKNOWN_TO_CAMEL));
            return true;
        } catch (NoSuchMethodError e) {
            // Camel 4.14 has no list to add to.
            return false;
        }
    }

    /** Whether one of the options has a secret that Camel does not know by name. */
    static boolean hasUnregisteredSecret(Set<String> options) {
        return options.stream().anyMatch(name -> UNKNOWN_TO_CAMEL.stream().anyMatch(bare(name)::equalsIgnoreCase));
    }

    /**
     * Has Camel Main mask the parameters of a Kamelet, which it logs at the start and knows by other names, and the password
     * of a JDBC URL. By name, because Camel 4.14 has no such property.
     */
    private static void teachTheSummary(CamelContext context, String theirs) {
        Object extension = context.getCamelContextExtension();
        String property = "additionalSensitiveKeywords";
        Object known = PluginHelper.getBeanIntrospection(context).getOrElseProperty(extension, property, "", true);
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(extension)
                .withProperty(property, known + "," + theirs + LOCATION + "," + String.join(",", SECRETS))
                .bind();
    }

    /** A URI as it was written, up to its options. */
    static String withoutOptions(String uri) {
        int question = uri.indexOf('?');
        return question < 0 ? uri : uri.substring(0, question);
    }

    private static boolean isSecret(String option, Object value) {
        String name = bare(option);
        return SECRETS.contains(name)
                || (name.equals(LOCATION)
                        && value.toString().toLowerCase(Locale.ROOT).contains("jdbc:"));
    }

    /** Its letters, without what Camel takes no notice of or goes through, as in {@code configuration.api-token}. */
    private static String bare(String option) {
        return option.substring(option.lastIndexOf('.') + 1)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String mark(Object value) {
        return "xxxxxx-" + Secret.of(SALT + value).fingerprint().substring(0, MARK_LENGTH);
    }
}
