package io.github.camelzendesk.auth;

import java.util.List;

import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.login.LoopbackLogin;
import io.github.camelzendesk.auth.monitor.ConnectionMonitoring;
import io.github.camelzendesk.auth.oauth.Authorizer;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.DefaultTokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;

/**
 * Makes the token managers of a component: endpoints with the same effective settings share one. Thread-safe.
 */
final class TokenManagerRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private static final int ATTEMPTS = 3;

    private final ConnectionMonitoring monitoring;
    private final ManagersInUse inUse;
    private final Transports transports = new Transports();

    TokenManagerRegistry(ConnectionMonitoring monitoring, ManagersInUse inUse) {
        this.monitoring = monitoring;
        this.inUse = inUse;
    }

    /** The manager of an endpoint, which is to give it back. */
    TokenManager of(ManagerUse user, ZendeskAuthConfiguration options, CamelContext context) {
        String name = options.getConnectionName() == null ? user.connection() : options.getConnectionName();
        TokenManager brought = options.getTokenManager();
        return brought == null
                ? opened(user, name, options, context)
                : inUse.take(user, brought, () -> monitoring.brought(name, brought));
    }

    private TokenManager opened(ManagerUse user, String name, ZendeskAuthConfiguration options, CamelContext context) {
        Connection connection = ConnectionParser.connection(name, options);
        SettingsStore store = store(connection, options, context);
        return inUse.take(user, key(connection, options, store), () -> {
            warnOfTheEnd(connection);
            Transport transport = transports.of(options, context);
            Authorizer authorizer = authorizer(options, context);
            return monitoring.opened(
                    name, listener -> DefaultTokenManager.open(connection, store, transport, authorizer, listener));
        });
    }

    /** All that changes what a token can do or where it is kept. Secrets are in it by name only. */
    private static List<Object> key(Connection connection, ZendeskAuthConfiguration options, SettingsStore store) {
        return List.of(
                connection.url(),
                // Not in the options alone: an endpoint that only logs in takes the same ones for a grant.
                connection.credentials().getClass(),
                connection.endpoints(),
                connection.lifetimes(),
                connection.timeouts(),
                store.identity(),
                String.valueOf(options.getAuthScheme()),
                options.getInitiateOAuth(),
                options.getOauthClientKind(),
                String.valueOf(options.getUser()),
                String.valueOf(options.getOauthClientId()),
                String.valueOf(options.getScope()),
                String.valueOf(options.getCallbackUrl()),
                fingerprint(options.getPassword()),
                fingerprint(options.getApiToken()),
                fingerprint(options.getOauthClientSecret()),
                fingerprint(options.getOauthAccessToken()),
                fingerprint(options.getOauthRefreshToken()),
                fingerprint(options.getOauthVerifier()),
                fingerprint(options.getPkceVerifier()),
                fingerprint(options.getOauthSettingsSecretKey()),
                String.valueOf(options.getOauthExpiresIn()),
                String.valueOf(options.getOauthTokenTimestamp()),
                System.identityHashCode(options.getOkHttpClient()),
                System.identityHashCode(options.getSslContextParameters()),
                options.getProxyHost() + ":" + options.getProxyPort());
    }

    private static String fingerprint(String value) {
        return value == null ? "" : Secret.of(value).fingerprint();
    }

    private static SettingsStore store(Connection connection, ZendeskAuthConfiguration options, CamelContext context) {
        SettingsOwner owner = connection.credentials() instanceof Credentials.Renewable renewable
                ? renewable.owner(connection.url())
                : SettingsOwner.person(connection.url(), "");
        String name = SettingsStores.name(connection.name(), owner);
        try {
            SettingsCodec codec = SettingsCodec.of(owner, Secret.ofNullable(options.getOauthSettingsSecretKey()));
            SettingsStore store = SettingsStores.open(location(name, options), name, codec, beans(context));
            store.requireLockFor(options.getExchangeTimeout().multipliedBy(ATTEMPTS));
            return store;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused("Connection '" + connection.name() + "': " + e.getMessage(), null, null, e);
        }
    }

    private static String location(String name, ZendeskAuthConfiguration options) {
        String location = options.getOauthSettingsLocation();
        return location == null || location.isBlank()
                ? SettingsStores.defaultFile(name, System.getenv()).toString()
                : location.trim();
    }

    private static BeanLookup beans(CamelContext context) {
        return new BeanLookup() {
            @Override
            public <T> T find(String name, Class<T> type) {
                T bean = context.getRegistry().lookupByNameAndType(name, type);
                if (bean == null) {
                    throw new IllegalArgumentException("oauthSettingsLocation names the bean '" + name
                            + "', and the registry has no " + type.getSimpleName() + " of that name");
                }
                return bean;
            }
        };
    }

    private static Authorizer authorizer(ZendeskAuthConfiguration options, CamelContext context) {
        if (options.getInitiateOAuth() != InitiateOAuth.GETANDREFRESH
                || !LoopbackLogin.canReceive(options.getCallbackUrl())) {
            return null;
        }
        Browser browser = context.getRegistry().findSingleByType(Browser.class);
        return new LoopbackLogin(browser == null ? Browser.desktop() : browser, options.getLoginTimeout());
    }

    private static void warnOfTheEnd(Connection connection) {
        if (connection.credentials() instanceof Credentials.Basic) {
            LOG.warn(
                    "Connection '{}': Zendesk withdrew password access to its API in January 2026. Use OAuth: set"
                            + " oauthClientId and oauthClientSecret with authScheme=OAuthClient, or"
                            + " initiateOAuth=GETANDREFRESH.",
                    connection.name());
        } else if (connection.credentials() instanceof Credentials.ApiToken) {
            LOG.warn(
                    "Connection '{}': Zendesk issues no API tokens any more and ends all of them on 30 April 2027. Use"
                            + " OAuth before: set oauthClientId and oauthClientSecret with authScheme=OAuthClient, or"
                            + " initiateOAuth=GETANDREFRESH.",
                    connection.name());
        }
    }
}
