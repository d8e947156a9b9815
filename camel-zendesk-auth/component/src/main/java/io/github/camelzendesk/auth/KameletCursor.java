package io.github.camelzendesk.auth;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * Where the export of the Kamelet {@code zendesk-source} goes on, kept with the tokens of its connection. A body is kept; one
 * that says where to begin only where nothing is kept yet. The body is then what is kept. Thread-safe once it is set up.
 */
public final class KameletCursor implements Processor, CamelContextAware {
    private static final String BEGIN = "start_time=";

    private CamelContext camelContext;
    private String endpoint;
    private String name;

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** The endpoint of the connection, such as {@code zendesk-auth:acme}. */
    public void setEndpoint(String uri) {
        this.endpoint = uri;
    }

    /** Tells exports of one connection apart. */
    public void setName(String name) {
        this.name = name;
    }

    /**
     * @throws ConfigurationRefused when the connection keeps no settings
     * @throws io.github.camelzendesk.auth.oauth.SettingsUnavailable when they cannot be used; nothing was changed then
     */
    @Override
    public void process(Exchange exchange) {
        TokenManager manager =
                camelContext.getEndpoint(endpoint, ZendeskAuthEndpoint.class).getTokenManager();
        String body = exchange.getMessage().getBody(String.class);
        String kept = manager.cursor(name).orElse(null);
        if (body != null && !body.equals(kept) && (kept == null || !body.startsWith(BEGIN))) {
            manager.keepCursor(name, body);
            kept = body;
        }
        exchange.getMessage().setBody(kept);
    }
}
