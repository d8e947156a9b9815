package io.github.camelzendesk.auth.options;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.login.LoopbackLogin;
import io.github.camelzendesk.auth.login.PastedCallback;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.settings.Secret;

import static io.github.camelzendesk.auth.options.Options.API_TOKEN;
import static io.github.camelzendesk.auth.options.Options.AUTH_SCHEME;
import static io.github.camelzendesk.auth.options.Options.CALLBACK_URL;
import static io.github.camelzendesk.auth.options.Options.INITIATE_OAUTH;
import static io.github.camelzendesk.auth.options.Options.OAUTH_ACCESS_TOKEN;
import static io.github.camelzendesk.auth.options.Options.OAUTH_CLIENT_ID;
import static io.github.camelzendesk.auth.options.Options.OAUTH_CLIENT_KIND;
import static io.github.camelzendesk.auth.options.Options.OAUTH_CLIENT_SECRET;
import static io.github.camelzendesk.auth.options.Options.OAUTH_EXPIRES_IN;
import static io.github.camelzendesk.auth.options.Options.OAUTH_REFRESH_TOKEN;
import static io.github.camelzendesk.auth.options.Options.OAUTH_TOKEN_TIMESTAMP;
import static io.github.camelzendesk.auth.options.Options.OAUTH_VERIFIER;
import static io.github.camelzendesk.auth.options.Options.PASSWORD;
import static io.github.camelzendesk.auth.options.Options.PKCE_VERIFIER;
import static io.github.camelzendesk.auth.options.Options.SCOPE;
import static io.github.camelzendesk.auth.options.Options.USER;

/** Makes of the options what a connection authenticates with. Immutable. */
final class CredentialsParser {
    private static final String DEFAULT_SCOPE = "read write";

    private final String name;
    private final ConnectionOptions options;
    private final boolean forLogin;

    /** @param forLogin whether the connection may do nothing but log a person in */
    CredentialsParser(String name, ConnectionOptions options, boolean forLogin) {
        this.name = name;
        this.options = options;
        this.forLogin = forLogin;
    }

    Credentials credentials(String issuer) {
        AuthScheme chosen = options.find(AUTH_SCHEME);
        return switch (chosen == null ? inferred() : chosen) {
            case Basic -> options.isSet(API_TOKEN) ? apiToken() : basic();
            case APIToken -> apiToken();
            case OAuthClient -> clientCredentials();
            case OAuth -> oauth(issuer);
        };
    }

    private AuthScheme inferred() {
        List<String> oauth = oauthOptions();
        boolean agent = options.isSet(PASSWORD) || options.isSet(API_TOKEN);
        if (agent && !oauth.isEmpty()) {
            throw refused("both " + (options.isSet(PASSWORD) ? PASSWORD : API_TOKEN) + " and "
                    + String.join(", ", oauth) + " are set: say which one counts with authScheme.");
        }
        if (agent || options.isSet(USER) && oauth.isEmpty()) {
            return options.isSet(API_TOKEN) ? AuthScheme.APIToken : AuthScheme.Basic;
        }
        if (oauth.isEmpty()) {
            throw refused("there is nothing to authenticate with. Set oauthClientId and oauthClientSecret with"
                    + " authScheme=OAuthClient (unattended) or initiateOAuth=GETANDREFRESH (a person logs in), or"
                    + " oauthAccessToken.");
        }
        return inferredOAuth();
    }

    private AuthScheme inferredOAuth() {
        if (isOff() && !options.isSet(OAUTH_ACCESS_TOKEN)) {
            client();
            throw refused(
                    "oauthClientId and oauthClientSecret alone can mean two things: set authScheme=OAuthClient for"
                            + " client credentials, or initiateOAuth=GETANDREFRESH (a person logs in) or REFRESH (with"
                            + " oauthRefreshToken, or a grant that is stored).");
        }
        return AuthScheme.OAuth;
    }

    private List<String> oauthOptions() {
        Stream<Option<?>> set = Stream.<Option<?>>of(
                        OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET, OAUTH_ACCESS_TOKEN, OAUTH_REFRESH_TOKEN, OAUTH_VERIFIER)
                .filter(options::isSet);
        Stream<Option<?>> initiated =
                options.get(INITIATE_OAUTH) == InitiateOAuth.OFF ? Stream.empty() : Stream.of(INITIATE_OAUTH);
        return Stream.concat(set, initiated).map(Option::name).toList();
    }

    /** Whether the access token is used as it is. */
    private boolean isOff() {
        return options.get(INITIATE_OAUTH) == InitiateOAuth.OFF && !forLogin;
    }

    private Credentials basic() {
        refuseBoth();
        return new Credentials.Basic(
                user(PASSWORD),
                needed(
                        PASSWORD,
                        "user is set, but neither password nor apiToken is: set one of them, or better use OAuth"
                                + " (authScheme=OAuthClient)."));
    }

    private Credentials apiToken() {
        refuseBoth();
        return new Credentials.ApiToken(
                user(API_TOKEN), needed(API_TOKEN, "authScheme=APIToken needs the option apiToken."));
    }

    private void refuseBoth() {
        if (options.isSet(PASSWORD) && options.isSet(API_TOKEN)) {
            throw refused("both password and apiToken are set, and only one can be sent: remove one of them.");
        }
    }

    private String user(Option<?> companion) {
        String user = options.find(USER);
        if (user == null) {
            throw refused(companion + " is set, but user is not: set user to the e-mail of the agent.");
        }
        return user;
    }

    private Credentials clientCredentials() {
        if (options.get(OAUTH_CLIENT_KIND) == OAuthClientKind.PUBLIC) {
            throw refused(
                    "authScheme=OAuthClient needs a confidential client, and oauthClientKind is public: register a"
                            + " confidential one in Admin Center, or use initiateOAuth=GETANDREFRESH.");
        }
        return new Credentials.ClientCredentials(client(), scope());
    }

    private Credentials oauth(String issuer) {
        Secret access = Secret.ofNullable(options.find(OAUTH_ACCESS_TOKEN));
        Secret refresh = Secret.ofNullable(options.find(OAUTH_REFRESH_TOKEN));
        if (isOff()) {
            return new Credentials.StaticToken(needed(
                    OAUTH_ACCESS_TOKEN,
                    "initiateOAuth is OFF, which uses oauthAccessToken as it is, and that is not set: set it, or set"
                            + " initiateOAuth to REFRESH or GETANDREFRESH."));
        }
        OAuthClient client = client();
        checkLogin();
        String scope = scope();
        return new Credentials.Grant(
                client,
                options.get(CALLBACK_URL),
                scope == null ? DEFAULT_SCOPE : scope,
                new Credentials.Bootstrap(access, refresh, expiresAt(), code(issuer)));
    }

    private void checkLogin() {
        if (options.get(INITIATE_OAUTH) == InitiateOAuth.GETANDREFRESH
                && !LoopbackLogin.canReceive(options.get(CALLBACK_URL))
                && !options.isSet(OAUTH_VERIFIER)) {
            throw refused(
                    "initiateOAuth=GETANDREFRESH waits for the browser at callbackUrl, and " + options.get(CALLBACK_URL)
                            + " is not an http address of this machine. Register and set one such as http://localhost:33333, or"
                            + " log in elsewhere and set oauthVerifier and pkceVerifier.");
        }
        if (options.isSet(OAUTH_VERIFIER) && !options.isSet(PKCE_VERIFIER)) {
            throw refused("oauthVerifier is set, but pkceVerifier is not: set it to the verifier that"
                    + " operation=authorizationUrl gave with the address.");
        }
    }

    private OAuthClient client() {
        String id = options.find(OAUTH_CLIENT_ID);
        if (id == null) {
            throw refused(
                    "oauthClientId is missing: set it to the unique identifier of the OAuth client in Admin Center.");
        }
        if (options.get(OAUTH_CLIENT_KIND) == OAuthClientKind.PUBLIC) {
            return new OAuthClient(id, null);
        }
        return new OAuthClient(
                id,
                needed(
                        OAUTH_CLIENT_SECRET,
                        "oauthClientId is set, but oauthClientSecret is not: set it, or set oauthClientKind=public if the"
                                + " client is registered as public."));
    }

    private @Nullable Instant expiresAt() {
        Long timestamp = options.find(OAUTH_TOKEN_TIMESTAMP);
        Long lifetime = options.find(OAUTH_EXPIRES_IN);
        // Both or nothing: the lifetime counts from the creation, so one alone says when nothing ends.
        return timestamp == null || lifetime == null
                ? null
                : Instant.ofEpochMilli(timestamp).plusSeconds(lifetime);
    }

    private @Nullable AuthorizationCode code(String issuer) {
        String pasted = options.find(OAUTH_VERIFIER);
        if (pasted == null) {
            return null;
        }
        PastedCallback callback = PastedCallback.parse(pasted, OAUTH_VERIFIER.name());
        callback.requireIssuer(issuer);
        return new AuthorizationCode(callback.code(), needed(PKCE_VERIFIER, "pkceVerifier is not set."));
    }

    private @Nullable String scope() {
        String scope = options.find(SCOPE);
        return scope == null ? null : String.join(" ", scope.split("[\\s,]+"));
    }

    private Secret needed(Option<String> option, String otherwise) {
        String value = options.find(option);
        if (value == null) {
            throw refused(otherwise);
        }
        return Secret.of(value);
    }

    private ConfigurationRefused refused(String why) {
        return new ConfigurationRefused("Connection '" + name + "': " + why);
    }
}
