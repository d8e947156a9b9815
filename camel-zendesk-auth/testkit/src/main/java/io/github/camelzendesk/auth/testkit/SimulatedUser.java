package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A person with a browser who answers the consent page. Immutable and thread-safe. */
public final class SimulatedUser {
    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    SimulatedUser() {}

    /** Presses Allow and lets the browser go to the callback; returns the page shown there. */
    public String allow(URI authorizationUrl) {
        return visit(approve(authorizationUrl));
    }

    /** Presses Deny and lets the browser go to the callback; returns the page shown there. */
    public String deny(URI authorizationUrl) {
        return visit(decide(authorizationUrl, "deny"));
    }

    /** Presses Allow in a browser that cannot reach the callback; returns the address that it shows. */
    public URI approve(URI authorizationUrl) {
        return decide(authorizationUrl, "allow");
    }

    /** Looks at an address. */
    public String visit(URI address) {
        return send(HttpRequest.newBuilder(address).build()).body();
    }

    private URI decide(URI authorizationUrl, String decision) {
        HttpResponse<String> page =
                send(HttpRequest.newBuilder(authorizationUrl).build());
        if (page.statusCode() != 200) {
            throw new IllegalStateException("The consent page answered " + page.statusCode());
        }
        return post(authorizationUrl, authorizationUrl.getRawQuery() + "&decision=" + decision);
    }

    private URI post(URI authorizationUrl, String form) {
        return send(HttpRequest.newBuilder(authorizationUrl)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build())
                .headers()
                .firstValue("Location")
                .map(URI::create)
                .orElseThrow(() -> new IllegalStateException("The consent page sent the browser nowhere"));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return browser.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
