package io.github.camelzendesk.auth.cli.internal.proxy;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.ProxyServer;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;
import io.github.camelzendesk.auth.options.internal.ConnectionOpener;

/**
 * The account that the calls go to. Immutable and thread-safe.
 *
 * @param origin its scheme, host and port
 * @param headers what each call carries beside the authorization, such as {@code X-On-Behalf-Of}
 * @param way the proxy on the way there, null for none or one of the JVM's
 */
public record Account(
        String origin,
        TokenManager manager,
        Map<String, String> headers,
        @Nullable ProxyServer way,
        Duration connectTimeout) {

    /**
     * The account of a connection.
     *
     * @param manager the caller's, to be closed after the proxy
     */
    public static Account of(NamedConnection connection, TokenManager manager) {
        return new Account(
                connection.parsed().url(),
                manager,
                ConfiguredHeaders.of(connection.options()),
                ConnectionOpener.proxy(connection.options()),
                connection.parsed().timeouts().connect());
    }
}
