package io.github.camelzendesk.auth.rewrite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The new values of a connection's options: client credentials in place of an API token or a password. Immutable. */
record Credentials(Module module, Connection connection) {
    static final String SCHEME = "authScheme";
    static final String CLIENT = "oauthClientId";
    static final String SECRET = "oauthClientSecret";

    /** Whether these options, by their normal names, are an API token or a password. */
    static boolean areBasic(Map<String, String> options) {
        String scheme = options.getOrDefault(CamelUri.normal(SCHEME), "").toLowerCase(Locale.ROOT);
        return UriMigration.OWN_SCHEMES.contains(scheme) || isAny(options, UriMigration.OWN_SECRETS);
    }

    static boolean areMixed(Map<String, String> options) {
        return isAny(options, UriMigration.OWN_OAUTH);
    }

    private static boolean isAny(Map<String, String> options, Iterable<String> names) {
        for (String name : names) {
            if (options.containsKey(CamelUri.normal(name))) {
                return true;
            }
        }
        return false;
    }

    /** What takes the place of an option, if it is one of the old credentials. */
    static Optional<String> successor(String option) {
        return switch (CamelUri.normal(option)) {
            case "authscheme" -> Optional.of(SCHEME);
            case "user" -> Optional.of(CLIENT);
            case "apitoken", "password" -> Optional.of(SECRET);
            default -> Optional.empty();
        };
    }

    String value(String option) {
        return option.equals(SCHEME)
                ? "OAuthClient"
                : module.framework().placeholder(connection.variable(option, module.hasOneConnection()));
    }

    static List<String> names() {
        return List.of(SCHEME, CLIENT, SECRET);
    }

    /** All options of a new connection. */
    Map<String, String> all() {
        Map<String, String> options = new LinkedHashMap<>();
        @Nullable String url = connection.url();
        if (url != null) {
            options.put("url", url);
        }
        names().forEach(name -> options.put(name, value(name)));
        return options;
    }
}
