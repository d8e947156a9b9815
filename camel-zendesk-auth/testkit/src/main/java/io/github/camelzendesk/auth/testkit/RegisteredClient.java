package io.github.camelzendesk.auth.testkit;

import java.net.URI;
import java.util.Set;

/**
 * An OAuth client of the stand-in, which {@link ZendeskServer#register} makes known there. Immutable.
 *
 * @param secret every client has one, public ones too
 * @param authentication how it proves itself
 * @param terms on which terms it gets tokens
 * @param allowedScopes the ceiling; empty for none
 */
public record RegisteredClient(
        String identifier,
        String secret,
        Authentication authentication,
        TokenTerms terms,
        Set<String> redirectUris,
        Set<String> allowedScopes) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    private static final Set<String> REDIRECTS = Set.of("http://localhost:33333");

    /** How a client proves itself. Immutable. */
    public enum Authentication {
        /** By its secret, or by PKCE when it redeems a code. */
        CONFIDENTIAL,
        /** By PKCE alone; it may not use client credentials. */
        PUBLIC
    }

    /** Takes immutable copies, and refuses a redirect URI that Zendesk would not register. */
    public RegisteredClient {
        redirectUris = Set.copyOf(redirectUris);
        allowedScopes = Set.copyOf(allowedScopes);
        redirectUris.forEach(RegisteredClient::checkRedirect);
    }

    /** A client that can keep a secret, on today's terms; by default it is called back at {@code http://localhost:33333}. */
    public static RegisteredClient confidential(String identifier, String... redirectUris) {
        return new RegisteredClient(
                identifier,
                IssuedSecrets.issue("zcs_"),
                Authentication.CONFIDENTIAL,
                TokenTerms.today(),
                redirectUris.length == 0 ? REDIRECTS : Set.of(redirectUris),
                Set.of());
    }

    /** The same of a client that must use PKCE. */
    public static RegisteredClient publicClient(String identifier, String... redirectUris) {
        return confidential(identifier, redirectUris).provenBy(Authentication.PUBLIC);
    }

    private static void checkRedirect(String redirectUri) {
        URI uri = URI.create(redirectUri);
        boolean local = "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        if (!local && !("https".equals(uri.getScheme()) && uri.getHost() != null)) {
            throw new IllegalArgumentException("Zendesk does not register the redirect URI " + redirectUri
                    + ": it must be absolute, and https unless its host is localhost or 127.0.0.1");
        }
    }

    public RegisteredClient provenBy(Authentication other) {
        return new RegisteredClient(identifier, secret, other, terms, redirectUris, allowedScopes);
    }

    public RegisteredClient on(TokenTerms other) {
        return new RegisteredClient(identifier, secret, authentication, other, redirectUris, allowedScopes);
    }

    public RegisteredClient calledBackAt(Set<String> addresses) {
        return new RegisteredClient(identifier, secret, authentication, terms, addresses, allowedScopes);
    }

    /** With a ceiling of scopes, or without one when they are none. */
    public RegisteredClient limitedTo(Set<String> scopes) {
        return new RegisteredClient(identifier, secret, authentication, terms, redirectUris, scopes);
    }

    public RegisteredClient withSecret(String other) {
        return new RegisteredClient(
                identifier, IssuedSecrets.register(other), authentication, terms, redirectUris, allowedScopes);
    }

    public boolean isPublic() {
        return authentication == Authentication.PUBLIC;
    }

    @Override
    public String toString() {
        return "OAuthClient[" + identifier + "]";
    }
}
