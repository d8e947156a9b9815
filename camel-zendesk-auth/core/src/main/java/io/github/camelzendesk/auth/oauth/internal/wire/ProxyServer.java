package io.github.camelzendesk.auth.oauth.internal.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import okhttp3.Credentials;

/**
 * The proxy that a connection is configured with. Immutable and thread-safe.
 *
 * @param user null when the proxy asks for none
 * @param exceptions host names that are reached without it, with {@code *} for any text
 */
public record ProxyServer(
        Proxy.Type type,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        List<String> exceptions) {

    ProxySelector selector() {
        return new ProxySelector() {
            private final Pattern direct = pattern(exceptions);

            @Override
            public List<Proxy> select(URI uri) {
                String target = Objects.requireNonNullElse(uri.getHost(), "");
                return List.of(direct.matcher(target).matches() ? Proxy.NO_PROXY : proxy());
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                // There is no other to turn to.
            }
        };
    }

    /** Resolved for each connection, so that a proxy may move. */
    private Proxy proxy() {
        return new Proxy(type, InetSocketAddress.createUnresolved(host, port));
    }

    private static Pattern pattern(List<String> exceptions) {
        return Pattern.compile(
                exceptions.stream()
                        .map(text -> Stream.of(text.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")))
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE);
    }

    /** The value of {@code Proxy-Authorization} (RFC 7617), null without a user. */
    @Nullable
    String authorization() {
        return user == null
                ? null
                : Credentials.basic(user, Objects.requireNonNullElse(password, ""), StandardCharsets.UTF_8);
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port;
    }
}
