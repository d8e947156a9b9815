package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of the component among the names of an application's properties. Stateless.
 */
final class ComponentOptions {
    static final String PREFIX = "camel.component.zendesk-auth.";

    /** How the options begin that say which account, who logs in, or where the grant is kept. */
    private static final List<String> OF_AN_ACCOUNT = List.of(
            "url",
            "connections",
            "configuration",
            "authscheme",
            "user",
            "password",
            "apitoken",
            "oauth",
            "initiateoauth",
            "pkceverifier",
            "tokenmanager");

    private ComponentOptions() {}

    /** A property that makes, or half makes, an account of the application's own. */
    static Optional<String> ofAnAccount(Iterable<String> propertyNames) {
        for (String name : propertyNames) {
            String plain = plain(name);
            if (plain.startsWith(plain(PREFIX))
                    && isOfAnAccount(plain.substring(plain(PREFIX).length()))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static boolean isOfAnAccount(String option) {
        return OF_AN_ACCOUNT.stream().anyMatch(option::startsWith);
    }

    /** Only letters and digits: Camel takes names with and without dashes, and a variable has underscores for all else. */
    private static String plain(String name) {
        return name.replaceAll("[^%A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
