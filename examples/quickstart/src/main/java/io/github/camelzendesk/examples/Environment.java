package io.github.camelzendesk.examples;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/** Reads the component's options from environment variables: ZENDESK_OAUTH_CLIENT_ID is oauthClientId. Immutable. */
final class Environment {
    private final KnownOptions known;

    Environment(KnownOptions known) {
        this.known = known;
    }

    /**
     * The options that are set, by name, and the login that is meant when only a client is.
     *
     * @throws ConfigurationRefused when a variable names no option
     */
    Map<String, String> options(Map<String, String> environment) {
        Map<String, String> options = new TreeMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.toUpperCase(Locale.ROOT).startsWith(KnownOptions.PREFIX) && !value.isBlank()) {
                put(options, variable, value);
            }
        });
        if (leavesOpenHowToLogIn(options)) {
            options.put("initiateOAuth", "GETANDREFRESH");
        }
        return options;
    }

    private void put(Map<String, String> options, String variable, String value) {
        String name = known.find(variable.substring(KnownOptions.PREFIX.length()))
                .orElseThrow(() -> new ConfigurationRefused("The environment variable " + variable
                        + " names no option. Correct or unset it. Known are: " + String.join(", ", known.variables())
                        + "."));
        String before = options.put(name, value);
        if (before != null && !before.equals(value)) {
            throw new ConfigurationRefused("The environment variable " + variable + " sets the option " + name
                    + ", which another spelling of it sets otherwise. Keep " + KnownOptions.variable(name) + " alone.");
        }
    }

    /** A client alone may also mean client credentials: only authScheme can say that. */
    private static boolean leavesOpenHowToLogIn(Map<String, String> options) {
        return options.containsKey("oauthClientId")
                && !options.containsKey("authScheme")
                && !options.containsKey("initiateOAuth")
                && !options.containsKey("oauthAccessToken");
    }
}
