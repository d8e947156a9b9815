package io.github.camelzendesk.auth;

import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/**
 * The page of Camel's developer console that shows all connections of the context, without a secret. Safe for use by
 * several threads.
 */
@DevConsole(
        name = "zendesk-auth",
        displayName = "Zendesk Auth",
        description = "Connections to Zendesk and the state of their credentials")
public final class ZendeskAuthDevConsole extends AbstractDevConsole {

    public ZendeskAuthDevConsole() {
        super("camel", "zendesk-auth", "Zendesk Auth", "Connections to Zendesk and the state of their credentials");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (Observed connection : connections().toList()) {
            text.append(connection.label()).append(":\n");
            connection
                    .manager()
                    .status()
                    .forEach((member, value) -> text.append("    %s: %s%n".formatted(member, value)));
        }
        return text.isEmpty() ? "No connections\n" : text.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonArray all = new JsonArray();
        connections().forEach(connection -> {
            JsonObject shown = new JsonObject();
            shown.put("name", connection.label());
            shown.putAll(connection.manager().status());
            all.add(shown);
        });
        JsonObject page = new JsonObject();
        page.put("connections", all);
        return page;
    }

    private Stream<Observed> connections() {
        CamelContext context = getCamelContext();
        return context.getComponentNames().stream()
                .map(name -> context.hasComponent(name))
                .flatMap(component -> component instanceof ZendeskAuthComponent zendeskAuth
                        ? zendeskAuth.observed().stream()
                        : Stream.empty());
    }
}
