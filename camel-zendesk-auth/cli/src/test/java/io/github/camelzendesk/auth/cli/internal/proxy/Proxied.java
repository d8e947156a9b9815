package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** A proxy on a port, and a program that calls it. Thread-safe. */
final class Proxied implements AutoCloseable {
    final HttpClient client = HttpClient.newHttpClient();
    final TokenManager manager;
    final AccountProxy proxy;
    final Path file;
    final String token;

    private Proxied(NamedConnection connection, Path file, Limits limits) throws IOException {
        this.file = file;
        manager = connection.manager().open();
        ProxyToken written = ProxyToken.write(file);
        token = Files.readString(file);
        proxy = AccountProxy.start(Account.of(connection, manager), new LoopbackPort(0, written), limits);
    }

    static Proxied to(Map<String, String> options, Path folder, Limits limits) throws IOException {
        return new Proxied(new NamedConnection("acme", ConnectionOptions.of(options)), folder.resolve("token"), limits);
    }

    static Proxied to(Map<String, String> options, Path folder) throws IOException {
        return to(options, folder, Limits.DEFAULT);
    }

    /** A grant of a person, kept in this folder. */
    static Map<String, String> grant(ZendeskServer zendesk, Path folder) {
        RegisteredClient client = zendesk.confidentialClient("scripts");
        IssuedTokens tokens = zendesk.issue(client, "read write");
        Map<String, String> options = new HashMap<>(fixed(zendesk.url(), tokens.accessToken()));
        options.put("oauthClientId", client.identifier());
        options.put("oauthClientSecret", client.secret());
        options.put("initiateOAuth", "REFRESH");
        options.put("oauthRefreshToken", tokens.refreshToken());
        options.put(
                "oauthExpiresIn",
                String.valueOf(
                        Duration.between(tokens.issuedAt(), tokens.expiresAt()).toSeconds()));
        options.put("oauthTokenTimestamp", String.valueOf(tokens.issuedAt().toEpochMilli()));
        options.put("oauthSettingsLocation", folder.resolve("s.json").toString());
        return options;
    }

    /** A token that never changes. */
    static Map<String, String> fixed(String url, String token) {
        return Map.of("url", url, "oauthAccessToken", token);
    }

    int port() {
        return URI.create(proxy.toString()).getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(proxy + path)).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, BodyPublisher body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(body));
    }

    /** A request as it is written, with a token and the end of its head; the answer. */
    String raw(String lines) throws IOException {
        return unshown(lines + "Authorization: Bearer " + token + "\r\n");
    }

    /** The same without the token. */
    String unshown(String lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.getOutputStream().write((lines + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        proxy.close();
        manager.close();
    }
}
