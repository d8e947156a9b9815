package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired.Reason;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.Backoff;
import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/** The text of every error of the engine: what happened, and the remedy. Stateless. */
public final class ErrorMessages {
    private static final int MOST_SAID = 200;
    private static final Pattern SECRET_LIKE = Pattern.compile("[\\w~+/=.-]{20,}");

    private static final String LOG_IN = " A person must log in: with initiateOAuth=GETANDREFRESH, with"
            + " oauthVerifier and pkceVerifier, or through operation=authorizationUrl and operation=exchangeCode.";

    private ErrorMessages() {}

    public static AuthorizationRequired noGrant(Connection connection, SettingsStore store) {
        return new AuthorizationRequired(
                Reason.NO_GRANT,
                "Connection " + connection.describe() + " has no grant in " + store.identity()
                        + ", and no oauthRefreshToken to begin with." + LOG_IN);
    }

    static AuthorizationRequired noRefreshToken(Connection connection) {
        return new AuthorizationRequired(
                Reason.NO_REFRESH_TOKEN,
                "The access token of connection " + connection.describe()
                        + " has expired or was refused, and it came without a refresh token." + LOG_IN);
    }

    static AuthorizationRequired ended(Connection connection, EndedGrant ended) {
        return ended(connection, ended, new TokenRequestOutcome.Rejected("invalid_grant", null));
    }

    static AuthorizationRequired ended(Connection connection, EndedGrant ended, TokenRequestOutcome.Rejected rejected) {
        Reason reason = reason(ended.reason());
        return new AuthorizationRequired(
                reason,
                "Connection " + connection.describe() + ": " + why(reason, ended.since()) + LOG_IN,
                reason == Reason.REVOKED ? null : rejected.error(),
                rejected.description());
    }

    private static Reason reason(String name) {
        return Stream.of(Reason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElse(Reason.REFUSED);
    }

    private static String why(Reason reason, Instant since) {
        return switch (reason) {
            case RESPONSE_LOST ->
                "the response to the token request of " + since
                        + " was lost, after Zendesk had replaced the refresh token.";
            case EXPIRED -> "the refresh token has expired (noticed at " + since + ").";
            case REVOKED -> "the grant was revoked at " + since + ".";
            default ->
                "Zendesk refused the refresh token at " + since
                        + ": it was revoked, has expired, or another copy of it was rotated elsewhere.";
        };
    }

    static AuthorizationRequired codeRefused(Connection connection, TokenRequestOutcome.Rejected rejected) {
        return new AuthorizationRequired(
                Reason.LOGIN_FAILED,
                "Zendesk refused the authorization code for connection " + connection.describe()
                        + ": it is older than 120 seconds, was used before, its PKCE verifier is another one's, or"
                        + " callbackUrl is not the address it was requested with. Log in once more." + says(rejected),
                rejected.error(),
                rejected.description());
    }

    static AuthorizationRequired codeSpent(Connection connection) {
        return new AuthorizationRequired(
                Reason.LOGIN_FAILED,
                "The authorization code for connection " + connection.describe()
                        + " was exchanged before, and is not sent again: Zendesk could revoke what it brought. What is"
                        + " stored stays in use. To log in once more, begin at operation=authorizationUrl.");
    }

    static ConfigurationRefused clientRefused(Connection connection, TokenRequestOutcome.Rejected rejected) {
        String remedy =
                switch (rejected.error()) {
                    case "invalid_client" ->
                        "check oauthClientId (the unique identifier, not the number),"
                                + " oauthClientSecret and oauthClientKind against the OAuth client in Admin Center.";
                    case "unauthorized_client" ->
                        "this OAuth client may not use this grant. Client credentials and refresh tokens need a client that is"
                                + " registered for them: check its kind in Admin Center, and oauthClientKind.";
                    case "invalid_scope" ->
                        "the option scope asks for more than the OAuth client's allowed scopes in" + " Admin Center.";
                    case "invalid_grant" -> "the user whom the OAuth client acts as may have lost access.";
                    default ->
                        "check scope, accessTokenLifetime (300 to 172800 seconds), refreshTokenLifetime (7 to 90"
                                + " days) and callbackUrl.";
                };
        return new ConfigurationRefused(
                "Zendesk refused the token request of connection " + connection.describe() + " with '"
                        + rejected.error() + "': " + remedy + says(rejected),
                rejected.error(),
                rejected.description(),
                null);
    }

    /** What the server says of it, without a word that could be a token or a code that was sent. */
    private static String says(TokenRequestOutcome.Rejected rejected) {
        String said = rejected.description() == null
                ? ""
                : SECRET_LIKE.matcher(rejected.description()).replaceAll("...");
        return said.isBlank() ? "" : " It says: " + said.substring(0, Math.min(said.length(), MOST_SAID));
    }

    public static ConfigurationRefused twoGrants(Connection first, Connection second, String place) {
        return new ConfigurationRefused("Connection " + second.describe() + " brings another oauthRefreshToken or"
                + " oauthAccessToken than connection " + first.describe()
                + ", which keeps its grant in the same place, "
                + place
                + ". Set another oauthSettingsLocation or connection name for one of them, or the same tokens for"
                + " both.");
    }

    static TokenEndpointUnavailable busy(Connection connection, SettingsStore store) {
        return new TokenEndpointUnavailable(
                "Connection " + connection.describe() + ": another process holds the lock of " + store.identity()
                        + ", and has not brought a newer token. Nothing was spent; try again.",
                Duration.ofSeconds(1),
                null);
    }

    static TokenEndpointUnavailable heldBack(Connection connection, Backoff backoff, Duration wait) {
        return new TokenEndpointUnavailable(
                "Connection " + connection.describe() + ": the last " + backoff.failures()
                        + " token request(s) failed or were throttled, and the next is due in " + seconds(wait)
                        + " s. Nothing was sent; the grant is intact.",
                wait,
                null);
    }

    /** @param kept where an answer that could not be parsed is kept; null when there is none */
    static TokenEndpointUnavailable failed(
            Connection connection, TokenRequestOutcome outcome, @Nullable String kept, Duration wait) {
        if (outcome instanceof TokenRequestOutcome.Unparsed unparsed) {
            return unparsed(connection, unparsed.why(), kept, wait);
        }
        if (outcome instanceof TokenRequestOutcome.Ambiguous ambiguous) {
            return ambiguous(connection, ambiguous, wait);
        }
        return outcome instanceof TokenRequestOutcome.Unavailable unavailable
                ? turnedAway(connection, unavailable, wait)
                : notSent(connection, ((TokenRequestOutcome.NotSent) outcome).cause(), wait);
    }

    private static TokenEndpointUnavailable turnedAway(
            Connection connection, TokenRequestOutcome.Unavailable outcome, Duration wait) {
        String what =
                "the token endpoint answered " + outcome.what() + ". The grant is intact; the next attempt is due in ";
        return endpoint(connection, what, wait, ".", null);
    }

    private static TokenEndpointUnavailable notSent(Connection connection, Throwable cause, Duration wait) {
        String what = "the token endpoint could not be reached (" + LogSafeText.oneLine(cause)
                + "). Nothing was sent; the next attempt is due in ";
        return endpoint(connection, what, wait, ". Check url, proxyHost and the network.", cause);
    }

    private static TokenEndpointUnavailable ambiguous(
            Connection connection, TokenRequestOutcome.Ambiguous outcome, Duration wait) {
        String what = "the token endpoint gave no usable answer (" + outcome.what()
                + "). The same refresh token is tried again in ";
        return endpoint(connection, what, wait, ".", outcome.cause());
    }

    private static TokenEndpointUnavailable unparsed(
            Connection connection, String why, @Nullable String kept, Duration wait) {
        String what = "the token endpoint gave an answer that could not be parsed (" + why + ")."
                + (kept == null ? "" : " It is kept in " + kept + ", for its owner only.")
                + " The same refresh token is tried again in ";
        return endpoint(connection, what, wait, ".", null);
    }

    private static TokenEndpointUnavailable endpoint(
            Connection connection, String what, Duration wait, String remedy, @Nullable Throwable cause) {
        return new TokenEndpointUnavailable(
                "Connection " + connection.describe() + ": " + what + seconds(wait) + " s" + remedy, wait, cause);
    }

    static SettingsUnavailable notErased(Connection connection, SettingsStoreException e) {
        return new SettingsUnavailable(
                "The grant of connection " + connection.describe()
                        + " is revoked at Zendesk, but its settings could not be erased. " + e.getMessage(),
                e);
    }

    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(500).toSeconds()));
    }

    public static SettingsUnavailable unspent(SettingsStoreException e) {
        return new SettingsUnavailable(e.getMessage() + " No refresh token was spent.", e);
    }

    /** The error that callers get for whatever an attempt threw. */
    public static ZendeskAuthException of(Connection connection, Throwable e) {
        if (e instanceof ZendeskAuthException known) {
            return known;
        }
        return e instanceof SettingsStoreException store ? unspent(store) : unexpected(connection, e);
    }

    /** Names the class only: a foreign message may quote a secret. */
    public static TokenEndpointUnavailable unexpected(Connection connection, Throwable e) {
        return new TokenEndpointUnavailable(
                "Connection " + connection.describe() + ": unexpected "
                        + e.getClass().getName(),
                null,
                e);
    }

    /** The error of a login that brought no code. */
    public static ZendeskAuthException ofLogin(Connection connection, @Nullable Throwable error) {
        if (TaskScheduler.cause(error) instanceof ZendeskAuthException known) {
            return known;
        }
        return new AuthorizationRequired(
                Reason.LOGIN_FAILED,
                "The login of connection " + connection.describe() + " ended without a result. Begin it again.");
    }

    public static TokenEndpointUnavailable stillUnderWay(Connection connection) {
        return new TokenEndpointUnavailable(
                "Connection " + connection.describe() + ": a token request is still under way after joinTimeout ("
                        + connection.timeouts().join().toMillis()
                        + " ms), and no earlier token is valid. Try again, or raise joinTimeout.",
                Duration.ofSeconds(1),
                null);
    }

    /** The engine refused the work: the JVM is about to end, or no thread can be started. */
    public static TokenEndpointUnavailable notBegun(Connection connection, Throwable e) {
        return e instanceof RejectedExecutionException ? closed(connection) : unexpected(connection, e);
    }

    public static TokenEndpointUnavailable closed(Connection connection) {
        return new TokenEndpointUnavailable(
                "Connection " + connection.describe() + " is being closed: no new token request is begun.", null, null);
    }
}
