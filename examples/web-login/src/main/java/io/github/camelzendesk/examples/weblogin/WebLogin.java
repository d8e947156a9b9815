package io.github.camelzendesk.examples.weblogin;

import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.main.Main;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * A web application where each visitor connects an account of Zendesk and sees its latest tickets. With
 * {@code ZENDESK_URL} set it does so on a real account, otherwise on the stand-in. Stateless.
 */
public final class WebLogin {
    private static final int PORT = 8080;
    private static final String CALLBACK = "http://localhost:" + PORT + "/callback";

    private WebLogin() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = options(System.getenv());
        if (options.containsKey("url")) {
            System.out.println("ZENDESK_URL is set: this reads the latest tickets of that account.");
            application(options, InstantSource.system()).run();
            return;
        }
        System.out.println("ZENDESK_URL is not set: this runs on a stand-in for Zendesk, in this process.");
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            application(onTheStandIn(zendesk, options.get("callback-url")), InstantSource.system())
                    .run();
        }
    }

    static Map<String, String> options(Map<String, String> environment) {
        Map<String, String> options = new HashMap<>(Map.of("callback-url", CALLBACK, "initiate-oauth", "REFRESH"));
        options.putAll(ZendeskOptions.of(environment));
        return options;
    }

    static Map<String, String> onTheStandIn(ZendeskServer zendesk, String callback) {
        RegisteredClient client = zendesk.confidentialClient("web-login", callback);
        return Map.of(
                "url", zendesk.url(),
                "initiate-oauth", "REFRESH",
                "oauth-client-id", client.identifier(),
                "oauth-client-secret", client.secret(),
                "callback-url", callback);
    }

    /** The application, not yet started. */
    static Main application(Map<String, String> options, InstantSource clock) {
        URI callback = URI.create(options.get("callback-url"));
        Main main = new Main();
        // On the component rather than in the URIs, so that no secret can show in an endpoint's name.
        options.forEach((name, value) -> main.addInitialProperty("camel.component.zendesk-auth." + name, value));
        main.addInitialProperty("camel.server.port", String.valueOf(port(callback)));
        main.configure().addRoutesBuilder(new WebLoginRoutes(new Sessions(clock, callback), callback));
        System.out.println("Open " + Answers.origin(callback) + "/ in a browser. Ctrl+C ends this.");
        return main;
    }

    /** That of the callback on this machine; elsewhere it is a proxy's, and CAMEL_SERVER_PORT says what we listen on. */
    private static int port(URI callback) {
        boolean here =
                callback.getHost().equals("localhost") || callback.getHost().equals("127.0.0.1");
        return here && callback.getPort() > 0 ? callback.getPort() : PORT;
    }
}
