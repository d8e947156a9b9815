package io.github.camelzendesk.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** The stand-in for Zendesk, with an OAuth client registered and somebody to press Allow. Thread-safe. */
final class StandIn implements AutoCloseable {
    static final Duration SHORT_LIFE = Duration.ofSeconds(5);
    static final int UNAUTHORIZED = 401;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ZendeskServer zendesk;
    private final Map<String, String> options;
    private final HttpClient http = HttpClient.newHttpClient();

    private StandIn(ZendeskServer zendesk, Map<String, String> options) {
        this.zendesk = zendesk;
        this.options = options;
    }

    static StandIn start(Path folder) throws IOException {
        ZendeskServer zendesk = ZendeskServer.start();
        String callback = "http://localhost:" + freePort();
        RegisteredClient client = zendesk.confidentialClient("quickstart", callback);
        return new StandIn(
                zendesk,
                Map.of(
                        "url", zendesk.url(),
                        "oauthClientId", client.identifier(),
                        "oauthClientSecret", client.secret(),
                        "callbackUrl", callback,
                        "initiateOAuth", "GETANDREFRESH",
                        "oauthSettingsLocation", folder.resolve("settings.json").toString()));
    }

    Map<String, String> options() {
        return options;
    }

    /** The desktop's browser when there is one, and a simulated person when there is none or nobody presses Allow. */
    Browser browser(PrintStream out) {
        Browser desktop = Desktop.browser();
        return address -> {
            boolean person = desktop.open(address);
            out.println(
                    person
                            ? "   Press Allow in the browser. After " + PATIENCE.toSeconds()
                                    + " s a simulated person does it for you."
                            : "   No browser can be opened here: a simulated person presses Allow.");
            Executor when = person ? afterPatience() : ForkJoinPool.commonPool();
            when.execute(() -> allow(address));
            return true;
        };
    }

    /** A person who presses Allow at once, without a look at the desktop. */
    Browser simulatedPerson() {
        return address -> {
            ForkJoinPool.commonPool().execute(() -> allow(address));
            return true;
        };
    }

    private void allow(URI address) {
        if (zendesk.tokenRequestCount() == 0) {
            zendesk.user().allow(address);
        }
    }

    private static Executor afterPatience() {
        return CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void issueShortLivedTokens() {
        zendesk.accessTokenLifetime(SHORT_LIFE);
    }

    void issueTokensOfTheLifeAskedFor() {
        zendesk.accessTokenLifetime(null);
    }

    int tokenRequests() {
        return zendesk.tokenRequestCount();
    }

    int reuses() {
        return zendesk.refreshTokenReuseCount();
    }

    /** The access token in the settings file, a secret. */
    String storedToken() throws IOException {
        return SettingsFile.at(Path.of(options.get("oauthSettingsLocation"))).accessToken();
    }

    /** The status of a call with this token, made past Camel. */
    int answerTo(String accessToken) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(zendesk.url() + "/api/v2/tickets.json"))
                .header("Authorization", "Bearer " + accessToken)
                .build();
        return http.sendAsync(request, BodyHandlers.discarding()).join().statusCode();
    }

    String tried(String accessToken) {
        return "The old token, tried past Camel: Zendesk's stand-in answers " + answerTo(accessToken) + ".";
    }

    @Override
    public void close() {
        zendesk.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
