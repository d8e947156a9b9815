package io.github.camelzendesk.auth.testkit;

import java.net.URI;
import java.util.Set;

/**
 * An OAuth client registered with the stand-in. Immutable.
 *
 * @param secret every client has one, public ones too
 * @param allowedScopes the ceiling; empty for none
 */
public record RegisteredClient(
        String identifier, String secret, Kind kind, Set<String> redirectUris, Set<String> allowedScopes) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    /** What kind of client it is, which decides how it proves itself and what it is told of its tokens. Immutable. */
    public enum Kind {
        /** Can keep a secret, and gets tokens that expire. */
        CONFIDENTIAL,
        /** Must use PKCE and needs no secret; gets tokens that expire. */
        PUBLIC,
        /** Confidential, and gets an expiry and a refresh token only when the request carries expires_in. */
        LEGACY,
        /** Confidential, and gets tokens that expire, but is told so only when the request carries expires_in. */
        GLOBAL
    }

    /** Takes immutable copies, and refuses a redirect URI that Zendesk would not register. */
    public RegisteredClient {
        redirectUris = Set.copyOf(redirectUris);
        allowedScopes = Set.copyOf(allowedScopes);
        redirectUris.forEach(RegisteredClient::checkRedirect);
    }

    private static void checkRedirect(String redirectUri) {
        URI uri = URI.create(redirectUri);
        boolean local = "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        if (!local && !("https".equals(uri.getScheme()) && uri.getHost() != null)) {
            throw new IllegalArgumentException("Zendesk does not register the redirect URI " + redirectUri
                    + ": it must be absolute, and https unless its host is localhost or 127.0.0.1");
        }
    }

    public boolean isPublic() {
        return kind == Kind.PUBLIC;
    }

    /** Whether tokens expire, and come with a refresh token, on these terms. */
    boolean expires(Terms terms) {
        return kind != Kind.LEGACY || terms.expiryAsked();
    }

    /** Whether the answer says when the access token expires, on these terms. */
    boolean tellsExpiry(Terms terms) {
        return kind != Kind.GLOBAL || terms.expiryAsked();
    }

    @Override
    public String toString() {
        return "OAuthClient[" + identifier + "]";
    }
}
