package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * An answer of the proxy itself, by RFC 9457, which tells it from one of Zendesk. Immutable.
 *
 * @param title the kind, for programs
 * @param detail what is wrong and the remedy, without anything of the request
 */
record Problem(int status, String title, String detail, Map<String, String> headers) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    Problem(int status, String title, String detail) {
        this(status, title, detail, Map.of());
    }

    /** Of a call that got no answer. */
    static Problem of(IOException error) {
        if (error.getCause() instanceof ZendeskAuthException known) {
            return of(known);
        }
        if (error instanceof ForwardedBody.BrokenOff) {
            return new Problem(400, "RequestBrokenOff", "The body of the request broke off, or took too long.");
        }
        return error instanceof SocketTimeoutException
                ? new Problem(504, "ZendeskTimeout", "Zendesk did not answer in time: try again.")
                : new Problem(
                        502,
                        "ZendeskUnreachable",
                        "Zendesk cannot be reached: " + LogSafeText.oneLine(error)
                                + ". Check the network, and 'zendesk-auth doctor'.");
    }

    /** By the remedy. */
    private static Problem of(ZendeskAuthException error) {
        String kind = error.getClass().getSimpleName();
        String detail = String.valueOf(error.getMessage());
        if (error instanceof AuthorizationRequired) {
            return new Problem(502, kind, detail + " Here: run 'zendesk-auth login'.");
        }
        if (error instanceof TokenEndpointUnavailable later) {
            long wait = Math.max(1, later.retryAfter().orElse(USUAL_WAIT).toSeconds());
            return new Problem(503, kind, detail, Map.of("Retry-After", String.valueOf(wait)));
        }
        return new Problem(error instanceof SettingsUnavailable ? 503 : 502, kind, detail);
    }

    void answer(Response response, Callback callback) {
        headers.forEach(response.getHeaders()::put);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        json(response, status, "application/problem+json", members, callback);
    }

    /** One line of JSON. */
    static void json(Response response, int status, String type, Map<String, Object> members, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, line(members), callback);
    }

    private static String line(Map<String, Object> members) {
        try {
            return JSON.writeValueAsString(members) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
