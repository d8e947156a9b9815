package io.github.camelzendesk.auth;

import java.time.Duration;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.OAuthClientKind;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.options.ProxyType;

import okhttp3.OkHttpClient;

/**
 * The options of a connection, as they are configured. For one thread at a time. {@link ConnectionOptions}
 * checks them.
 */
@Configurer
@UriParams
public class ZendeskAuthConfiguration implements Cloneable {
    private static final ZendeskAuthConfigurationConfigurer CONFIGURER = new ZendeskAuthConfigurationConfigurer();

    @UriParam(description = "The Zendesk account: https://{subdomain}.zendesk.com, or just the subdomain.")
    private String url;

    @UriParam(
            label = "security",
            description = "How to authenticate. Inferred from the other options when they leave no doubt.")
    private AuthScheme authScheme;

    @UriParam(label = "security", secret = true, description = "E-mail of the agent, for Basic and APIToken.")
    private String user;

    @UriParam(
            label = "security",
            secret = true,
            description = "Password of the agent. Zendesk withdrew password access in January 2026.")
    private String password;

    @UriParam(label = "security", secret = true, description = "API token. All API tokens end on 30 April 2027.")
    private String apiToken;

    @UriParam(label = "security", description = "Unique identifier of the OAuth client in Admin Center.")
    private String oauthClientId;

    @UriParam(label = "security", secret = true, description = "Secret of the OAuth client.")
    private String oauthClientSecret;

    @UriParam(
            label = "security",
            defaultValue = "CONFIDENTIAL",
            enums = "CONFIDENTIAL,PUBLIC",
            description = "Kind of the OAuth client. A public client never sends its secret.")
    private OAuthClientKind oauthClientKind = OAuthClientKind.CONFIDENTIAL;

    @UriParam(
            label = "security",
            defaultValue = "http://localhost:33333",
            description = "The redirect URI that is registered with the OAuth client, sent exactly as written.")
    private String callbackUrl = "http://localhost:33333";

    @UriParam(
            label = "security",
            defaultValue = "OFF",
            enums = "OFF,REFRESH,GETANDREFRESH",
            description =
                    "OFF uses oauthAccessToken as it is. REFRESH refreshes and never prompts. GETANDREFRESH also logs in through the browser when there is no usable grant.")
    private InitiateOAuth initiateOAuth = InitiateOAuth.OFF;

    @UriParam(label = "security", secret = true, description = "Access token to use, or to begin with.")
    private String oauthAccessToken;

    @UriParam(
            label = "security",
            secret = true,
            description = "Refresh token to begin with. What is stored outranks it, unless it is changed.")
    private String oauthRefreshToken;

    @UriParam(label = "security", description = "Lifetime of oauthAccessToken in seconds, from its creation.")
    private Long oauthExpiresIn;

    @UriParam(label = "security", description = "Creation of oauthAccessToken, in milliseconds since the epoch.")
    private Long oauthTokenTimestamp;

    @UriParam(
            label = "security",
            description =
                    "Where tokens are kept: a path, file:, memory:id, jdbc:, kubernetes: or bean:name. One file a connection in the configuration folder of the user by default.")
    private String oauthSettingsLocation;

    @UriParam(
            label = "security",
            secret = true,
            description =
                    "256-bit key in base64 that encrypts the stored settings. Of several, separated by commas, the first writes and all read. bean:name is a Supplier of them.")
    private String oauthSettingsSecretKey;

    @UriParam(
            label = "security",
            secret = true,
            description = "Headless login: the code that a person copied, or the whole callback address.")
    private String oauthVerifier;

    @UriParam(
            label = "security",
            secret = true,
            description = "Headless login: the PKCE verifier that belongs to oauthVerifier.")
    private String pkceVerifier;

    @UriParam(
            label = "security",
            description =
                    "Scopes to ask for, separated by spaces or commas. read write for the code grant; left to the client for OAuthClient.")
    private String scope;

    @UriParam(
            label = "advanced",
            defaultValue = "30m",
            description = "Lifetime to ask for with each access token, 5 minutes to 48 hours.")
    private Duration accessTokenLifetime = Duration.ofMinutes(30);

    @UriParam(
            label = "advanced",
            defaultValue = "30d",
            description = "Lifetime to ask for with each refresh token, 7 to 90 days.")
    private Duration refreshTokenLifetime = Duration.ofDays(30);

    @UriParam(label = "producer", description = "End user, by e-mail or id, on whose behalf Zendesk is called.")
    private String onBehalfOf;

    @UriParam(label = "producer", description = "Value of X-Zendesk-Marketplace-Name.")
    private String marketplaceName;

    @UriParam(label = "producer", description = "Value of X-Zendesk-Marketplace-Organization-Id.")
    private String marketplaceOrganizationId;

    @UriParam(label = "producer", description = "Value of X-Zendesk-Marketplace-App-Id.")
    private String marketplaceAppId;

    @UriParam(label = "producer", description = "Value of X-Zendesk-Marketplace-Bot-Id.")
    private String marketplaceBotId;

    @UriParam(label = "producer", defaultValue = "authenticate", description = "What the producer does.")
    private ZendeskAuthOperation operation = ZendeskAuthOperation.authenticate;

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description =
                    "Whether the header CamelZendeskAuthOperation of a message chooses the operation. Without it the header is ignored.")
    private boolean operationFromHeader;

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description =
                    "Whether the header CamelZendeskAuthOnBehalfOf of a message chooses the end user on whose behalf Zendesk is called. Without it the header is ignored.")
    private boolean onBehalfOfFromHeader;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description = "Ask Zendesk who we are when the route starts, and fail when it knows nobody. Never rotates.")
    private boolean verifyOnStart;

    @UriParam(label = "advanced", description = "A token manager to use instead of one made from these options.")
    private TokenManager tokenManager;

    @UriParam(
            label = "advanced",
            description =
                    "HTTP client whose proxy, TLS and DNS are kept. Its interceptors are left out: they could repeat"
                            + " or log a token request.")
    private OkHttpClient okHttpClient;

    @UriParam(label = "security", description = "TLS towards Zendesk.")
    private SSLContextParameters sslContextParameters;

    @UriParam(label = "proxy", description = "Host of a proxy.")
    private String proxyHost;

    @UriParam(label = "proxy", description = "Port of the proxy; 80 for HTTP and 1080 for SOCKS unless set.")
    private Integer proxyPort;

    @UriParam(label = "proxy", defaultValue = "HTTP", enums = "HTTP,SOCKS", description = "What the proxy speaks.")
    private ProxyType proxyType = ProxyType.HTTP;

    @UriParam(
            label = "proxy",
            secret = true,
            description = "User that the HTTP proxy asks for, by Basic authentication.")
    private String proxyUser;

    @UriParam(label = "proxy", secret = true, description = "Password of proxyUser.")
    private String proxyPassword;

    @UriParam(
            label = "proxy",
            description =
                    "Hosts that are reached without the proxy, separated by commas, semicolons or bars; an asterisk is any text.")
    private String nonProxyHosts;

    @UriParam(label = "advanced", defaultValue = "5s", description = "Hard limit for connecting to Zendesk.")
    private Duration connectTimeout = Duration.ofSeconds(5);

    @UriParam(
            label = "advanced",
            defaultValue = "20s",
            description = "Hard limit for a whole token request, its answer included. Time in which the process is"
                    + " stopped does not count.")
    private Duration exchangeTimeout = Duration.ofSeconds(20);

    @UriParam(
            label = "advanced",
            defaultValue = "20s",
            description =
                    "Hard limit for the wait of an exchange for a token; two seconds at the most while an earlier token is still valid.")
    private Duration joinTimeout = Duration.ofSeconds(20);

    @UriParam(label = "advanced", defaultValue = "5m", description = "Hard limit for the login of a person.")
    private Duration loginTimeout = Duration.ofMinutes(5);

    @UriParam(
            label = "advanced",
            defaultValue = "/oauth/tokens",
            description = "Path of the token endpoint, or a whole https address.")
    private String tokenEndpointPath = "/oauth/tokens";

    @UriParam(
            label = "advanced",
            defaultValue = "/oauth/authorizations/new",
            description = "Path of the authorization endpoint, or a whole https address.")
    private String authorizationEndpointPath = "/oauth/authorizations/new";

    @UriParam(
            label = "advanced",
            description =
                    "Issuer that a callback must name where it names one (RFC 9207). The origin of the authorization endpoint unless set.")
    private String issuer;

    // No option of a URI, which has the name already.
    private String connectionName;

    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    public AuthScheme getAuthScheme() {
        return authScheme;
    }

    public void setAuthScheme(AuthScheme authScheme) {
        this.authScheme = authScheme;
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getApiToken() {
        return apiToken;
    }

    public void setApiToken(String apiToken) {
        this.apiToken = apiToken;
    }

    public String getOauthClientId() {
        return oauthClientId;
    }

    public void setOauthClientId(String oauthClientId) {
        this.oauthClientId = oauthClientId;
    }

    public String getOauthClientSecret() {
        return oauthClientSecret;
    }

    public void setOauthClientSecret(String oauthClientSecret) {
        this.oauthClientSecret = oauthClientSecret;
    }

    public OAuthClientKind getOauthClientKind() {
        return oauthClientKind;
    }

    public void setOauthClientKind(OAuthClientKind oauthClientKind) {
        this.oauthClientKind = oauthClientKind;
    }

    public String getCallbackUrl() {
        return callbackUrl;
    }

    public void setCallbackUrl(String callbackUrl) {
        this.callbackUrl = callbackUrl;
    }

    public InitiateOAuth getInitiateOAuth() {
        return initiateOAuth;
    }

    public void setInitiateOAuth(InitiateOAuth initiateOAuth) {
        this.initiateOAuth = initiateOAuth;
    }

    public String getOauthAccessToken() {
        return oauthAccessToken;
    }

    public void setOauthAccessToken(String oauthAccessToken) {
        this.oauthAccessToken = oauthAccessToken;
    }

    public String getOauthRefreshToken() {
        return oauthRefreshToken;
    }

    public void setOauthRefreshToken(String oauthRefreshToken) {
        this.oauthRefreshToken = oauthRefreshToken;
    }

    public Long getOauthExpiresIn() {
        return oauthExpiresIn;
    }

    public void setOauthExpiresIn(Long oauthExpiresIn) {
        this.oauthExpiresIn = oauthExpiresIn;
    }

    public Long getOauthTokenTimestamp() {
        return oauthTokenTimestamp;
    }

    public void setOauthTokenTimestamp(Long oauthTokenTimestamp) {
        this.oauthTokenTimestamp = oauthTokenTimestamp;
    }

    public String getOauthSettingsLocation() {
        return oauthSettingsLocation;
    }

    public void setOauthSettingsLocation(String oauthSettingsLocation) {
        this.oauthSettingsLocation = oauthSettingsLocation;
    }

    public String getOauthSettingsSecretKey() {
        return oauthSettingsSecretKey;
    }

    public void setOauthSettingsSecretKey(String oauthSettingsSecretKey) {
        this.oauthSettingsSecretKey = oauthSettingsSecretKey;
    }

    public String getOauthVerifier() {
        return oauthVerifier;
    }

    public void setOauthVerifier(String oauthVerifier) {
        this.oauthVerifier = oauthVerifier;
    }

    public String getPkceVerifier() {
        return pkceVerifier;
    }

    public void setPkceVerifier(String pkceVerifier) {
        this.pkceVerifier = pkceVerifier;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public Duration getAccessTokenLifetime() {
        return accessTokenLifetime;
    }

    public void setAccessTokenLifetime(Duration accessTokenLifetime) {
        this.accessTokenLifetime = accessTokenLifetime;
    }

    public Duration getRefreshTokenLifetime() {
        return refreshTokenLifetime;
    }

    public void setRefreshTokenLifetime(Duration refreshTokenLifetime) {
        this.refreshTokenLifetime = refreshTokenLifetime;
    }

    public String getOnBehalfOf() {
        return onBehalfOf;
    }

    public void setOnBehalfOf(String onBehalfOf) {
        this.onBehalfOf = onBehalfOf;
    }

    public String getMarketplaceName() {
        return marketplaceName;
    }

    public void setMarketplaceName(String marketplaceName) {
        this.marketplaceName = marketplaceName;
    }

    public String getMarketplaceOrganizationId() {
        return marketplaceOrganizationId;
    }

    public void setMarketplaceOrganizationId(String marketplaceOrganizationId) {
        this.marketplaceOrganizationId = marketplaceOrganizationId;
    }

    public String getMarketplaceAppId() {
        return marketplaceAppId;
    }

    public void setMarketplaceAppId(String marketplaceAppId) {
        this.marketplaceAppId = marketplaceAppId;
    }

    public String getMarketplaceBotId() {
        return marketplaceBotId;
    }

    public void setMarketplaceBotId(String marketplaceBotId) {
        this.marketplaceBotId = marketplaceBotId;
    }

    public ZendeskAuthOperation getOperation() {
        return operation;
    }

    public void setOperation(ZendeskAuthOperation operation) {
        this.operation = operation;
    }

    public boolean isOperationFromHeader() {
        return operationFromHeader;
    }

    public void setOperationFromHeader(boolean operationFromHeader) {
        this.operationFromHeader = operationFromHeader;
    }

    public boolean isOnBehalfOfFromHeader() {
        return onBehalfOfFromHeader;
    }

    public void setOnBehalfOfFromHeader(boolean onBehalfOfFromHeader) {
        this.onBehalfOfFromHeader = onBehalfOfFromHeader;
    }

    public boolean isVerifyOnStart() {
        return verifyOnStart;
    }

    public void setVerifyOnStart(boolean verifyOnStart) {
        this.verifyOnStart = verifyOnStart;
    }

    public TokenManager getTokenManager() {
        return tokenManager;
    }

    public void setTokenManager(TokenManager tokenManager) {
        this.tokenManager = tokenManager;
    }

    public OkHttpClient getOkHttpClient() {
        return okHttpClient;
    }

    public void setOkHttpClient(OkHttpClient okHttpClient) {
        this.okHttpClient = okHttpClient;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public ProxyType getProxyType() {
        return proxyType;
    }

    public void setProxyType(ProxyType proxyType) {
        this.proxyType = proxyType;
    }

    public String getProxyUser() {
        return proxyUser;
    }

    public void setProxyUser(String proxyUser) {
        this.proxyUser = proxyUser;
    }

    public String getProxyPassword() {
        return proxyPassword;
    }

    public void setProxyPassword(String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    public String getNonProxyHosts() {
        return nonProxyHosts;
    }

    public void setNonProxyHosts(String nonProxyHosts) {
        this.nonProxyHosts = nonProxyHosts;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getExchangeTimeout() {
        return exchangeTimeout;
    }

    public void setExchangeTimeout(Duration exchangeTimeout) {
        this.exchangeTimeout = exchangeTimeout;
    }

    public Duration getJoinTimeout() {
        return joinTimeout;
    }

    public void setJoinTimeout(Duration joinTimeout) {
        this.joinTimeout = joinTimeout;
    }

    public Duration getLoginTimeout() {
        return loginTimeout;
    }

    public void setLoginTimeout(Duration loginTimeout) {
        this.loginTimeout = loginTimeout;
    }

    public String getTokenEndpointPath() {
        return tokenEndpointPath;
    }

    public void setTokenEndpointPath(String tokenEndpointPath) {
        this.tokenEndpointPath = tokenEndpointPath;
    }

    public String getAuthorizationEndpointPath() {
        return authorizationEndpointPath;
    }

    public void setAuthorizationEndpointPath(String authorizationEndpointPath) {
        this.authorizationEndpointPath = authorizationEndpointPath;
    }

    public String getIssuer() {
        return issuer;
    }

    public void setIssuer(String issuer) {
        this.issuer = issuer;
    }

    /** The name of the connection, null for the one that its URI has. */
    public String getConnectionName() {
        return connectionName;
    }

    /**
     * Names the connection otherwise than its URI does: in the log, for health checks, and for its settings file. For a
     * bean of a route template, whose own name Camel makes at each start.
     */
    public void setConnectionName(String connectionName) {
        this.connectionName = connectionName;
    }

    /** A bean with these options, for an application that has them already, such as from its environment. */
    public static ZendeskAuthConfiguration of(CamelContext context, ConnectionOptions options) {
        ZendeskAuthConfiguration made = new ZendeskAuthConfiguration();
        Options.ALL.stream()
                .filter(options::isSet)
                .forEach(option -> CONFIGURER.configure(context, made, option.name(), options.find(option), true));
        return made;
    }

    /** What is set of the options of a connection, which need no Camel. */
    public ConnectionOptions toOptions() {
        return ConnectionOptions.of(option -> CONFIGURER.getOptionValue(this, option.name(), true));
    }

    /** A copy that may be changed without changing this one. */
    public ZendeskAuthConfiguration copy() {
        try {
            return (ZendeskAuthConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }
}
