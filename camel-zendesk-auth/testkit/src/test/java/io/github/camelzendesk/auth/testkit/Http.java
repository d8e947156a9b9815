package io.github.camelzendesk.auth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Plain HTTP to the stand-in, without anything of ours between. For use by one test. */
final class Http {
    static final String CALLBACK = "http://localhost:33333";
    static final String VERIFIER = "v".repeat(43);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ZendeskServer zendesk;

    Http(ZendeskServer zendesk) {
        this.zendesk = zendesk;
    }

    HttpResponse<String> token(String form) throws IOException, InterruptedException {
        return send(request("/oauth/tokens")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> tokenByJson(String json) throws IOException, InterruptedException {
        return send(request("/oauth/tokens")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> refresh(RegisteredClient client, String refreshToken)
            throws IOException, InterruptedException {
        return token(credentials(client) + "&grant_type=refresh_token&refresh_token=" + refreshToken);
    }

    HttpResponse<String> redeem(RegisteredClient client, String code, String verifier)
            throws IOException, InterruptedException {
        return token("grant_type=authorization_code&client_id=" + client.identifier() + "&code=" + code
                + "&redirect_uri=" + encoded(CALLBACK) + "&code_verifier=" + verifier);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> bearer(String path, String accessToken) throws IOException, InterruptedException {
        return get(path, "Authorization", "Bearer " + accessToken);
    }

    /** What is answered with 200. */
    JsonNode read(String path, String accessToken) throws IOException, InterruptedException {
        HttpResponse<String> answer = bearer(path, accessToken);
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer);
    }

    HttpResponse<String> basic(String path, String pair) throws IOException, InterruptedException {
        byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
        return get(path, "Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create(zendesk.url() + path.replace("[", "%5B").replace("]", "%5D")));
    }

    /** Sends bytes that no HTTP client would send, or shows bytes that no HTTP client would show. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), zendesk.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    String rawGet(String url) throws IOException {
        return raw("GET " + url + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    String rawToken(String form) throws IOException {
        return raw("POST /oauth/tokens HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\n\r\n" + form);
    }

    /** The way to a consent page that is asked for with a challenge; an empty value leaves a parameter out. */
    URI consent(RegisteredClient client, Map<String, String> changes) {
        Map<String, String> query = new TreeMap<>(Map.of(
                "response_type", "code",
                "client_id", client.identifier(),
                "redirect_uri", CALLBACK,
                "scope", "read",
                "state", "s",
                "code_challenge", PkceCheck.s256(VERIFIER),
                "code_challenge_method", "S256"));
        query.putAll(changes);
        query.values().removeIf(String::isEmpty);
        return URI.create(zendesk.url() + "/oauth/authorizations/new?" + form(query));
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** A code that somebody allowed. */
    String code(RegisteredClient client) {
        URI back = zendesk.user().approve(consent(client, Map.of()));
        return Call.form(back.getRawQuery()).getOrDefault("code", "");
    }

    /** A request with a body in JSON, or without one. */
    HttpResponse<String> write(String method, String path, String accessToken, @Nullable Object body)
            throws IOException, InterruptedException {
        return send(request(path)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body))));
    }

    static String credentials(RegisteredClient client) {
        return "client_id=" + client.identifier() + "&client_secret=" + client.secret();
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return MAPPER.readTree(response.body());
    }

    static Map<String, String> members(HttpResponse<String> response) {
        return Json.flat(response.body());
    }

    static JsonNode jwtPart(String jwt, int index) throws IOException {
        return MAPPER.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
