package io.github.camelzendesk.auth.springboot;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.camelzendesk.auth.options.Options;

/**
 * Tells the properties of secret options by their names: in each spelling, of the component, a connection, a bean, a
 * Kamelet, and as variables. Stateless.
 *
 * <p>The place of the settings is one of them, because it may be the URL of a database with its password.
 */
final class SecretNames {
    private static final Set<String> OPTIONS = Options.ALL.stream()
            .filter(option -> option.isSecret() || option == Options.OAUTH_SETTINGS_LOCATION)
            .map(option -> option.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private static final String OURS = "zendesk";
    private static final String BEANS = "camelbeans";
    private static final Pattern PUNCTUATION = Pattern.compile("[^a-z0-9]");

    private SecretNames() {}

    static boolean isSecretOption(String option) {
        return OPTIONS.stream().anyMatch(plain(option)::endsWith);
    }

    static boolean isSecretProperty(String property) {
        String plain = plain(property);
        return (plain.contains(OURS) || plain.startsWith(BEANS)) && isSecretOption(plain);
    }

    private static String plain(String name) {
        return PUNCTUATION.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
