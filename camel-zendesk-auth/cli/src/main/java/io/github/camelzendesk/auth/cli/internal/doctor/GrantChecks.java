package io.github.camelzendesk.auth.cli.internal.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Credentials.ClientCredentials;
import io.github.camelzendesk.auth.oauth.Credentials.Grant;
import io.github.camelzendesk.auth.oauth.Credentials.Renewable;
import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.TokenPair;

/** Whether what is stored is good for the next call, and the next weeks. Immutable. */
record GrantChecks(Renewable credentials, Stored stored, InstantSource clock) {
    private static final Duration LAST_WEEK = Duration.ofDays(7);
    private static final String LOG_IN = "Run 'zendesk-auth login'.";

    Finding tokens() {
        if (stored.failure() != null) {
            return Finding.notChecked("the settings cannot be read", "Correct first what 'settings' says.");
        }
        OAuthSettings settings = stored.settings();
        if (settings != null && settings.ended() != null) {
            return ended(settings.ended());
        }
        if (settings != null && settings.pending() != null) {
            return pending(settings.pending());
        }
        TokenPair tokens = settings == null ? null : settings.tokens();
        return tokens == null ? none() : of(tokens);
    }

    private Finding ended(EndedGrant ended) {
        String why =
                switch (ended.reason()) {
                    case "RESPONSE_LOST" -> "the answer to a token request was lost";
                    case "EXPIRED" -> "the refresh token had expired";
                    case "REVOKED" -> "the login was revoked here";
                    default -> "Zendesk refused the refresh token: it was revoked, or another copy of it was used";
                };
        return Finding.fail(
                "a person must log in, because " + why + " (" + seconds(ended.since()) + ")",
                LOG_IN + (ended.reason().equals("REFUSED") ? " Find out first who else uses a copy." : ""));
    }

    private Finding pending(PendingExchange pending) {
        return Finding.warn(
                "the token request of " + seconds(pending.startedAt()) + " by " + pending.owner()
                        + " has no answer yet, or lost it",
                "If it was just now, look again in a minute. Otherwise the next use repeats it, and says whether a login is"
                        + " needed.");
    }

    private Finding none() {
        if (credentials instanceof ClientCredentials) {
            return Finding.ok("none stored: the next use obtains one");
        }
        return credentials instanceof Grant grant && grant.bootstrap().refreshToken() != null
                ? Finding.ok("none stored: the next use begins with oauthRefreshToken")
                : Finding.fail("nobody has logged in yet", LOG_IN);
    }

    private Finding of(TokenPair tokens) {
        Instant now = clock.instant();
        boolean expired = tokens.expiresAt() != null && !now.isBefore(tokens.expiresAt());
        String access = tokens.expiresAt() == null
                ? "the end of the access token is unknown"
                : expired
                        ? "the access token has expired, and the next use renews it"
                        : "the access token ends " + seconds(tokens.expiresAt());
        if (credentials instanceof ClientCredentials) {
            return Finding.ok(access);
        }
        if (tokens.refreshToken() == null) {
            return expired
                    ? Finding.fail("the access token has expired, and there is no refresh token", LOG_IN)
                    : Finding.warn(access + ", and there is no refresh token", "Before it ends: " + LOG_IN);
        }
        return refreshable(access, tokens.refreshExpiresAt(), now);
    }

    private static Finding refreshable(String access, @Nullable Instant end, Instant now) {
        if (end == null) {
            return Finding.ok(access);
        }
        if (!now.isBefore(end)) {
            return Finding.fail("the refresh token ended " + seconds(end), LOG_IN);
        }
        String seen = access + ", the refresh token " + seconds(end);
        return now.isBefore(end.minus(LAST_WEEK))
                ? Finding.ok(seen)
                : Finding.warn(
                        seen, "Run 'zendesk-auth refresh', or have a process of the connection run now and then.");
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** @param granted what a token was granted just now; null to go by the stored one */
    Finding scope(@Nullable String granted) {
        OAuthSettings settings = stored.settings();
        TokenPair tokens = settings == null ? null : settings.tokens();
        String known = granted == null && tokens != null ? tokens.scope() : granted;
        String asked = credentials instanceof Grant grant ? grant.scope() : ((ClientCredentials) credentials).scope();
        if (known == null) {
            return Finding.ok("nothing is granted yet" + (asked == null ? "" : "; '" + asked + "' will be asked for"));
        }
        Set<String> missing = words(asked);
        missing.removeAll(words(known));
        return missing.isEmpty()
                ? Finding.ok("'" + known + "' is granted")
                : Finding.warn(
                        "'" + known + "' is granted, without '" + String.join(" ", missing) + "'",
                        "Check the spelling in scope, and the client's allowed scopes in Admin Center; then log in again."
                                + " Calls that need it are answered 403.");
    }

    private static Set<String> words(@Nullable String scope) {
        return new LinkedHashSet<>(
                scope == null || scope.isBlank()
                        ? Set.of()
                        : Arrays.asList(scope.strip().split("\\s+")));
    }
}
