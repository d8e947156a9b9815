package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.cli.internal.connections.Connections;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/**
 * A connection as it is and as it is to be. Immutable.
 *
 * @param old with the API token or the password alone
 * @param next with the OAuth client alone
 * @param dropped what no longer counts
 * @param set what is to be said instead of it
 */
public record Migration(NamedConnection old, NamedConnection next, Set<Option<?>> dropped, NamedConnection set) {
    private static final Set<Option<?>> OF_AGENT = Set.of(Options.USER, Options.PASSWORD, Options.API_TOKEN);
    private static final Set<Option<?>> OF_GRANT = Set.of(
            Options.AUTH_SCHEME,
            Options.INITIATE_OAUTH,
            Options.OAUTH_ACCESS_TOKEN,
            Options.OAUTH_REFRESH_TOKEN,
            Options.OAUTH_EXPIRES_IN,
            Options.OAUTH_TOKEN_TIMESTAMP,
            Options.OAUTH_VERIFIER,
            Options.PKCE_VERIFIER);
    private static final Set<Option<?>> OF_CLIENT = Set.of(
            Options.OAUTH_CLIENT_ID,
            Options.OAUTH_CLIENT_SECRET,
            Options.OAUTH_CLIENT_KIND,
            Options.CALLBACK_URL,
            Options.SCOPE);

    /** Whether a connection has something to leave behind. */
    public static boolean isFor(NamedConnection connection) {
        return connection.options().isSet(Options.PASSWORD)
                || connection.options().isSet(Options.API_TOKEN);
    }

    /**
     * Of a connection that has both, the old credentials and the new client.
     *
     * @param file what names it, which keeps what it says of the client
     */
    public static Migration of(NamedConnection both, Grant grant, Connections file) {
        Optional<NamedConnection> kept = file.find(both.name());
        NamedConnection old = both.with(without(both.options(), union(OF_GRANT, OF_CLIENT)));
        NamedConnection next =
                both.with(without(both.options(), union(OF_GRANT, OF_AGENT))).with(Options.AUTH_SCHEME, grant.scheme());
        if (grant == Grant.AUTHORIZATION_CODE) {
            next = next.with(Options.INITIATE_OAUTH, InitiateOAuth.REFRESH);
        }
        Set<Option<?>> said = new HashSet<>(Set.of(Options.AUTH_SCHEME, Options.INITIATE_OAUTH));
        OF_CLIENT.stream()
                .filter(option -> kept.isEmpty() || !kept.get().options().isSet(option))
                .forEach(said::add);
        return new Migration(old, next, own(both, file), next.with(only(next.options(), said)));
    }

    /** What the connection's own lines say that no longer counts; all of it, where no file names the connection. */
    private static Set<Option<?>> own(NamedConnection both, Connections file) {
        Set<Option<?>> out = union(OF_GRANT, OF_AGENT);
        Map<String, String> lines = file.byName().get(both.name());
        return lines != null
                ? lines.keySet().stream()
                        .flatMap(key -> Options.find(key).stream())
                        .filter(out::contains)
                        .collect(Collectors.toSet())
                : out.stream().filter(both.options()::isSet).collect(Collectors.toSet());
    }

    /** What is said of the old credentials for all connections of the file, and stays. */
    public Set<String> inCommon(Connections file) {
        return file.common().keySet().stream()
                .filter(key -> Options.find(key).filter(OF_AGENT::contains).isPresent())
                .collect(Collectors.toSet());
    }

    /** The old connection, as far as it goes. */
    public NamedConnection removed(NamedConnection both) {
        return both.with(only(both.options(), dropped));
    }

    private static ConnectionOptions only(ConnectionOptions options, Set<Option<?>> wanted) {
        return without(
                options,
                Options.ALL.stream().filter(option -> !wanted.contains(option)).collect(Collectors.toSet()));
    }

    private static ConnectionOptions without(ConnectionOptions options, Set<Option<?>> unwanted) {
        ConnectionOptions rest = options;
        for (Option<?> option : unwanted) {
            rest = rest.with(option, null);
        }
        return rest;
    }

    private static Set<Option<?>> union(Set<Option<?>> one, Set<Option<?>> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }
}
