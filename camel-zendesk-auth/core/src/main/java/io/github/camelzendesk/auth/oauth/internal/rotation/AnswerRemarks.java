package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * What the log says of an answer that brought tokens; what is unusual about it, once for a connection. Thread-safe.
 */
final class AnswerRemarks {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final String ODD =
            "Connection {}: Zendesk issued a refresh token of an unusual form, and it is kept as it came. If the next refresh"
                    + " is refused, log in again.";
    private static final String NOT_RENEWED =
            "Connection {}: Zendesk issued no new refresh token with a refresh, so the one before is kept. If the next refresh"
                    + " is refused, log in again.";
    private static final String NOT_RENEWABLE =
            "Connection {}: Zendesk issued no refresh token with the login, so a person must log in again when Zendesk no longer"
                    + " takes the access token. Check the OAuth client in Admin Center.";
    private static final String SCOPE =
            "Connection {}: Zendesk did not say which scope a refresh has, so it counts as the one before.";

    private final Connection connection;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    AnswerRemarks(Connection connection) {
        this.connection = connection;
    }

    /** @param next the settings that hold these tokens */
    void on(TokenRequest request, TokenResponse response, OAuthSettings next) {
        logObtained(request, next);
        if (!(request instanceof TokenRequest.Refresh)) {
            warnWhenNarrower(response.scope());
        }
        if (response.oddRefreshToken()) {
            warn(ODD);
        }
        if (response.refreshToken() == null && !(request instanceof TokenRequest.ClientCredentials)) {
            warn(request instanceof TokenRequest.Refresh ? NOT_RENEWED : NOT_RENEWABLE);
        }
        if (response.scope() == null && request instanceof TokenRequest.Refresh && said.add(SCOPE)) {
            LOG.info(SCOPE, connection.describe());
        }
    }

    private void logObtained(TokenRequest request, OAuthSettings next) {
        TokenPair tokens = next.tokens();
        Instant end = tokens == null ? null : tokens.expiresAt();
        LOG.info(
                "Connection {}: obtained an access token ({}, generation {}, expires at {})",
                connection.describe(),
                request.grantType(),
                next.generation(),
                end == null ? "an unknown time" : end);
    }

    /** Zendesk drops scopes that it does not know without an error, and the first call fails much later. */
    private void warnWhenNarrower(@Nullable String granted) {
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
                    LogSafeText.oneLine(granted),
                    missing);
        }
    }

    private void warn(String remark) {
        if (said.add(remark)) {
            LOG.warn(remark, connection.describe());
        }
    }
}
