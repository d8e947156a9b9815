package io.github.camelzendesk.auth.quarkus.internal;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.util.json.JsonObject;

import io.github.camelzendesk.auth.ZendeskAuthDevConsole;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Answers the page of the Dev UI with what Camel's developer console shows of the connections, without a secret. A bean in
 * dev mode alone. Thread-safe.
 */
@Singleton
public class DevUiConnections {
    private final ZendeskAuthDevConsole console = new ZendeskAuthDevConsole();

    @Inject
    public DevUiConnections(CamelContext context) {
        console.setCamelContext(context);
    }

    /** As the console's JSON: {@code connections}, and how many {@code more} there are. */
    public Map<String, Object> connections() {
        return (JsonObject) console.call(DevConsole.MediaType.JSON);
    }
}
