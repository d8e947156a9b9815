package io.github.camelzendesk.auth.cli.internal.connections;

import java.net.URI;
import java.util.Optional;

import io.github.camelzendesk.auth.client.TokenManagerBuilder;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.ConnectionParser;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.options.ZendeskUrl;
import io.github.camelzendesk.auth.options.internal.ConnectionOpener;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;

/** A connection and what is set of it. Immutable. */
public record NamedConnection(String name, ConnectionOptions options) {
    private static final String ZENDESK = ".zendesk.com";
    private static final BeanLookup NO_BEANS = new BeanLookup() {
        @Override
        public <T> T find(String name, Class<T> type) {
            throw new IllegalArgumentException(
                    "the bean '" + name
                            + "' is one of an application, and a command has none: name a file, a database or a Kubernetes Secret");
        }
    };

    /**
     * What the options describe.
     *
     * @throws io.github.camelzendesk.auth.oauth.ConfigurationRefused when they describe nothing
     */
    public Connection parsed() {
        return ConnectionParser.connection(name, options);
    }

    /**
     * Where its tokens are kept.
     *
     * @throws io.github.camelzendesk.auth.oauth.ConfigurationRefused when there is no such place
     */
    public SettingsStore store() {
        return ConnectionOpener.of(parsed(), options, NO_BEANS).store();
    }

    public TokenManagerBuilder manager() {
        return TokenManagerBuilder.connection(name).options(options);
    }

    public NamedConnection with(ConnectionOptions others) {
        return new NamedConnection(name, others);
    }

    public <T> NamedConnection with(Option<T> option, T value) {
        return with(options.with(option, value));
    }

    /**
     * As commands use it: a client alone is one for a grant that is stored, and only the command {@code login} asks a
     * person.
     */
    public NamedConnection withoutLogin() {
        boolean person = !options.isSet(Options.AUTH_SCHEME) || options.find(Options.AUTH_SCHEME) == AuthScheme.OAuth;
        boolean agent = options.isSet(Options.PASSWORD) || options.isSet(Options.API_TOKEN);
        boolean fixed =
                options.isSet(Options.OAUTH_ACCESS_TOKEN) && options.get(Options.INITIATE_OAUTH) == InitiateOAuth.OFF;
        return person && !agent && !fixed && options.isSet(Options.OAUTH_CLIENT_ID)
                ? with(Options.INITIATE_OAUTH, InitiateOAuth.REFRESH)
                : this;
    }

    /** By the name that a route would use: the account's subdomain. Its url is set. */
    public static NamedConnection byAccount(ConnectionOptions options) {
        String url = options.get(Options.URL);
        return new NamedConnection(subdomain(url).orElseGet(() -> host(url)), options);
    }

    /** The account's subdomain; empty for what is not below zendesk.com. */
    public static Optional<String> subdomain(String url) {
        String host = host(url);
        return host.endsWith(ZENDESK)
                ? Optional.of(host.substring(0, host.length() - ZENDESK.length()))
                : Optional.empty();
    }

    private static String host(String url) {
        return URI.create(ZendeskUrl.origin(url)).getHost();
    }

    /** The options of one over those of another. */
    public static ConnectionOptions over(ConnectionOptions upper, ConnectionOptions lower) {
        ConnectionOptions options = lower;
        for (Option<?> option : Options.ALL) {
            options = upper.isSet(option) ? copied(option, upper, options) : options;
        }
        return options;
    }

    private static <T> ConnectionOptions copied(Option<T> option, ConnectionOptions from, ConnectionOptions to) {
        return to.with(option, from.find(option));
    }
}
