package io.github.camelzendesk.auth.testkit;

import java.util.Set;

/**
 * An OAuth client registered with the stand-in. Immutable.
 *
 * @param isPublic a public client must use PKCE and needs no secret
 * @param allowedScopes the ceiling; empty for none
 * @param legacy issues a refresh token and an expiry only when the request asks for one
 */
public record OAuthClient(
        String identifier,
        String secret,
        boolean isPublic,
        Set<String> redirectUris,
        Set<String> allowedScopes,
        boolean legacy) {
    @Override
    public String toString() {
        return "OAuthClient[" + identifier + "]";
    }
}
