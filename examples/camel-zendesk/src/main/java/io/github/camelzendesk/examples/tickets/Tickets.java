package io.github.camelzendesk.examples.tickets;

import java.time.Duration;
import java.util.Map;

import org.apache.camel.main.Main;

import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * A Camel application that fetches tickets with camel-zendesk for longer than a token lives. With {@code ZENDESK_URL} set
 * it does so on a real account, otherwise on the stand-in. Stateless.
 */
public final class Tickets {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

    private Tickets() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = ZendeskOptions.of(System.getenv());
        if (options.containsKey("url")) {
            System.out.println("ZENDESK_URL is set: this reads a few tickets on that account, three times.");
            run(options, Map.of());
            return;
        }
        System.out.println("ZENDESK_URL is not set: this runs on a stand-in for Zendesk, whose tokens live for "
                + SHORT_LIFE.toSeconds() + " s.");
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            zendesk.accessTokenLifetime(SHORT_LIFE);
            run(ZendeskOptions.ofService(zendesk), Map.of());
            System.out.println("Tokens that were asked for: " + zendesk.tokenRequestCount());
        }
    }

    /** Runs the route as often as the properties say. */
    static void run(Map<String, String> options, Map<String, String> properties) throws Exception {
        Main main = new Main();
        options.forEach((name, value) -> main.addInitialProperty("camel.component.zendesk-auth." + name, value));
        properties.forEach(main::addOverrideProperty);
        main.configure().addRoutesBuilder(new TicketsRoute());
        main.run();
    }
}
