package io.github.camelzendesk.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.testkit.OAuthClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * A Camel application that logs in to Zendesk, fetches tickets, and lives through a dead token and a restart. With
 * {@code ZENDESK_URL} set it does so against a real account, otherwise against the stand-in.
 */
public final class Quickstart {
    private final Map<String, String> options;
    private final Browser browser;
    private final PrintStream out;

    private Quickstart(Map<String, String> options, Browser browser, PrintStream out) {
        this.options = options;
        this.browser = browser;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        if (System.getenv("ZENDESK_URL") == null) {
            onTheStandIn(System.out);
        } else {
            new Quickstart(fromEnvironment(System.getenv()), Browser.desktop(), System.out).run();
        }
    }

    /** The whole story on the stand-in, in a folder that is new each time. */
    static void onTheStandIn(PrintStream out) throws Exception {
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            String callback = "http://localhost:" + freePort();
            OAuthClient client = zendesk.confidentialClient("quickstart", callback);
            Map<String, String> options = new TreeMap<>(Map.of(
                    "url", zendesk.url(),
                    "oauthClientId", client.identifier(),
                    "oauthClientSecret", client.secret(),
                    "callbackUrl", callback,
                    "initiateOAuth", "GETANDREFRESH",
                    "oauthSettingsLocation",
                            Files.createTempDirectory("quickstart")
                                    .resolve("settings.json")
                                    .toString()));
            out.println("No ZENDESK_URL is set: this runs on the built-in stand-in at " + zendesk.url());
            new Quickstart(options, simulatedUser(zendesk), out).run();
            out.printf(
                    "The stand-in saw %d token requests and %d reuses of a refresh token.%n",
                    zendesk.tokenRequestCount(), zendesk.refreshTokenReuseCount());
        }
    }

    private void run() throws Exception {
        try (CamelContext camel = start()) {
            out.println("\n1. The first call finds no grant, so somebody logs in through the browser.");
            tickets(camel);
            out.println("\n2. The second call finds the token in memory.");
            tickets(camel);
            out.println("\n3. The token is replaced: Zendesk deletes the old pair at once.");
            out.println("   " + camel.createProducerTemplate().requestBody("direct:refresh", (Object) null));
            tickets(camel);
        }
        out.println("\n4. The application is started again: the grant comes from the settings file.");
        try (CamelContext camel = start()) {
            tickets(camel);
        }
        Path file = Path.of(options.getOrDefault("oauthSettingsLocation", ""));
        if (Files.exists(file)) {
            out.println("\nThe settings file, for its owner only: " + file);
        }
    }

    private CamelContext start() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("browser", browser);
        camel.getComponent("zendesk-auth");
        Map<String, String> settings = options;
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                settings.forEach((name, value) ->
                        camel.getPropertiesComponent().addInitialProperty("camel.zendesk." + name, value));
                String query = String.join(
                        "&",
                        settings.keySet().stream()
                                .map(name -> name + "={{camel.zendesk." + name + "}}")
                                .toList());
                from("direct:tickets")
                        .to("zendesk-auth:quickstart?" + query)
                        .toD("{{camel.zendesk.url}}/api/v2/tickets.json?httpMethod=GET&bridgeEndpoint=true")
                        .removeHeader("Authorization");
                from("direct:refresh").to("zendesk-auth:quickstart?operation=refresh&" + query);
            }
        });
        camel.start();
        return camel;
    }

    private void tickets(CamelContext camel) {
        String answer = camel.createProducerTemplate().requestBody("direct:tickets", null, String.class);
        out.println("   tickets: " + answer.substring(0, Math.min(answer.length(), 160)));
    }

    private static Browser simulatedUser(ZendeskServer zendesk) {
        return address -> {
            CompletableFuture.runAsync(() -> zendesk.user().allow(address));
            return true;
        };
    }

    /** ZENDESK_OAUTH_CLIENT_ID becomes oauthClientId, and so on. */
    static Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> options = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("ZENDESK_") && !value.isBlank()) {
                options.put(optionName(name.substring("ZENDESK_".length())), value);
            }
        });
        options.putIfAbsent("initiateOAuth", "GETANDREFRESH");
        return options;
    }

    private static String optionName(String upperSnake) {
        StringBuilder name = new StringBuilder();
        for (String word : upperSnake.split("_")) {
            String lower = word.toLowerCase(Locale.ROOT);
            name.append(name.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return name.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
