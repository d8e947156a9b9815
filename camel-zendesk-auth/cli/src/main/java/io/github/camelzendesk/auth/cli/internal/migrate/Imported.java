package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.camelzendesk.auth.cli.internal.connections.Connections;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/**
 * The connections that something else describes: a driver's connection string, or the configuration of an application.
 * Immutable.
 *
 * @param notes what was left out, and what else to know; without values
 */
public record Imported(List<NamedConnection> connections, List<String> notes) {
    private static final String UNNAMED = "default";

    /** What the drivers have beside authentication. Other names stay unsaid: they may be a part of a broken value. */
    private static final Set<String> OF_DRIVERS = Set.of(
            "allowaccounts autocache batchnamingconvention batchsize browsableschemas cacheconnection cachedriver"
                    .concat(
                            " cachelocation cachemetadata cacheprovider cachetolerance connectionlifetime connectonopen")
                    .concat(
                            " convertdatetimetogmt dataprovider dsn driver firewallpassword firewallport firewallserver")
                    .concat(
                            " firewalluser includecustomfields location logfile logmodules maxlogfilecount maxlogfilesize")
                    .concat(" maxrows offline other pagesize pid poolidletimeout poolmaxsize poolminsize poolwaittime")
                    .concat(" proxyauthscheme proxyautodetect proxyssltype pseudocolumns readonly rtk sslclientcert")
                    .concat(
                            " sslclientcertpassword sslclientcertsubject sslclientcerttype sslservercert supportenhancedsql")
                    .concat(" tables timeout useconnectionpooling useincrementalapi userdefinedviews verbosity views")
                    .split(" "));

    public Imported {
        connections = List.copyOf(connections);
        notes = List.copyOf(notes);
    }

    /**
     * Reads a source.
     *
     * @param source names it in messages, and tells YAML by its end
     * @throws ConfigurationRefused when it is none, or describes no connection; quotes none of it
     */
    public static Imported of(String text, String source, Map<String, String> environment) {
        List<String> notes = new ArrayList<>();
        Map<String, String> values = DriverString.is(text)
                ? driver(DriverString.parse(text, source), notes)
                : Connections.values(text, source);
        Connections described = Connections.withReferences(values, source, environment);
        List<NamedConnection> connections = described.names().stream()
                .map(name -> named(described.find(name).orElseThrow(), source))
                .toList();
        if (connections.isEmpty()) {
            throw new ConfigurationRefused(source + " describes no connection: give a driver's connection string"
                    + " (jdbc:zendesk:URL=...;), or properties such as camel.component.zendesk-auth.url=...");
        }
        return new Imported(connections, notes);
    }

    private static NamedConnection named(NamedConnection found, String source) {
        if (!found.name().equals(UNNAMED)) {
            return found;
        }
        if (!found.options().isSet(Options.URL)) {
            throw new ConfigurationRefused(source + " names no account: add URL=https://{subdomain}.zendesk.com.");
        }
        return NamedConnection.byAccount(found.options());
    }

    private static Map<String, String> driver(Map<String, String> pairs, List<String> notes) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        pairs.forEach((name, value) -> {
            Optional<Option<?>> option = Options.find(name);
            if (option.isEmpty()) {
                others.add(name);
            } else if (option.get() == Options.OAUTH_SETTINGS_LOCATION) {
                notes.add("OAuthSettingsLocation is left out: the tokens that the driver keeps there are for the"
                        + " driver alone. Tokens of this connection go to their own place.");
            } else if (!value.equalsIgnoreCase("none")) {
                values.put(UNNAMED + "." + name, value);
            }
        });
        tellOthers(others, notes);
        return values;
    }

    private static void tellOthers(List<String> others, List<String> notes) {
        List<String> known = others.stream()
                .filter(name -> OF_DRIVERS.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (!known.isEmpty()) {
            notes.add("Not about authentication, left out: " + String.join(", ", known) + ".");
        }
        if (known.size() < others.size()) {
            notes.add((others.size() - known.size()) + " more that no driver has left out. Is there a ; in a value"
                    + " that is not in quotes?");
        }
    }
}
