package io.github.camelzendesk.auth;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.PatternHelper;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

import io.github.camelzendesk.auth.monitor.MonitoredConnection;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;

/**
 * The page of Camel's developer console that shows the connections of the context, without a secret. Thread-safe.
 */
@DevConsole(
        name = "zendesk-auth",
        displayName = "Zendesk Auth",
        description = "Connections to Zendesk and the state of their credentials")
public final class ZendeskAuthDevConsole extends AbstractDevConsole {

    /** Shows the connections that have this in their name, or whose name matches it as a pattern. */
    public static final String FILTER = "filter";

    private static final int MOST = 1000;

    private final int most;

    public ZendeskAuthDevConsole() {
        this(MOST);
    }

    /** @param most how many connections there are on the page, which costs a look at the settings for each */
    ZendeskAuthDevConsole(int most) {
        super("camel", "zendesk-auth", "Zendesk Auth", "Connections to Zendesk and the state of their credentials");
        this.most = most;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        List<MonitoredConnection> found = found(options);
        StringBuilder text = new StringBuilder();
        for (MonitoredConnection connection : onPage(found)) {
            text.append(connection.label()).append(":\n");
            shown(connection).forEach((member, value) -> text.append("    %s: %s%n".formatted(member, value)));
        }
        if (found.size() > most) {
            text.append("%d more: find them with the option filter, by a name or a part of it%n"
                    .formatted(found.size() - most));
        }
        return text.isEmpty() ? "No connections\n" : text.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        List<MonitoredConnection> found = found(options);
        JsonArray shown = new JsonArray();
        onPage(found).forEach(connection -> shown.add(json(connection)));
        JsonObject page = new JsonObject();
        page.put("connections", shown);
        page.put("more", found.size() - shown.size());
        return page;
    }

    private static JsonObject json(MonitoredConnection connection) {
        JsonObject shown = new JsonObject();
        shown.put("name", connection.label());
        shown.putAll(shown(connection));
        return shown;
    }

    /** Who develops sits at this machine, so the address to log in is there as well. */
    private static Map<String, Object> shown(MonitoredConnection connection) {
        ConnectionStatus status = connection.manager().status();
        Map<String, Object> shown = status.asMap();
        if (status.login() != null) {
            shown.put("login", status.login().toString());
        }
        return shown;
    }

    private List<MonitoredConnection> onPage(List<MonitoredConnection> found) {
        return found.subList(0, Math.min(most, found.size()));
    }

    private List<MonitoredConnection> found(Map<String, Object> options) {
        String filter = (String) options.get(FILTER);
        return connections()
                .filter(connection -> filter == null || filter.isBlank() || matches(connection.label(), filter.trim()))
                .toList();
    }

    private static boolean matches(String label, String filter) {
        return label.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT))
                || PatternHelper.matchPattern(label, filter);
    }

    private Stream<MonitoredConnection> connections() {
        CamelContext context = getCamelContext();
        return context.getComponentNames().stream()
                .map(name -> context.hasComponent(name))
                .flatMap(component -> component instanceof ZendeskAuthComponent zendeskAuth
                        ? zendeskAuth.observed().stream()
                        : Stream.empty());
    }
}
