package io.github.camelzendesk.auth.cli.internal.doctor;

import java.time.Instant;
import java.time.InstantSource;

import io.github.camelzendesk.auth.oauth.Credentials.ApiToken;
import io.github.camelzendesk.auth.oauth.Credentials.Basic;
import io.github.camelzendesk.auth.oauth.Credentials.Fixed;

/** When credentials end that nothing here renews. Immutable. */
record FixedChecks(Fixed credentials, InstantSource clock) {
    private static final Instant API_TOKENS_END = Instant.parse("2027-05-01T00:00:00Z");
    private static final String USE_OAUTH =
            "Use OAuth: set oauthClientId and oauthClientSecret, and authScheme=OAuthClient or run 'zendesk-auth login'.";

    Finding end() {
        if (credentials instanceof Basic) {
            return Finding.fail(
                    "Zendesk ended password access in January 2026, except for end users of closed help centers",
                    USE_OAUTH);
        }
        if (credentials instanceof ApiToken) {
            return clock.instant().isBefore(API_TOKENS_END)
                    ? Finding.warn("Zendesk ends all API tokens on 30 April 2027", USE_OAUTH)
                    : Finding.fail("Zendesk ended all API tokens on 30 April 2027", USE_OAUTH);
        }
        return Finding.warn(
                "oauthAccessToken is used as it is, and nothing renews it",
                "Set oauthRefreshToken and initiateOAuth=REFRESH, or authScheme=OAuthClient.");
    }
}
