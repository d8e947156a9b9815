package io.github.camelzendesk.auth.oauth;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for a connection what is unusual about an answer that brought tokens. Safe for use by several threads. */
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

    void on(TokenRequest request, TokenResponse response) {
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

    private void warn(String remark) {
        if (said.add(remark)) {
            LOG.warn(remark, connection.describe());
        }
    }
}
