package io.github.camelzendesk.auth.oauth.internal.rotation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.OAuthSettings;

/**
 * Warns when the grants of two configurations meet in one place, because they may be two people's. A token does not
 * tell whose it is, and an operator who changes {@code oauthRefreshToken} looks the same, so nothing is refused. For
 * one thread at a time.
 */
final class GrantConflicts {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final String REMEDY = " If the two are not the same person's, set another oauthSettingsLocation or"
            + " connection name for one of the applications, and a new oauthRefreshToken.";

    private final Connection connection;
    private final String own;
    private String noticed = "";

    GrantConflicts(Connection connection, ConfiguredGrant configured) {
        this.connection = connection;
        this.own = configured.fingerprint();
    }

    /** Warns when the grant of the configuration has replaced another one, which was still in force. */
    void tookOver(OAuthSettings before) {
        if (before.refreshToken() != null && !before.configuredToken().equals(own)) {
            LOG.warn(
                    "Connection {}: the configured oauthRefreshToken has taken the place of a stored grant that was still in"
                            + " force (generation {}, begun {}).{}",
                    connection.describe(),
                    before.generation(),
                    before.configuredToken().isEmpty() ? "by a login" : "with another oauthRefreshToken",
                    REMEDY);
        }
    }

    /** Warns, once for each login, when a grant is in use that began with another configuration's token. */
    void use(OAuthSettings settings) {
        String begunWith = settings.configuredToken();
        boolean isAnothers = !own.isEmpty() && !begunWith.isEmpty() && !begunWith.equals(own);
        if (isAnothers
                && settings.seenRefreshTokens().contains(own)
                && !settings.lineage().equals(noticed)) {
            noticed = settings.lineage();
            LOG.warn(
                    "Connection {}: the stored grant is in use, and it began with another oauthRefreshToken than the one"
                            + " configured here, which came first and is not used again.{}",
                    connection.describe(),
                    REMEDY);
        }
    }
}
