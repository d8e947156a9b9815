package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.client.TokenManagerBuilder;
import io.github.camelzendesk.auth.login.PastedCallback;
import io.github.camelzendesk.auth.login.Pkce;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * A person whose grant the processes share: logs in as with the command {@code zendesk-auth login}, and again when the
 * settings say that somebody must. Also the administrator who ends the grant. For one thread, but for {@link #revoke}.
 */
final class Person implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADMINISTRATOR = "administrator@example.com";

    final String name;
    final String clientId;
    private final ZendeskServer zendesk;
    private final Store store;
    private final Map<String, String> options;
    private final TokenManager manager;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String administrator;
    private final long client;

    Person(String name, ZendeskServer zendesk, Store store) throws IOException, InterruptedException {
        this.name = name;
        this.zendesk = zendesk;
        RegisteredClient registered = zendesk.confidentialClient("client-of-" + name);
        this.clientId = registered.identifier();
        this.store = store;
        this.options = options(zendesk.url(), registered);
        this.administrator = "Basic " + base64(ADMINISTRATOR + "/token:" + zendesk.apiToken(ADMINISTRATOR));
        this.client = clientNumber();
        this.manager = TokenManagerBuilder.connection(name)
                .options(ConnectionOptions.of(options("login")))
                .openOnDemand();
    }

    private static Map<String, String> options(String url, RegisteredClient client) {
        Map<String, String> options = new HashMap<>();
        options.put("url", url);
        options.put("oauthClientId", client.identifier());
        options.put("oauthClientSecret", client.secret());
        options.put("initiateOAuth", "REFRESH");
        // Below the longest silence, and above what an answer takes on a machine that is busy with all of this.
        options.put("exchangeTimeout", "12s");
        options.put("joinTimeout", "10s");
        return options;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> options(String user) {
        Map<String, String> all = new HashMap<>(options);
        all.put("oauthSettingsLocation", store.location(name, user));
        return all;
    }

    Worker.Member member(int process) {
        return new Worker.Member(name, client, options(Store.user(process)));
    }

    /** Why somebody must log in, by the settings that all processes share; null while nobody must. */
    @Nullable
    String loss() {
        ConnectionStatus.Settings settings = manager.status().settings();
        return settings == null ? null : settings.authorizationRequired();
    }

    void logIn() {
        AuthorizationUrl page = manager.authorizationUrl();
        Pkce pkce = Pkce.create();
        URI callback = zendesk.user().approve(page.with(Pkce.state(), pkce.challenge()));
        PastedCallback pasted = PastedCallback.parse(callback.toString(), "The callback");
        manager.exchangeCode(new AuthorizationCode(pasted.code(), pkce.verifier()))
                .join();
    }

    /** Ends all tokens of this person's client, as an administrator does in Admin Center. */
    void revoke() throws IOException, InterruptedException {
        for (JsonNode token : api("GET", "tokens").path("tokens")) {
            if (token.path("client_id").asLong() == client) {
                api("DELETE", "tokens/" + token.path("id").asLong());
            }
        }
    }

    private long clientNumber() throws IOException, InterruptedException {
        for (JsonNode known : api("GET", "clients").path("clients")) {
            if (known.path("identifier").asText().equals(clientId)) {
                return known.path("id").asLong();
            }
        }
        throw new IOException("The stand-in does not list the client " + clientId);
    }

    private JsonNode api(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(zendesk.url() + "/api/v2/oauth/" + path))
                .header("Authorization", administrator)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        manager.close();
    }
}
