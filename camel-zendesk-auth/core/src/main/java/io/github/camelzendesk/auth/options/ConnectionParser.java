package io.github.camelzendesk.auth.options;

import java.util.List;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;

/**
 * Makes a connection of the options, and refuses what is half said or said twice with a sentence that names the options
 * and the remedy. Immutable.
 */
public final class ConnectionParser {
    private final String name;
    private final ConnectionOptions options;

    private ConnectionParser(String name, ConnectionOptions options) {
        this.name = name;
        this.options = options;
    }

    /**
     * The connection that the options describe.
     *
     * @param name what the user calls it, for logs
     * @throws ConfigurationRefused when they describe none; names the options and the remedy
     */
    public static Connection connection(String name, ConnectionOptions options) {
        return new ConnectionParser(name, options).connection(false);
    }

    /** The same for one that may only log a person in, where {@code initiateOAuth} is off and there is no token. */
    public static Connection connectionForLogin(String name, ConnectionOptions options) {
        return new ConnectionParser(name, options).connection(true);
    }

    private Connection connection(boolean forLogin) {
        Options.ALL.forEach(this::check);
        checkProxy();
        String url = options.find(Options.URL);
        if (url == null) {
            throw refused("url is missing: set it to https://{subdomain}.zendesk.com, or to the subdomain alone.");
        }
        String origin = ZendeskUrl.origin(url);
        Connection.Endpoints endpoints = endpoints(origin);
        refuseProxyInTheClear(origin, Options.URL);
        refuseProxyInTheClear(endpoints.token(), Options.TOKEN_ENDPOINT_PATH);
        return new Connection(
                name,
                origin,
                new CredentialsParser(name, options, forLogin).credentials(endpoints.issuer()),
                endpoints,
                new Connection.Lifetimes(
                        options.get(Options.ACCESS_TOKEN_LIFETIME), options.get(Options.REFRESH_TOKEN_LIFETIME)),
                timeouts());
    }

    private void checkProxy() {
        List<String> alone = Stream.<Option<?>>of(
                        Options.PROXY_PORT, Options.PROXY_USER, Options.PROXY_PASSWORD, Options.NON_PROXY_HOSTS)
                .filter(options::isSet)
                .map(Option::name)
                .toList();
        if (!alone.isEmpty() && !options.isSet(Options.PROXY_HOST)) {
            throw refused(String.join(", ", alone) + " is set, but proxyHost is not: set both, or neither.");
        }
        if (options.isSet(Options.PROXY_PASSWORD) && !options.isSet(Options.PROXY_USER)) {
            throw refused("proxyPassword is set, but proxyUser is not: set both, or neither.");
        }
        if (options.isSet(Options.PROXY_USER) && options.get(Options.PROXY_TYPE) == ProxyType.SOCKS) {
            throw refused(
                    "proxyUser works with an HTTP proxy, and proxyType is SOCKS, whose user is one of the whole JVM:"
                            + " set the system properties java.net.socks.username and java.net.socks.password instead.");
        }
    }

    private <T> void check(Option<T> option) {
        T value = options.find(option);
        if (value != null) {
            option.refusal(value).ifPresent(why -> {
                throw refused(why);
            });
        }
    }

    private Connection.Endpoints endpoints(String origin) {
        String token = endpoint(origin, Options.TOKEN_ENDPOINT_PATH);
        String authorization = endpoint(origin, Options.AUTHORIZATION_ENDPOINT_PATH);
        String issuer = options.find(Options.ISSUER);
        return issuer == null
                ? new Connection.Endpoints(token, authorization)
                : new Connection.Endpoints(token, authorization, issuer);
    }

    private String endpoint(String origin, Option<String> option) {
        return ZendeskUrl.endpoint(origin, options.get(option), option.name());
    }

    private Connection.Timeouts timeouts() {
        return new Connection.Timeouts(
                options.get(Options.CONNECT_TIMEOUT),
                options.get(Options.EXCHANGE_TIMEOUT),
                options.get(Options.JOIN_TIMEOUT),
                options.get(Options.LOGIN_TIMEOUT));
    }

    /** Plain http is for this machine only, and a proxy is most often another. */
    private void refuseProxyInTheClear(String address, Option<String> option) {
        if (options.isSet(Options.PROXY_HOST) && address.startsWith("http:")) {
            throw refused("proxyHost is set, and " + option + " is a plain http address, so the proxy would get the"
                    + " credentials in the clear: remove proxyHost, or set " + option + " to an https address.");
        }
    }

    private ConfigurationRefused refused(String why) {
        return new ConfigurationRefused("Connection '" + name + "': " + why);
    }
}
