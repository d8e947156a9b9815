package io.github.camelzendesk.examples;

import java.util.Map;

import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.Options;

/** Reads the options of the connection from variables, and adds the login that is meant when only a client is set. */
final class Environment {
    private Environment() {}

    /** @throws io.github.camelzendesk.auth.oauth.ConfigurationRefused when a variable names no option */
    static ConnectionOptions options(Map<String, String> environment) {
        ConnectionOptions options = ConnectionOptions.ofEnvironment(environment);
        return leavesOpenHowToLogIn(options)
                ? options.with(Options.INITIATE_OAUTH, InitiateOAuth.GETANDREFRESH)
                : options;
    }

    /** A client alone may also mean client credentials: only authScheme can say that. */
    private static boolean leavesOpenHowToLogIn(ConnectionOptions options) {
        return options.isSet(Options.OAUTH_CLIENT_ID)
                && !options.isSet(Options.AUTH_SCHEME)
                && !options.isSet(Options.INITIATE_OAUTH)
                && !options.isSet(Options.OAUTH_ACCESS_TOKEN);
    }
}
