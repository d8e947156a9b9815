package io.github.camelzendesk.auth;

import java.util.List;

import org.apache.camel.CamelContext;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.monitor.ConnectionMonitoring;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.ConnectionParser;
import io.github.camelzendesk.auth.options.internal.ConnectionOpener;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.internal.MemorySettingsStore;

/**
 * Makes the token managers of a component: endpoints with the same effective settings share one. Thread-safe.
 */
final class TokenManagerRegistry {
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

    /** Ends, with the context, what its managers kept in memory. They are closed. */
    void shutdown() {
        MemorySettingsStore.letGo(this);
    }

    private TokenManager opened(ManagerUse user, String name, ZendeskAuthConfiguration options, CamelContext context) {
        ConnectionOptions common = options.toOptions();
        ConnectionOpener opener = ConnectionOpener.of(connection(name, options, common), common, beans(context));
        Transports.Way way = Transports.Way.of(options, common);
        return inUse.take(user, List.of(opener.identity(), way), () -> {
            opener.holdMemory(this);
            Transport transport = transports.of(way, context);
            return monitoring.opened(name, listener -> opener.open(transport, browser(context), listener));
        });
    }

    private static Connection connection(String name, ZendeskAuthConfiguration options, ConnectionOptions common) {
        return switch (options.getOperation()) {
            case authorizationUrl, exchangeCode -> ConnectionParser.connectionForLogin(name, common);
            default -> ConnectionParser.connection(name, common);
        };
    }

    private static Browser browser(CamelContext context) {
        Browser browser = context.getRegistry().findSingleByType(Browser.class);
        return browser == null ? Browser.desktop() : browser;
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
}
