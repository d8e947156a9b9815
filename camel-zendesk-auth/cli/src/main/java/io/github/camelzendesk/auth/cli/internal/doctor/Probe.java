package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.internal.ConnectionOpener;

import okhttp3.FormBody;
import okhttp3.Handshake;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Calls Zendesk as the connection does, through its proxy and with its TLS, and follows no redirect. Thread-safe. */
final class Probe {
    static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long MOST_BYTES = 64 * 1024;

    private final OkHttpClient client;
    private final InstantSource clock;

    Probe(OkHttpClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    static Probe of(ConnectionOptions options, InstantSource clock) {
        var proxy = ConnectionOpener.proxy(options);
        Transport transport = proxy == null ? Transport.DEFAULT : new Transport(null, proxy, null);
        return new Probe(transport.probing(LIMIT), clock);
    }

    /**
     * An answer, with the time here in the middle between request and answer.
     *
     * @param date the server's time; null when it told none
     * @param location where a redirect leads; null without one
     * @param tls the version; null for plain http
     */
    record Reply(
            int status,
            @Nullable Instant date,
            @Nullable URI location,
            @Nullable String tls,
            Instant middle,
            Duration took,
            String body) {

        boolean isSuccess() {
            return status / 100 == 2;
        }

        /** A member of a JSON object; empty without it. */
        String member(String name) {
            return json().path(name).asText("");
        }

        private JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }
    }

    /** Without any credentials. */
    Reply get(String address) throws IOException {
        return call(new Request.Builder().url(address));
    }

    Reply post(String address, Map<String, String> form) throws IOException {
        FormBody.Builder body = new FormBody.Builder();
        form.forEach(body::add);
        return call(new Request.Builder().url(address).post(body.build()));
    }

    /** The proxy on the way there; {@link Proxy#NO_PROXY} without one. */
    Proxy proxy(URI address) {
        return client.proxySelector().select(address).stream().findFirst().orElse(Proxy.NO_PROXY);
    }

    private Reply call(Request.Builder request) throws IOException {
        Instant sent = clock.instant();
        long began = System.nanoTime();
        try (Response response = client.newCall(
                        request.header("User-Agent", "zendesk-auth doctor").build())
                .execute()) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Date date = response.headers().getDate("Date");
            Handshake tls = response.handshake();
            return new Reply(
                    response.code(),
                    date == null ? null : date.toInstant(),
                    location(response),
                    tls == null ? null : tls.tlsVersion().javaName(),
                    sent.plus(took.dividedBy(2)),
                    took,
                    response.peekBody(MOST_BYTES).string());
        }
    }

    private static @Nullable URI location(Response response) {
        String header = response.header("Location");
        var address = header == null || !response.isRedirect()
                ? null
                : response.request().url().resolve(header);
        return address == null ? null : address.uri();
    }
}
