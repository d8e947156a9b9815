package io.github.camelzendesk.auth.client;

import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.ProxyServer;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.ConnectionParser;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.internal.ConnectionOpener;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;

/**
 * Opens token managers where there is no Camel. For one thread.
 *
 * <pre>{@code
 * try (TokenManager acme = TokenManagerBuilder.connection("acme")
 *         .option(Options.URL, "acme")
 *         .option(Options.AUTH_SCHEME, AuthScheme.OAuthClient)
 *         .option(Options.OAUTH_CLIENT_ID, "nightly-export")
 *         .option(Options.OAUTH_CLIENT_SECRET, secret)
 *         .open()) {
 *     String header = acme.await().headerValue();
 * }
 * }</pre>
 *
 * <p>Open one a connection and share it: it is thread-safe, and keeps the tokens alive until it is closed.
 */
public final class TokenManagerBuilder {
    private final String connection;
    private final Map<String, Object> beans = new HashMap<>();
    private ConnectionOptions options = ConnectionOptions.NONE;
    private Browser browser = Browser.desktop();
    private TokenListener listener = TokenListener.NONE;
    private Transport.@Nullable Tls tls;

    private TokenManagerBuilder(String connection) {
        this.connection = connection;
    }

    /** Begins a connection of this name, which logs, errors and the default settings file go by. */
    public static TokenManagerBuilder connection(String name) {
        return new TokenManagerBuilder(name);
    }

    /** Sets an option. Blank text is as good as none. */
    public <T> TokenManagerBuilder option(Option<T> option, @Nullable T value) {
        options = options.with(option, value);
        return this;
    }

    /** Sets all options, such as those of {@link ConnectionOptions#ofEnvironment}, in place of those set so far. */
    public TokenManagerBuilder options(ConnectionOptions all) {
        options = all;
        return this;
    }

    /** Shows the login to a person, where {@code initiateOAuth} is GETANDREFRESH; the desktop's browser unless set. */
    public TokenManagerBuilder browser(Browser shown) {
        browser = shown;
        return this;
    }

    /** Is told what becomes of the tokens. */
    public TokenManagerBuilder listener(TokenListener told) {
        listener = told;
        return this;
    }

    /**
     * Names an object that an option refers to: a {@link io.github.camelzendesk.auth.settings.SettingsStore} for
     * {@code oauthSettingsLocation=bean:name}, or a data source for {@code jdbc:name}.
     */
    public TokenManagerBuilder bean(String name, Object bean) {
        beans.put(name, bean);
        return this;
    }

    /** TLS towards Zendesk; that of the platform unless set. */
    public TokenManagerBuilder tls(SSLSocketFactory sockets, X509TrustManager trust) {
        tls = new Transport.Tls(sockets, trust);
        return this;
    }

    /**
     * Opens the manager, which the caller closes. Calls neither Zendesk nor a person yet.
     *
     * @throws io.github.camelzendesk.auth.oauth.ConfigurationRefused when the options describe no connection; names
     *     the options and the remedy
     */
    public TokenManager open() {
        return opener().open(transport(), browser, listener);
    }

    /**
     * Opens a manager for a few calls, such as those of a command, which the caller closes. Reads the settings once, does
     * not watch them, renews nothing unless a call asks for it, and asks no person to log in.
     *
     * @throws io.github.camelzendesk.auth.oauth.ConfigurationRefused as {@link #open}
     */
    public TokenManager openOnDemand() {
        return opener().openOnDemand(transport(), listener);
    }

    private ConnectionOpener opener() {
        return ConnectionOpener.of(
                ConnectionParser.connection(connection, options), options, new GivenBeans(Map.copyOf(beans)));
    }

    private record GivenBeans(Map<String, Object> byName) implements BeanLookup {
        @Override
        public <T> T find(String name, Class<T> type) {
            if (!type.isInstance(byName.get(name))) {
                throw new IllegalArgumentException("oauthSettingsLocation names the bean '" + name
                        + "', and the builder was given no " + type.getSimpleName()
                        + " of that name: add it with bean(\""
                        + name + "\", ...)");
            }
            return type.cast(byName.get(name));
        }
    }

    private Transport transport() {
        ProxyServer proxy = ConnectionOpener.proxy(options);
        return tls == null && proxy == null ? Transport.DEFAULT : new Transport(null, proxy, tls);
    }
}
