package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.Set;

/**
 * On which terms an OAuth client gets tokens, however it proves itself. Immutable.
 *
 * @param grants the grant types that it may use
 * @param expires whether access tokens expire, and come with a refresh token, although the request carries no expires_in
 * @param tellsExpiry whether it is told when they expire, although the request carries no expires_in
 * @param access the lifetime of an access token for which the request asks no other
 * @param refresh the same of a refresh token
 * @param rotates whether a refresh kills the refresh token and issues another, as Zendesk does
 */
public record TokenTerms(
        Set<String> grants, boolean expires, boolean tellsExpiry, Duration access, Duration refresh, boolean rotates) {
    private static final TokenTerms TODAY = new TokenTerms(
            Set.of("authorization_code", "refresh_token", "client_credentials"),
            true,
            true,
            Duration.ofMinutes(30),
            Duration.ofDays(30),
            true);

    /** Takes an immutable copy. */
    public TokenTerms {
        grants = Set.copyOf(grants);
    }

    /** Those of a client that is created today: tokens expire, and the client is told. */
    public static TokenTerms today() {
        return TODAY;
    }

    /** Those from before expiry was enforced: an expiry and a refresh token only when the request carries expires_in. */
    public static TokenTerms legacy() {
        return new TokenTerms(TODAY.grants, false, true, TODAY.access, TODAY.refresh, true);
    }

    /** Those of a client of many accounts: tokens expire, but it is told so only when the request carries expires_in. */
    public static TokenTerms global() {
        return new TokenTerms(TODAY.grants, true, false, TODAY.access, TODAY.refresh, true);
    }

    public TokenTerms withGrants(String... grantTypes) {
        return new TokenTerms(Set.of(grantTypes), expires, tellsExpiry, access, refresh, rotates);
    }

    public TokenTerms withLifetimes(Duration accessToken, Duration refreshToken) {
        return new TokenTerms(grants, expires, tellsExpiry, accessToken, refreshToken, rotates);
    }

    /** A refresh token goes on, which Zendesk does not offer: for a program that must work with other servers as well. */
    public TokenTerms withoutRotation() {
        return new TokenTerms(grants, expires, tellsExpiry, access, refresh, false);
    }
}
