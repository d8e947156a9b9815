package io.github.camelzendesk.auth.springboot;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;

import io.github.camelzendesk.auth.ZendeskAuthOperation;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.OAuthClientKind;
import io.github.camelzendesk.auth.options.ProxyType;

/**
 * The options of the component, or of one of its connections, as far as properties set them. Immutable.
 *
 * <p>Unset is null, so that a connection takes what it does not set from the component, and the component its default.
 *
 * @param accessTokenLifetime Lifetime to ask for with each access token, 5 minutes to 48 hours.
 * @param apiToken API token. All API tokens end on 30 April 2027.
 * @param authScheme How to authenticate. Inferred from the other options when they leave no doubt.
 * @param authorizationEndpointPath Path of the authorization endpoint, or a whole https address.
 * @param callbackUrl The redirect URI that is registered with the OAuth client, sent exactly as written.
 * @param connectTimeout Hard limit for connecting to Zendesk.
 * @param exchangeTimeout Hard limit for a whole token request, its answer included. Time in which the process is stopped does not count.
 * @param initiateOAuth OFF uses oauthAccessToken as it is. REFRESH refreshes and never prompts. GETANDREFRESH also logs in through the browser when there is no usable grant.
 * @param issuer Issuer that a callback must name where it names one (RFC 9207). The origin of the authorization endpoint unless set.
 * @param joinTimeout Hard limit for the wait of an exchange for a token; two seconds at the most while an earlier token is still valid.
 * @param loginTimeout Hard limit for the login of a person.
 * @param marketplaceAppId Value of X-Zendesk-Marketplace-App-Id.
 * @param marketplaceBotId Value of X-Zendesk-Marketplace-Bot-Id.
 * @param marketplaceName Value of X-Zendesk-Marketplace-Name.
 * @param marketplaceOrganizationId Value of X-Zendesk-Marketplace-Organization-Id.
 * @param nonProxyHosts Hosts that are reached without the proxy, separated by commas, semicolons or bars; an asterisk is any text.
 * @param oauthAccessToken Access token to use, or to begin with.
 * @param oauthClientId Unique identifier of the OAuth client in Admin Center.
 * @param oauthClientKind Kind of the OAuth client. A public client never sends its secret.
 * @param oauthClientSecret Secret of the OAuth client.
 * @param oauthExpiresIn Lifetime of oauthAccessToken in seconds, from its creation.
 * @param oauthRefreshToken Refresh token to begin with. What is stored outranks it, unless it is changed.
 * @param oauthSettingsLocation Where tokens are kept: a path, file:, memory:id, jdbc:, kubernetes: or bean:name. One file a connection in the configuration folder of the user by default.
 * @param oauthSettingsSecretKey 256-bit key in base64 that encrypts the stored settings. Of several, separated by commas, the first writes and all read. bean:name is a Supplier of them.
 * @param oauthTokenTimestamp Creation of oauthAccessToken, in milliseconds since the epoch.
 * @param oauthVerifier Headless login: the code that a person copied, or the whole callback address.
 * @param okHttpClient HTTP client whose proxy, TLS and DNS are kept. Its interceptors are left out: they could repeat or log a token request. A reference to a bean, such as #name.
 * @param onBehalfOf End user, by e-mail or id, on whose behalf Zendesk is called.
 * @param onBehalfOfFromHeader Whether the header CamelZendeskAuthOnBehalfOf of a message chooses the end user on whose behalf Zendesk is called. Without it the header is ignored.
 * @param operation What the producer does.
 * @param operationFromHeader Whether the header CamelZendeskAuthOperation of a message chooses the operation. Without it the header is ignored.
 * @param password Password of the agent. Zendesk withdrew password access in January 2026.
 * @param pkceVerifier Headless login: the PKCE verifier that belongs to oauthVerifier.
 * @param proxyHost Host of a proxy.
 * @param proxyPassword Password of proxyUser.
 * @param proxyPort Port of the proxy; 80 for HTTP and 1080 for SOCKS unless set.
 * @param proxyType What the proxy speaks.
 * @param proxyUser User that the HTTP proxy asks for, by Basic authentication.
 * @param refreshTokenLifetime Lifetime to ask for with each refresh token, 7 to 90 days.
 * @param scope Scopes to ask for, separated by spaces or commas. read write for the code grant; left to the client for OAuthClient.
 * @param sslContextParameters TLS towards Zendesk. A reference to a bean, such as #name.
 * @param tokenEndpointPath Path of the token endpoint, or a whole https address.
 * @param tokenManager A token manager to use instead of one made from these options. A reference to a bean, such as #name.
 * @param url The Zendesk account: https://{subdomain}.zendesk.com, or just the subdomain.
 * @param user E-mail of the agent, for Basic and APIToken.
 * @param verifyOnStart Ask Zendesk who we are when the route starts, and fail when it knows nobody. Never rotates.
 */
@ConfigurationProperties("camel.component.zendesk-auth")
public record ZendeskAuthOptions(
        @Nullable Duration accessTokenLifetime,
        @Nullable String apiToken,
        @Nullable AuthScheme authScheme,
        @Nullable String authorizationEndpointPath,
        @Nullable String callbackUrl,
        @Nullable Duration connectTimeout,
        @Nullable Duration exchangeTimeout,
        @Name("initiate-oauth") @Nullable InitiateOAuth initiateOAuth,
        @Nullable String issuer,
        @Nullable Duration joinTimeout,
        @Nullable Duration loginTimeout,
        @Nullable String marketplaceAppId,
        @Nullable String marketplaceBotId,
        @Nullable String marketplaceName,
        @Nullable String marketplaceOrganizationId,
        @Nullable String nonProxyHosts,
        @Nullable String oauthAccessToken,
        @Nullable String oauthClientId,
        @Nullable OAuthClientKind oauthClientKind,
        @Nullable String oauthClientSecret,
        @Nullable Long oauthExpiresIn,
        @Nullable String oauthRefreshToken,
        @Nullable String oauthSettingsLocation,
        @Nullable String oauthSettingsSecretKey,
        @Nullable Long oauthTokenTimestamp,
        @Nullable String oauthVerifier,
        @Nullable String okHttpClient,
        @Nullable String onBehalfOf,
        @Nullable Boolean onBehalfOfFromHeader,
        @Nullable ZendeskAuthOperation operation,
        @Nullable Boolean operationFromHeader,
        @Nullable String password,
        @Nullable String pkceVerifier,
        @Nullable String proxyHost,
        @Nullable String proxyPassword,
        @Nullable Integer proxyPort,
        @Nullable ProxyType proxyType,
        @Nullable String proxyUser,
        @Nullable Duration refreshTokenLifetime,
        @Nullable String scope,
        @Nullable String sslContextParameters,
        @Nullable String tokenEndpointPath,
        @Nullable String tokenManager,
        @Nullable String url,
        @Nullable String user,
        @Nullable Boolean verifyOnStart) {
    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[\\w.-]+}");

    /** What properties set, by the names that the component knows. */
    Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        for (RecordComponent option : getClass().getRecordComponents()) {
            Object value = value(option);
            if (value != null) {
                refuseUnresolved(option.getName(), value);
                given.put(option.getName(), value);
            }
        }
        return given;
    }

    /** Spring leaves a placeholder that it cannot resolve as it is, and Zendesk would be sent its text. */
    private static void refuseUnresolved(String option, Object value) {
        if (value instanceof String text && UNRESOLVED.matcher(text).matches()) {
            throw new ConfigurationRefused("The option " + option + " is " + text
                    + ", and there is no such property: set it, for example as a variable of the environment.");
        }
    }

    private @Nullable Object value(RecordComponent option) {
        try {
            return option.getAccessor().invoke(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The option " + option.getName() + " cannot be read", e);
        }
    }

    /** Names only: among the values are secrets. */
    @Override
    public String toString() {
        return "ZendeskAuthOptions" + given().keySet();
    }
}
