package io.github.camelzendesk.examples.http;

import java.time.Duration;
import java.util.Map;

import org.apache.camel.main.Main;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * A Camel application that fetches tickets for longer than a token lives. With {@code ZENDESK_URL} set it does so on a
 * real account, otherwise on the stand-in. Stateless.
 */
public final class HttpRoute {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

    private HttpRoute() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = ZendeskOptions.of(System.getenv());
        if (options.containsKey("url")) {
            System.out.println("ZENDESK_URL is set: this reads tickets on that account, three times.");
            run(options, Map.of());
            return;
        }
        System.out.println("ZENDESK_URL is not set: this runs on a stand-in for Zendesk. Its tokens live for "
                + SHORT_LIFE.toSeconds() + " s, and it refuses the first one in mid-flight.");
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            zendesk.accessTokenLifetime(SHORT_LIFE);
            zendesk.nextApiRequest(ApiFault.invalidToken());
            run(ZendeskOptions.ofService(zendesk), Map.of());
            System.out.printf(
                    "The stand-in saw %d token requests and %d calls, of which it answered %d with 401.%n",
                    zendesk.tokenRequestCount(),
                    zendesk.apiRequests().size(),
                    zendesk.apiRequests().stream()
                            .filter(seen -> seen.status() == 401)
                            .count());
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
