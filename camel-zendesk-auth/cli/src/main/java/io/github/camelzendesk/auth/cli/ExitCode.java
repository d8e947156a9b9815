package io.github.camelzendesk.auth.cli;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

/** How a command ends, by the remedy. Constants. */
final class ExitCode {
    static final int OK = 0;
    /** A fault of the program's own. */
    static final int UNEXPECTED = 1;
    /** The arguments or the options are to be corrected. */
    static final int USAGE = 2;
    /** A person must log in. */
    static final int LOGIN = 3;
    /** Try again later. */
    static final int LATER = 4;
    /** The settings location cannot be used. */
    static final int SETTINGS = 5;

    private ExitCode() {}

    static int of(ZendeskAuthException error) {
        if (error instanceof AuthorizationRequired) {
            return LOGIN;
        }
        if (error instanceof TokenEndpointUnavailable) {
            return LATER;
        }
        if (error instanceof SettingsUnavailable) {
            return SETTINGS;
        }
        assert error instanceof ConfigurationRefused;
        return USAGE;
    }
}
