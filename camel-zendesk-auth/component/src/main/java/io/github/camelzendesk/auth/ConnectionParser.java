package io.github.camelzendesk.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.github.camelzendesk.auth.login.LoopbackLogin;
import io.github.camelzendesk.auth.login.PastedCallback;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenGrammar;

/**
 * Makes a connection of the options, and refuses what is half said or said twice with a sentence that names the options
 * and the remedy. Immutable as long as the options are.
 */
final class ConnectionParser {
    private static final String DEFAULT_SCOPE = "read write";
    private static final long MOST_SECONDS = Duration.ofDays(3653).toSeconds();

    private final String name;
    private final ZendeskAuthConfiguration options;

    private ConnectionParser(String name, ZendeskAuthConfiguration options) {
        this.name = name;
        this.options = options;
    }

    /** @throws ConfigurationRefused when the options do not make a connection */
    static Connection connection(String name, ZendeskAuthConfiguration options) {
        return new ConnectionParser(name, options).connection();
    }

    private Connection connection() {
        if (blank(options.getUrl())) {
            throw refused("url is missing: set it to https://{subdomain}.zendesk.com, or to the subdomain alone.");
        }
        String origin = ZendeskUrl.origin(options.getUrl());
        String tokens = ZendeskUrl.endpoint(origin, options.getTokenEndpointPath(), "tokenEndpointPath");
        refuseProxyInTheClear(origin, "url");
        refuseProxyInTheClear(tokens, "tokenEndpointPath");
        return new Connection(
                name,
                origin,
                credentials(),
                new Connection.Endpoints(tokens, authorizationEndpoint(origin)),
                new Connection.Lifetimes(options.getAccessTokenLifetime(), options.getRefreshTokenLifetime()),
                new Connection.Timeouts(
                        options.getConnectTimeout(),
                        options.getExchangeTimeout(),
                        options.getJoinTimeout(),
                        options.getLoginTimeout()));
    }

    /** Plain http is for this machine only, and a proxy is most often another. */
    private void refuseProxyInTheClear(String address, String option) {
        if (set(options.getProxyHost()) && address.startsWith("http:")) {
            throw refused("proxyHost is set, and " + option + " is a plain http address, so the proxy would get the"
                    + " credentials in the clear: remove proxyHost, or set " + option + " to an https address.");
        }
    }

    private Credentials credentials() {
        AuthScheme scheme = options.getAuthScheme() == null ? inferred() : options.getAuthScheme();
        return switch (scheme) {
            case Basic -> set(options.getApiToken()) ? apiToken() : basic();
            case APIToken -> apiToken();
            case OAuthClient -> clientCredentials();
            case OAuth -> oauth();
        };
    }

    private AuthScheme inferred() {
        List<String> oauth = oauthOptions();
        boolean agent = set(options.getPassword()) || set(options.getApiToken());
        if (agent && !oauth.isEmpty()) {
            throw refused("both " + (set(options.getPassword()) ? "password" : "apiToken") + " and "
                    + String.join(", ", oauth) + " are set: say which one counts with authScheme.");
        }
        if (agent || set(options.getUser()) && oauth.isEmpty()) {
            return set(options.getApiToken()) ? AuthScheme.APIToken : AuthScheme.Basic;
        }
        if (oauth.isEmpty()) {
            throw refused("there is nothing to authenticate with. Set oauthClientId and oauthClientSecret with"
                    + " authScheme=OAuthClient (unattended) or initiateOAuth=GETANDREFRESH (a person logs in), or"
                    + " oauthAccessToken.");
        }
        return inferredOAuth();
    }

    private AuthScheme inferredOAuth() {
        boolean plainClient = options.getInitiateOAuth() == InitiateOAuth.OFF && !set(options.getOauthAccessToken());
        if (plainClient && !isLoginOperation()) {
            client();
            throw refused(
                    "oauthClientId and oauthClientSecret alone can mean two things: set authScheme=OAuthClient for"
                            + " client credentials, or initiateOAuth=GETANDREFRESH (a person logs in) or REFRESH (with"
                            + " oauthRefreshToken, or a grant that is stored).");
        }
        return AuthScheme.OAuth;
    }

    private List<String> oauthOptions() {
        List<String> names = new ArrayList<>();
        addIf(names, set(options.getOauthClientId()), "oauthClientId");
        addIf(names, set(options.getOauthClientSecret()), "oauthClientSecret");
        addIf(names, set(options.getOauthAccessToken()), "oauthAccessToken");
        addIf(names, set(options.getOauthRefreshToken()), "oauthRefreshToken");
        addIf(names, set(options.getOauthVerifier()), "oauthVerifier");
        addIf(names, options.getInitiateOAuth() != InitiateOAuth.OFF, "initiateOAuth");
        return names;
    }

    private Credentials basic() {
        refuseBoth();
        return new Credentials.Basic(
                user("password"),
                needed(
                        options.getPassword(),
                        "password",
                        "user is set, but"
                                + " neither password nor apiToken is: set one of them, or better use OAuth (authScheme=OAuthClient)."));
    }

    private Credentials apiToken() {
        refuseBoth();
        return new Credentials.ApiToken(
                user("apiToken"),
                needed(options.getApiToken(), "apiToken", "authScheme=APIToken needs the option apiToken."));
    }

    private void refuseBoth() {
        if (set(options.getPassword()) && set(options.getApiToken())) {
            throw refused("both password and apiToken are set, and only one can be sent: remove one of them.");
        }
    }

    private String user(String companion) {
        if (blank(options.getUser())) {
            throw refused(companion + " is set, but user is not: set user to the e-mail of the agent.");
        }
        return options.getUser().trim();
    }

    private Credentials clientCredentials() {
        if (options.getOauthClientKind() == OAuthClientKind.PUBLIC) {
            throw refused(
                    "authScheme=OAuthClient needs a confidential client, and oauthClientKind is public: register a"
                            + " confidential one in Admin Center, or use initiateOAuth=GETANDREFRESH.");
        }
        return new Credentials.ClientCredentials(client(), scope(null));
    }

    private Credentials oauth() {
        checkToken(options.getOauthAccessToken(), "oauthAccessToken", TokenGrammar::isAccessToken);
        checkToken(options.getOauthRefreshToken(), "oauthRefreshToken", TokenGrammar::isRefreshToken);
        if (options.getInitiateOAuth() == InitiateOAuth.OFF && !isLoginOperation()) {
            return new Credentials.StaticToken(needed(
                    options.getOauthAccessToken(),
                    "oauthAccessToken",
                    "initiateOAuth is OFF, which uses oauthAccessToken as it is, and that is not set: set it, or set"
                            + " initiateOAuth to REFRESH or GETANDREFRESH."));
        }
        OAuthClient client = client();
        checkLogin();
        return new Credentials.Grant(client, options.getCallbackUrl(), scope(DEFAULT_SCOPE), bootstrap());
    }

    private boolean isLoginOperation() {
        return options.getOperation() == ZendeskAuthOperation.authorizationUrl
                || options.getOperation() == ZendeskAuthOperation.exchangeCode;
    }

    private void checkLogin() {
        if (blank(options.getCallbackUrl())) {
            throw refused("callbackUrl is empty: set it to the redirect URI that is registered with the OAuth client.");
        }
        if (options.getInitiateOAuth() == InitiateOAuth.GETANDREFRESH
                && !LoopbackLogin.canReceive(options.getCallbackUrl())
                && blank(options.getOauthVerifier())) {
            throw refused(
                    "initiateOAuth=GETANDREFRESH waits for the browser at callbackUrl, and " + options.getCallbackUrl()
                            + " is not an http address of this machine. Register and set one such as http://localhost:33333, or"
                            + " log in elsewhere and set oauthVerifier and pkceVerifier.");
        }
        if (set(options.getOauthVerifier()) && blank(options.getPkceVerifier())) {
            throw refused("oauthVerifier is set, but pkceVerifier is not: set it to the verifier that"
                    + " operation=authorizationUrl gave with the address.");
        }
    }

    private OAuthClient client() {
        String id = options.getOauthClientId();
        if (blank(id)) {
            throw refused(
                    "oauthClientId is missing: set it to the unique identifier of the OAuth client in Admin Center.");
        }
        if (options.getOauthClientKind() == OAuthClientKind.PUBLIC) {
            return new OAuthClient(id.trim(), null);
        }
        return new OAuthClient(
                id.trim(),
                needed(
                        options.getOauthClientSecret(),
                        "oauthClientSecret",
                        "oauthClientId is set, but oauthClientSecret is not: set it, or set oauthClientKind=public if the"
                                + " client is registered as public."));
    }

    private Credentials.Bootstrap bootstrap() {
        return new Credentials.Bootstrap(
                Secret.ofNullable(options.getOauthAccessToken()),
                Secret.ofNullable(options.getOauthRefreshToken()),
                expiresAt(),
                code());
    }

    private Instant expiresAt() {
        Long timestamp = options.getOauthTokenTimestamp();
        Long lifetime = options.getOauthExpiresIn();
        // Both or nothing: the lifetime counts from the creation, so one alone says when nothing ends.
        if (timestamp == null || lifetime == null) {
            return null;
        }
        if (timestamp < 0 || lifetime <= 0 || lifetime > MOST_SECONDS) {
            throw refused("oauthTokenTimestamp must be milliseconds since 1970, and oauthExpiresIn seconds of less than"
                    + " ten years: set both as Zendesk's answer gave them, or neither.");
        }
        return Instant.ofEpochMilli(timestamp).plusSeconds(lifetime);
    }

    private String authorizationEndpoint(String origin) {
        return ZendeskUrl.endpoint(origin, options.getAuthorizationEndpointPath(), "authorizationEndpointPath");
    }

    private AuthorizationCode code() {
        if (blank(options.getOauthVerifier())) {
            return null;
        }
        PastedCallback callback = PastedCallback.parse(options.getOauthVerifier(), "oauthVerifier");
        callback.requireIssuer(authorizationEndpoint(ZendeskUrl.origin(options.getUrl())));
        return new AuthorizationCode(
                callback.code(), Secret.of(options.getPkceVerifier().trim()));
    }

    private String scope(String otherwise) {
        return blank(options.getScope())
                ? otherwise
                : String.join(" ", options.getScope().trim().split("[\\s,]+"));
    }

    private Secret needed(String value, String option, String otherwise) {
        if (blank(value)) {
            throw refused(otherwise);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw refused(option + " holds a line break or another control character: set it again as one line.");
        }
        return Secret.of(value);
    }

    /** Text that is no token could split a header, or make a settings file unreadable. */
    private void checkToken(String value, String option, Predicate<String> grammar) {
        if (set(value) && !grammar.test(value.trim())) {
            throw refused(option + " holds a character that no token has, such as a line break or a space: set it again"
                    + " as Zendesk gave it.");
        }
    }

    private ConfigurationRefused refused(String why) {
        return new ConfigurationRefused("Connection '" + name + "': " + why);
    }

    private static void addIf(List<String> names, boolean condition, String name) {
        if (condition) {
            names.add(name);
        }
    }

    private static boolean set(String value) {
        return !blank(value);
    }

    private static boolean blank(String value) {
        return value == null || value.isBlank();
    }
}
