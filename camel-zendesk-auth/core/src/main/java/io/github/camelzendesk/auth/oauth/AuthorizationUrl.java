package io.github.camelzendesk.auth.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The page where a person consents, still without the values that are fresh for each login. Immutable. Follows RFC 6749
 * section 4.1.1, RFC 7636 section 4.3 and Zendesk's {@code /oauth/authorizations/new}.
 */
public record AuthorizationUrl(String endpoint, String issuer, String clientId, String redirectUri, String scope) {
    /** Of a connection's grant. */
    public static AuthorizationUrl of(Connection connection, Credentials.Grant grant) {
        return new AuthorizationUrl(
                connection.endpoints().authorization(),
                connection.endpoints().issuer(),
                grant.client().identifier(),
                grant.redirectUri(),
                grant.scope());
    }

    /** The address to open, for one login. */
    public URI with(String state, String codeChallenge) {
        return URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + "response_type=code"
                + parameter("client_id", clientId)
                + parameter("redirect_uri", redirectUri)
                + parameter("scope", scope)
                + parameter("state", state)
                + parameter("code_challenge", codeChallenge)
                + parameter("code_challenge_method", "S256"));
    }

    private static String parameter(String name, String value) {
        // Spaces as %20: the form encoding's plus sign is not for a query that a person may paste into a browser.
        return "&" + name + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
