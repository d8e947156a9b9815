package io.github.camelzendesk.auth.cli;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * A token as another program gets it. Immutable.
 *
 * @param expiresAt null while it is unknown
 */
record AccessToken(Secret secret, @Nullable Instant expiresAt, long generation) {
    private static final String BEARER = "Bearer ";

    /**
     * The current token, renewed first where that is necessary.
     *
     * @throws ConfigurationRefused when the connection has none, or needs more than a token
     */
    static AccessToken of(NamedConnection connection, TokenManager manager) throws InterruptedException {
        Map<String, String> headers = ConfiguredHeaders.of(connection.options());
        if (!headers.isEmpty()) {
            throw new ConfigurationRefused("Connection '" + connection.name() + "' also sends "
                    + String.join(", ", headers.keySet())
                    + ", which a token alone leaves out, so calls would be made as"
                    + " somebody else: use 'zendesk-auth token --header' or 'zendesk-auth serve'.");
        }
        return of(connection.name(), ConnectionCommand.await(manager.authorization()), manager.status());
    }

    private static AccessToken of(String connection, Authorization authorization, ConnectionStatus status) {
        if (!authorization.headerValue().startsWith(BEARER)) {
            throw new ConfigurationRefused(
                    "Connection '" + connection + "' has no access token, because its authScheme is "
                            + status.authScheme() + ": use 'zendesk-auth token --header'.");
        }
        ConnectionStatus.Tokens tokens = status.tokens();
        return new AccessToken(
                Secret.of(authorization.headerValue().substring(BEARER.length())),
                tokens == null ? null : tokens.expiresAt(),
                authorization.generation());
    }
}
