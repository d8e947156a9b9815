package io.github.camelzendesk.examples.weblogin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A person with a browser of their own. */
final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    // Java's own cookie jar quotes what it sends, as no browser does.
    private String cookie = "";
    private final Running application;

    Visitor(Running application) {
        this.application = application;
    }

    HttpResponse<String> get(String path) throws Exception {
        return get(application.at(path));
    }

    HttpResponse<String> get(URI address) throws Exception {
        return send(HttpRequest.newBuilder(address));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpRequest withCookie = cookie.isEmpty()
                ? request.build()
                : request.header("Cookie", "other=1; " + cookie).build();
        HttpResponse<String> answer = http.send(withCookie, BodyHandlers.ofString());
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.replaceAll(";.*", ""));
        return answer;
    }

    HttpResponse<String> post(String path, String form) throws Exception {
        return send(HttpRequest.newBuilder(application.at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** Presses Connect, and returns the address of the consent page. */
    URI connect() throws Exception {
        return location(get("/connect"));
    }

    String page() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    /** Presses Disconnect. */
    HttpResponse<String> disconnect() throws Exception {
        Matcher token = TOKEN.matcher(page());
        assertThat(token.find()).isTrue();
        return post("/disconnect", "token=" + token.group(1));
    }

    String cookie() {
        return cookie;
    }

    static URI location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }
}
