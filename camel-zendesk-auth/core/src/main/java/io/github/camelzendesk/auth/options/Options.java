package io.github.camelzendesk.auth.options;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.settings.internal.Spelling;
import io.github.camelzendesk.auth.settings.internal.TokenGrammar;

/**
 * The options of a connection: the one table that Camel's URIs and properties, Spring's properties, Kamelets, variables of
 * the environment and masking go by. Constants.
 */
public final class Options {
    public static final Option<String> URL =
            Option.text("url").means("The Zendesk account: https://{subdomain}.zendesk.com, or just the subdomain.");

    public static final Option<AuthScheme> AUTH_SCHEME = Option.choice("authScheme", AuthScheme.class)
            .in("security")
            .means("How to authenticate. Inferred from the other options when they leave no doubt.");

    public static final Option<String> USER = Option.text("user")
            .secret()
            .in("security")
            .as(
                    "an e-mail address without a blank: in a URI write RAW(...) around it, where a plus is one otherwise",
                    Forms::isOneWord)
            .means("E-mail of the agent, for Basic and APIToken.");

    public static final Option<String> PASSWORD = Option.text("password")
            .secret()
            .in("security")
            .as("one line: it holds a line break or a character that is not seen", Forms::isOneLine)
            .means("Password of the agent. Zendesk withdrew password access in January 2026.");

    public static final Option<String> API_TOKEN = Option.text("apiToken")
            .secret()
            .in("security")
            .as("one word, as Zendesk gave it: it holds a blank or a character that is not seen", Forms::isOneWord)
            .means("API token. All API tokens end on 30 April 2027.");

    public static final Option<String> OAUTH_CLIENT_ID = Option.text("oauthClientId")
            .in("security")
            .as("the unique identifier as Admin Center shows it, without a blank", Forms::isOneWord)
            .means("Unique identifier of the OAuth client in Admin Center.");

    public static final Option<String> OAUTH_CLIENT_SECRET = Option.text("oauthClientSecret")
            .secret()
            .in("security")
            .as("one word, as Zendesk gave it: it holds a blank or a character that is not seen", Forms::isOneWord)
            .means("Secret of the OAuth client.");

    public static final Option<OAuthClientKind> OAUTH_CLIENT_KIND = Option.choice(
                    "oauthClientKind", OAuthClientKind.class)
            .in("security")
            .or("CONFIDENTIAL")
            .means("Kind of the OAuth client. A public client never sends its secret.");

    public static final Option<String> CALLBACK_URL = Option.text("callbackUrl")
            .in("security")
            .or("http://localhost:33333")
            .as("an http or https address as it is registered, such as http://localhost:33333", Forms::isCallback)
            .means("The redirect URI that is registered with the OAuth client, sent exactly as written.");

    public static final Option<InitiateOAuth> INITIATE_OAUTH = Option.choice("initiateOAuth", InitiateOAuth.class)
            .in("security")
            .or("OFF")
            .means(
                    "OFF uses oauthAccessToken as it is. REFRESH refreshes and never prompts. GETANDREFRESH also logs in through the browser when there is no usable grant.");

    public static final Option<String> OAUTH_ACCESS_TOKEN = Option.text("oauthAccessToken")
            .secret()
            .in("security")
            .as(
                    "a token as Zendesk gave it: it holds a character that no token has, such as a line break or a blank",
                    TokenGrammar::isAccessToken)
            .means("Access token to use, or to begin with.");

    public static final Option<String> OAUTH_REFRESH_TOKEN = Option.text("oauthRefreshToken")
            .secret()
            .in("security")
            .as(
                    "a token as Zendesk gave it: it holds a character that no token has, such as a line break or a blank",
                    TokenGrammar::isRefreshToken)
            .means("Refresh token to begin with. What is stored outranks it, unless it is changed.");

    public static final Option<Long> OAUTH_EXPIRES_IN = Option.number("oauthExpiresIn")
            .in("security")
            .as("seconds, from 1 to ten years", Forms::areSeconds)
            .means("Lifetime of oauthAccessToken in seconds, from its creation.");

    public static final Option<Long> OAUTH_TOKEN_TIMESTAMP = Option.number("oauthTokenTimestamp")
            .in("security")
            .as("milliseconds since 1970, thirteen digits as of today", Forms::areMillisSince1970)
            .means("Creation of oauthAccessToken, in milliseconds since the epoch.");

    public static final Option<String> OAUTH_SETTINGS_LOCATION = Option.text("oauthSettingsLocation")
            .in("security")
            .as(
                    "written out: nothing here expands a variable such as $HOME, and ~/ is the home of the user",
                    Forms::holdsNoVariable)
            .means(
                    "Where tokens are kept: a path, file:, memory:id, jdbc:, kubernetes: or bean:name. One file a connection in the configuration folder of the user by default.");

    public static final Option<String> OAUTH_SETTINGS_SECRET_KEY = Option.text("oauthSettingsSecretKey")
            .secret()
            .in("security")
            .as(
                    "one word in base64, or several with commas: it holds a blank or a character that is not seen",
                    Forms::isOneWord)
            .means(
                    "256-bit key in base64 that encrypts the stored settings. Of several, separated by commas, the first writes and all read. bean:name is a Supplier of them.");

    public static final Option<String> OAUTH_VERIFIER = Option.text("oauthVerifier")
            .secret()
            .in("security")
            .means("Headless login: the code that a person copied, or the whole callback address.");

    public static final Option<String> PKCE_VERIFIER = Option.text("pkceVerifier")
            .secret()
            .in("security")
            .as("one word: it holds a blank or a character that is not seen", Forms::isOneWord)
            .means("Headless login: the PKCE verifier that belongs to oauthVerifier.");

    public static final Option<String> SCOPE = Option.text("scope")
            .in("security")
            .means(
                    "Scopes to ask for, separated by spaces or commas. read write for the code grant; left to the client for OAuthClient.");

    public static final Option<Duration> ACCESS_TOKEN_LIFETIME = Option.duration("accessTokenLifetime", "5m", "48h")
            .in("advanced")
            .or("30m")
            .means("Lifetime to ask for with each access token, 5 minutes to 48 hours.");

    public static final Option<Duration> REFRESH_TOKEN_LIFETIME = Option.duration("refreshTokenLifetime", "7d", "90d")
            .in("advanced")
            .or("30d")
            .means("Lifetime to ask for with each refresh token, 7 to 90 days.");

    public static final Option<String> ON_BEHALF_OF = Option.text("onBehalfOf")
            .header("X-On-Behalf-Of")
            .means("End user, by e-mail or id, on whose behalf Zendesk is called.");

    public static final Option<String> MARKETPLACE_NAME = Option.text("marketplaceName")
            .header("X-Zendesk-Marketplace-Name")
            .means("Value of X-Zendesk-Marketplace-Name.");

    public static final Option<String> MARKETPLACE_ORGANIZATION_ID = Option.text("marketplaceOrganizationId")
            .header("X-Zendesk-Marketplace-Organization-Id")
            .means("Value of X-Zendesk-Marketplace-Organization-Id.");

    public static final Option<String> MARKETPLACE_APP_ID = Option.text("marketplaceAppId")
            .header("X-Zendesk-Marketplace-App-Id")
            .means("Value of X-Zendesk-Marketplace-App-Id.");

    public static final Option<String> MARKETPLACE_BOT_ID = Option.text("marketplaceBotId")
            .header("X-Zendesk-Marketplace-Bot-Id")
            .means("Value of X-Zendesk-Marketplace-Bot-Id.");

    public static final Option<String> PROXY_HOST = Option.text("proxyHost")
            .in("proxy")
            .spelledAlso("ProxyServer")
            .as(
                    "the name of a host, without http://, port, user or path: proxyPort and the others are set beside it",
                    Forms::isHost)
            .means("Host of a proxy.");

    public static final Option<ProxyType> PROXY_TYPE = Option.choice("proxyType", ProxyType.class)
            .in("proxy")
            .or("HTTP")
            .spelledAlso("FirewallType")
            .means("What the proxy speaks.");

    public static final Option<String> PROXY_USER = Option.text("proxyUser")
            .secret()
            .in("proxy")
            .as("one line: it holds a line break or a character that is not seen", Forms::isOneLine)
            .means("User that the HTTP proxy asks for, by Basic authentication.");

    public static final Option<String> PROXY_PASSWORD = Option.text("proxyPassword")
            .secret()
            .in("proxy")
            .as("one line: it holds a line break or a character that is not seen", Forms::isOneLine)
            .means("Password of proxyUser.");

    public static final Option<String> NON_PROXY_HOSTS = Option.text("nonProxyHosts")
            .in("proxy")
            .spelledAlso("ProxyExceptions")
            .means(
                    "Hosts that are reached without the proxy, separated by commas, semicolons or bars; an asterisk is any text.");

    public static final Option<Integer> PROXY_PORT =
            Option.port("proxyPort").in("proxy").means("Port of the proxy; 80 for HTTP and 1080 for SOCKS unless set.");

    public static final Option<Duration> CONNECT_TIMEOUT = Option.duration("connectTimeout", "1ms", "1h")
            .in("advanced")
            .or("5s")
            .means("Hard limit for connecting to Zendesk.");

    public static final Option<Duration> EXCHANGE_TIMEOUT = Option.duration("exchangeTimeout", "1ms", "1h")
            .in("advanced")
            .or("20s")
            .means(
                    "Hard limit for a whole token request, its answer included. Time in which the process is stopped does not count.");

    public static final Option<Duration> JOIN_TIMEOUT = Option.duration("joinTimeout", "1ms", "1h")
            .in("advanced")
            .or("20s")
            .means(
                    "Hard limit for the wait of an exchange for a token; two seconds at the most while an earlier token is still valid.");

    public static final Option<Duration> LOGIN_TIMEOUT = Option.duration("loginTimeout", "1ms", "24h")
            .in("advanced")
            .or("5m")
            .means("Hard limit for the login of a person.");

    public static final Option<String> TOKEN_ENDPOINT_PATH = Option.text("tokenEndpointPath")
            .in("advanced")
            .or("/oauth/tokens")
            .means("Path of the token endpoint, or a whole https address.");

    public static final Option<String> AUTHORIZATION_ENDPOINT_PATH = Option.text("authorizationEndpointPath")
            .in("advanced")
            .or("/oauth/authorizations/new")
            .means("Path of the authorization endpoint, or a whole https address.");

    public static final Option<String> ISSUER = Option.text("issuer")
            .in("advanced")
            .means(
                    "Issuer that a callback must name where it names one (RFC 9207). The origin of the authorization endpoint unless set.");

    /** All of them, by name. */
    public static final List<Option<?>> ALL = List.of(
            ACCESS_TOKEN_LIFETIME,
            API_TOKEN,
            AUTHORIZATION_ENDPOINT_PATH,
            AUTH_SCHEME,
            CALLBACK_URL,
            CONNECT_TIMEOUT,
            EXCHANGE_TIMEOUT,
            INITIATE_OAUTH,
            ISSUER,
            JOIN_TIMEOUT,
            LOGIN_TIMEOUT,
            MARKETPLACE_APP_ID,
            MARKETPLACE_BOT_ID,
            MARKETPLACE_NAME,
            MARKETPLACE_ORGANIZATION_ID,
            NON_PROXY_HOSTS,
            OAUTH_ACCESS_TOKEN,
            OAUTH_CLIENT_ID,
            OAUTH_CLIENT_KIND,
            OAUTH_CLIENT_SECRET,
            OAUTH_EXPIRES_IN,
            OAUTH_REFRESH_TOKEN,
            OAUTH_SETTINGS_LOCATION,
            OAUTH_SETTINGS_SECRET_KEY,
            OAUTH_TOKEN_TIMESTAMP,
            OAUTH_VERIFIER,
            ON_BEHALF_OF,
            PASSWORD,
            PKCE_VERIFIER,
            PROXY_HOST,
            PROXY_PASSWORD,
            PROXY_PORT,
            PROXY_TYPE,
            PROXY_USER,
            REFRESH_TOKEN_LIFETIME,
            SCOPE,
            TOKEN_ENDPOINT_PATH,
            URL,
            USER);

    private static final Map<String, Option<?>> BY_NAME = ALL.stream()
            .flatMap(option -> Stream.concat(Stream.of(option.name()), option.spellings().stream())
                    .map(name -> Map.entry(Spelling.bare(name), option)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Options() {}

    /** The option that a text names, by its own name or the drivers', ignoring case, dashes and underscores. */
    public static Optional<Option<?>> find(String text) {
        return Optional.ofNullable(BY_NAME.get(Spelling.bare(text)));
    }
}
