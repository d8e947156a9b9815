package io.github.camelzendesk.auth.oauth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;

/** What the log says of new tokens. Stateless. */
final class Obtained {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private Obtained() {}

    static void log(Connection connection, OAuthSettings settings, String grantType) {
        TokenPair tokens = settings.tokens();
        Instant end = tokens == null ? null : tokens.expiresAt();
        LOG.info(
                "Connection {}: obtained an access token ({}, generation {}, expires at {})",
                connection.describe(),
                grantType,
                settings.generation(),
                end == null ? "an unknown time" : end);
        if (tokens != null && !grantType.equals("refresh_token")) {
            warnWhenNarrower(connection, tokens.scope());
        }
    }

    /** Zendesk drops scopes that it does not know without a word, and the first call fails much later. */
    private static void warnWhenNarrower(Connection connection, @Nullable String granted) {
        String asked = connection.credentials() instanceof Credentials.Grant grant
                ? grant.scope()
                : ((Credentials.ClientCredentials) connection.credentials()).scope();
        if (asked == null || granted == null) {
            return;
        }
        List<String> missing = new ArrayList<>(List.of(asked.split(" ")));
        missing.removeAll(List.of(granted.split(" ")));
        if (!missing.isEmpty()) {
            LOG.warn(
                    "Connection {}: Zendesk granted the scope '{}' and left out {}. Check the spelling in the option"
                            + " scope, and the allowed scopes of the OAuth client in Admin Center.",
                    connection.describe(),
                    granted,
                    missing);
        }
    }
}
