package io.github.camelzendesk.auth.options.internal;

import java.net.Proxy;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.login.LoopbackLogin;
import io.github.camelzendesk.auth.oauth.Authorizer;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.DefaultTokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.ProxyServer;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.options.ProxyType;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.internal.MemorySettingsStore;

/** A connection that was checked, with the place of its settings, ready to be opened. Immutable and thread-safe. */
public final class ConnectionOpener {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final String BEAN = "bean:";
    private static final int ATTEMPTS = 3;
    private static final int HTTP_PORT = 80;
    private static final int SOCKS_PORT = 1080;

    private final Connection connection;
    private final ConnectionOptions options;
    private final SettingsStore store;

    private ConnectionOpener(Connection connection, ConnectionOptions options, SettingsStore store) {
        this.connection = connection;
        this.options = options;
        this.store = store;
    }

    /**
     * Checks a connection, and finds its store. Reads and writes nothing yet.
     *
     * @throws ConfigurationRefused when the options describe no connection, or the location is none
     */
    public static ConnectionOpener of(Connection connection, ConnectionOptions options, BeanLookup beans) {
        return new ConnectionOpener(connection, options, store(connection, options, beans));
    }

    /** All that changes what a token can do or where it is kept: equal for connections that can share a manager. */
    public List<Object> identity() {
        ConnectionOptions others = options.with(Options.URL, null).with(Options.OAUTH_SETTINGS_LOCATION, null);
        // The class is not in the options alone: a connection that only logs in takes the same ones for a grant.
        return List.of(
                connection.url(), store.identity(), connection.credentials().getClass(), others.identity());
    }

    /** The proxy that the options name, null when they name none. */
    public static @Nullable ProxyServer proxy(ConnectionOptions options) {
        String host = options.find(Options.PROXY_HOST);
        if (host == null) {
            return null;
        }
        boolean socks = options.get(Options.PROXY_TYPE) == ProxyType.SOCKS;
        Integer port = options.find(Options.PROXY_PORT);
        int usual = socks ? SOCKS_PORT : HTTP_PORT;
        String exceptions = options.find(Options.NON_PROXY_HOSTS);
        return new ProxyServer(
                socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
                host,
                port == null ? usual : port,
                options.find(Options.PROXY_USER),
                options.find(Options.PROXY_PASSWORD),
                exceptions == null ? List.of() : List.of(exceptions.split("[\\s,;|]+")));
    }

    /** Keeps settings in memory for this owner, which calls {@link MemorySettingsStore#letGo} at its end. */
    public void holdMemory(Object owner) {
        if (store instanceof MemorySettingsStore memory) {
            memory.hold(owner);
        }
    }

    /** Opens the connection's manager, which the caller closes. */
    public TokenManager open(Transport transport, Browser browser, TokenListener listener) {
        warnOfTheEnd();
        return DefaultTokenManager.open(connection, store, transport, authorizer(browser), listener);
    }

    /** Opens a manager that only does what a call asks for, and asks no person to log in; the caller closes it. */
    public TokenManager openOnDemand(Transport transport, TokenListener listener) {
        return DefaultTokenManager.openOnDemand(connection, store, transport, listener);
    }

    public Connection connection() {
        return connection;
    }

    public SettingsStore store() {
        return store;
    }

    private @Nullable Authorizer authorizer(Browser browser) {
        return options.get(Options.INITIATE_OAUTH) == InitiateOAuth.GETANDREFRESH
                        && LoopbackLogin.canReceive(options.get(Options.CALLBACK_URL))
                ? new LoopbackLogin(browser, options.get(Options.LOGIN_TIMEOUT))
                : null;
    }

    private static SettingsStore store(Connection connection, ConnectionOptions options, BeanLookup beans) {
        SettingsOwner owner = connection.credentials() instanceof Credentials.Renewable renewable
                ? renewable.owner(connection.url())
                : SettingsOwner.person(connection.url(), "");
        String name = SettingsStores.name(connection.name(), owner);
        try {
            SettingsCodec codec = SettingsCodec.of(owner, keys(options, beans));
            SettingsStore store = SettingsStores.open(location(name, options), name, codec, beans);
            store.requireLockFor(options.get(Options.EXCHANGE_TIMEOUT).multipliedBy(ATTEMPTS));
            return store;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused("Connection '" + connection.name() + "': " + e.getMessage(), null, null, e);
        }
    }

    /** The keys themselves, or what a bean has unwrapped, such as a client of a key management service. */
    private static @Nullable Secret keys(ConnectionOptions options, BeanLookup beans) {
        String keys = options.find(Options.OAUTH_SETTINGS_SECRET_KEY);
        return keys != null && keys.startsWith(BEAN)
                ? Secret.of(String.valueOf(beans.find(keys.substring(BEAN.length()), Supplier.class)
                        .get()))
                : Secret.ofNullable(keys);
    }

    private static String location(String name, ConnectionOptions options) {
        String location = options.find(Options.OAUTH_SETTINGS_LOCATION);
        return location == null
                ? SettingsStores.defaultFile(name, System.getenv()).toString()
                : location;
    }

    private void warnOfTheEnd() {
        if (connection.credentials() instanceof Credentials.Basic) {
            LOG.warn(
                    "Connection {}: Zendesk withdrew password access to its API in January 2026. Use OAuth: set"
                            + " oauthClientId and oauthClientSecret with authScheme=OAuthClient, or"
                            + " initiateOAuth=GETANDREFRESH.",
                    connection.describe());
        } else if (connection.credentials() instanceof Credentials.ApiToken) {
            LOG.warn(
                    "Connection {}: Zendesk issues no API tokens any more and ends all of them on 30 April 2027. Use"
                            + " OAuth before: set oauthClientId and oauthClientSecret with authScheme=OAuthClient, or"
                            + " initiateOAuth=GETANDREFRESH.",
                    connection.describe());
        }
    }
}
