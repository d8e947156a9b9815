package io.github.camelzendesk.auth.cli.internal.connections;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.options.ZendeskUrl;

/**
 * Where a command finds what it must know of a connection: arguments, a file, the environment, in this order. Immutable.
 *
 * <p>What the environment says completes a connection of the file only where both mean the same account and client: a
 * variable that is left over from another must not send one account's secret to the other.
 */
public final class ConnectionSource {
    private static final String CONNECTION = "ZENDESK_CONNECTION";
    /** What programs are given or read, zcli first of all; that they are set says nothing of a connection here. */
    public static final Set<String> OF_PROGRAMS = Set.of(
            "ZENDESK_OAUTH_TOKEN",
            "ZENDESK_OAUTH_TOKEN_FILE",
            "ZENDESK_SUBDOMAIN",
            "ZENDESK_DOMAIN",
            "ZENDESK_EMAIL",
            "ZENDESK_PROFILE");

    private static final Set<Option<?>> OF_AN_AGENT = Set.of(Options.USER, Options.PASSWORD, Options.API_TOKEN);

    private final ConnectionOptions arguments;
    private final Connections file;
    private final Map<String, String> environment;

    public ConnectionSource(ConnectionOptions arguments, Connections file, Map<String, String> environment) {
        this.arguments = arguments;
        this.file = file;
        this.environment = environment;
    }

    /**
     * The connection of this name, or else the only one that there is.
     *
     * @throws ConfigurationRefused when there is none, or more than one
     */
    public NamedConnection selected(@Nullable String name) {
        String wanted = name == null ? environment.get(CONNECTION) : name;
        if (wanted != null) {
            return named(wanted);
        }
        ConnectionOptions alone = NamedConnection.over(arguments, variables());
        if (alone.isSet(Options.URL)) {
            return NamedConnection.byAccount(alone);
        }
        if (file.names().size() == 1) {
            return named(file.names().iterator().next());
        }
        throw new ConfigurationRefused(
                file.names().isEmpty()
                        ? "There is no connection: name one in " + file.source()
                                + " (zendesk-auth connections add acme --url"
                                + " acme --oauth-client-id ...), or set --url or ZENDESK_URL and the other options."
                        : "Say which connection: --connection " + String.join(", --connection ", file.names()) + ".");
    }

    /** The connection of this name, or else all that there are. */
    public List<NamedConnection> selectable(@Nullable String name) {
        boolean several = name == null
                && environment.get(CONNECTION) == null
                && !NamedConnection.over(arguments, variables()).isSet(Options.URL)
                && file.names().size() > 1;
        return several ? file.names().stream().map(this::named).toList() : List.of(selected(name));
    }

    private NamedConnection named(String name) {
        Optional<NamedConnection> kept = file.find(name);
        ConnectionOptions others = variables();
        if (kept.isPresent()) {
            return kept.get().with(completed(kept.get()));
        }
        ConnectionOptions alone = NamedConnection.over(arguments, others);
        if (alone.isSet(Options.URL)) {
            return new NamedConnection(name, alone);
        }
        throw new ConfigurationRefused("There is no connection '" + name + "' in " + file.source()
                + (file.names().isEmpty() ? "" : ", which has " + String.join(", ", file.names()))
                + ". Add it with 'zendesk-auth connections add " + name
                + "', or say more of it with --url and the others.");
    }

    /** What the file says stays: another value of it is another connection. */
    private ConnectionOptions completed(NamedConnection kept) {
        for (Option<?> option : Options.ALL) {
            if (kept.options().isSet(option)
                    && arguments.isSet(option)
                    && !Objects.equals(kept.options().find(option), arguments.find(option))) {
                throw new ConfigurationRefused("The connection '" + kept.name() + "' has another " + option + " in "
                        + file.source() + ": leave the argument out, or name another connection.");
            }
        }
        ConnectionOptions known = NamedConnection.over(kept.options(), arguments);
        ConnectionOptions others = variables();
        return isOfAnother(known, others) ? known : NamedConnection.over(known, fitting(known, others));
    }

    private static boolean isOfAnother(ConnectionOptions known, ConnectionOptions others) {
        String url = others.find(Options.URL);
        String client = others.find(Options.OAUTH_CLIENT_ID);
        return (url != null && !origin(url).equals(origin(known.find(Options.URL))))
                || (client != null
                        && known.isSet(Options.OAUTH_CLIENT_ID)
                        && !client.equals(known.find(Options.OAUTH_CLIENT_ID)));
    }

    private static ConnectionOptions fitting(ConnectionOptions known, ConnectionOptions others) {
        boolean oauth = known.isSet(Options.OAUTH_CLIENT_ID) || known.isSet(Options.OAUTH_ACCESS_TOKEN);
        ConnectionOptions fitting = others;
        for (Option<?> option : oauth ? OF_AN_AGENT : Set.<Option<?>>of()) {
            fitting = fitting.with(option, null);
        }
        return fitting;
    }

    private ConnectionOptions variables() {
        Map<String, String> own = new TreeMap<>(environment);
        own.keySet().removeAll(OF_PROGRAMS);
        own.remove(CONNECTION);
        return ConnectionOptions.ofEnvironment(own);
    }

    private static String origin(@Nullable String url) {
        return url == null ? "" : ZendeskUrl.origin(url);
    }
}
