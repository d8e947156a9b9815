package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * The stand-in for Zendesk of this class loader, which lives as long as the dev mode or the test run. Thread-safe.
 */
final class StandIn implements AutoCloseable {
    private static @Nullable StandIn running; // guarded by the class

    private final ZendeskServer server = ZendeskServer.start();
    private final RegisteredClient client = server.confidentialClient("quarkus-dev-services");

    private StandIn() {}

    /** The one that runs, or a new one: live reloads share it. */
    static synchronized StandIn shared() {
        if (running == null) {
            running = new StandIn();
        }
        return running;
    }

    /** Ends the one that runs, if there is one. */
    static synchronized void end() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** What makes the component authenticate to it: by client credentials (RFC 6749 4.4), which need nobody to log in. */
    Map<String, String> properties() {
        return Map.of(
                ComponentOptions.PREFIX + "url", server.url(),
                ComponentOptions.PREFIX + "auth-scheme", "OAuthClient",
                ComponentOptions.PREFIX + "oauth-client-id", client.identifier(),
                ComponentOptions.PREFIX + "oauth-client-secret", client.secret(),
                ComponentOptions.PREFIX + "oauth-settings-location", "memory:quarkus-dev-services");
    }

    String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
    }
}
