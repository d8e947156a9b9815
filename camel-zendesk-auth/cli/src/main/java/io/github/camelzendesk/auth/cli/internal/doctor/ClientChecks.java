package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.doctor.Probe.Reply;
import io.github.camelzendesk.auth.login.Pkce;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials.ClientCredentials;
import io.github.camelzendesk.auth.oauth.Credentials.Grant;
import io.github.camelzendesk.auth.oauth.Credentials.Renewable;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * Whether Zendesk knows the OAuth client. Sends a code that is none, or asks for a token by client credentials (RFC 6749
 * section 4.4); never a refresh token. For one thread.
 */
final class ClientChecks {
    /** The shortest that Zendesk issues: the token of the probe ends by itself. */
    private static final Connection.Lifetimes SHORTEST =
            new Connection.Lifetimes(Duration.ofMinutes(5), Duration.ofDays(7));

    private static final Secret NO_CODE = Secret.of("zendesk-auth-doctor-sends-no-code");
    private static final String ADMIN_CENTER = " (Admin Center, Apps and integrations, APIs, OAuth clients).";

    private final Connection connection;
    private final OAuthClient client;
    private final Probe probe;
    private final Pkce pkce = Pkce.create();
    private @Nullable String grantedScope;
    private boolean isUnknown;

    ClientChecks(Connection connection, Renewable credentials, Probe probe) {
        this.connection = connection;
        this.client = credentials.client();
        this.probe = probe;
    }

    /** What the client was granted; null while it is unknown. */
    @Nullable
    String grantedScope() {
        return grantedScope;
    }

    /** Whether Zendesk said that it does not know the client, so that nothing else can be asked about it. */
    boolean isUnknown() {
        return isUnknown;
    }

    static Finding unknown() {
        return Finding.notChecked("Zendesk does not know the client", "Correct first what 'client' says.");
    }

    Finding client() throws IOException {
        Reply reply = ask(client);
        String error = reply.member("error");
        if (reply.isSuccess()) {
            return granted(reply);
        }
        return switch (error) {
            case "invalid_grant" -> invalidGrant();
            case "invalid_client" -> unknownClient();
            case "unauthorized_client" ->
                Finding.fail(
                        "the OAuth client '" + client.identifier() + "' may not use this grant",
                        "Client credentials need a confidential client: create one" + ADMIN_CENTER);
            case "invalid_scope" ->
                Finding.fail(
                        "the OAuth client '" + client.identifier() + "' may not have the scope that is asked for",
                        "Correct scope, or the client's allowed scopes" + ADMIN_CENTER);
            default -> untold(reply, error);
        };
    }

    private Finding granted(Reply reply) {
        if (connection.credentials() instanceof Grant) {
            return Finding.fail(
                    "the token endpoint accepts a code that is none, so it is not Zendesk's",
                    "Correct url and tokenEndpointPath.");
        }
        grantedScope = reply.member("scope");
        return Finding.ok("Zendesk issues tokens to the OAuth client '" + client.identifier() + "'");
    }

    /** The code was looked at, so the client was accepted before. */
    private Finding invalidGrant() {
        return connection.credentials() instanceof ClientCredentials
                ? Finding.fail(
                        "the user whom the OAuth client '" + client.identifier() + "' acts as has no access",
                        "Have an administrator restore that user, or create a client as another user.")
                : Finding.ok("Zendesk knows the OAuth client '" + client.identifier() + "'"
                        + (client.secret() == null ? "" : ", and the secret is right"));
    }

    /** A code needs no secret where there is a verifier, so a client that is known without it has another secret. */
    private Finding unknownClient() throws IOException {
        String identifier = client.identifier();
        if (client.secret() == null) {
            isUnknown = true;
            return Finding.fail(
                    "Zendesk does not know '" + identifier + "' as a public OAuth client",
                    "Correct oauthClientId, or set oauthClientSecret and oauthClientKind=confidential" + ADMIN_CENTER);
        }
        if (ask(new OAuthClient(identifier, null)).member("error").equals("invalid_grant")) {
            return Finding.fail(
                    "Zendesk knows the OAuth client '" + identifier + "', and it has another secret",
                    "Correct oauthClientSecret. Zendesk shows a secret once: if it is lost, generate another"
                            + ADMIN_CENTER);
        }
        isUnknown = true;
        return identifier.matches("\\d+")
                ? Finding.fail(
                        "Zendesk knows no OAuth client '" + identifier + "', which looks like its number",
                        "Set oauthClientId to the unique identifier of the client" + ADMIN_CENTER)
                : Finding.fail(
                        "Zendesk knows no OAuth client '" + identifier + "' with this secret",
                        "Correct oauthClientId (the unique identifier) and oauthClientSecret; a client belongs to one"
                                + " account" + ADMIN_CENTER);
    }

    private Finding untold(Reply reply, String error) {
        String status = "status " + reply.status();
        if (reply.status() == 429 || reply.status() >= 500) {
            return Finding.notChecked("the token endpoint answered " + status, "Try again later.");
        }
        return error.matches("[a-z_]{1,40}")
                ? Finding.notChecked(
                        "the token endpoint answered '" + error + "'",
                        "Check scope, callbackUrl, and the client's kind" + ADMIN_CENTER)
                : Finding.fail(
                        "the token endpoint answered " + status + " without an OAuth error, so it may not be Zendesk's",
                        "Check url and tokenEndpointPath.");
    }

    private Reply ask(OAuthClient asking) throws IOException {
        return probe.post(connection.endpoints().token(), form(asking));
    }

    private Map<String, String> form(OAuthClient asking) {
        boolean alone = asking.secret() != null && connection.credentials() instanceof ClientCredentials;
        TokenRequest request = alone
                ? new TokenRequest.ClientCredentials(asking, ((ClientCredentials) connection.credentials()).scope())
                : new TokenRequest.Code(asking, new AuthorizationCode(NO_CODE, pkce.verifier()), callback());
        return request.form(SHORTEST);
    }

    private String callback() {
        return connection.credentials() instanceof Grant grant ? grant.redirectUri() : "http://localhost";
    }
}
