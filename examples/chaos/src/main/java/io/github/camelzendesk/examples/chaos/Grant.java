package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.refresh.ManagerWithClock;
import io.github.camelzendesk.auth.options.ConnectionOptions;

/** A person's grant as one of the processes that share it uses it. Thread-safe. */
final class Grant {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final int MOST_REPLAYS = 3;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final String person;
    private final long client;
    private final ConnectionOptions options;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CALL_LIMIT)
            .build();
    private final URI whoseToken;
    private final Tally tally;
    private volatile TokenManager manager;
    private volatile @Nullable String lastError;
    private volatile long lastGood = System.nanoTime();
    private volatile boolean everGood;

    /** @param client the number by which Zendesk tells whose token it is */
    Grant(String person, long client, ConnectionOptions options, InstantSource clock, String api, Tally tally) {
        this.person = person;
        this.client = client;
        this.options = options;
        this.clock = clock;
        this.whoseToken = URI.create(api + "/api/v2/oauth/tokens/current.json");
        this.tally = tally;
        this.manager = ManagerWithClock.open(person, options, clock);
    }

    /** As an application does that restarts a part of itself. */
    void reopen() {
        manager.close();
        manager = ManagerWithClock.open(person, options, clock);
    }

    void close() {
        manager.close();
    }

    /** One call to Zendesk, with the token replaced where that is refused. */
    void call() {
        tally.begins();
        String failure = failure();
        if (failure == null) {
            lastGood = System.nanoTime();
            everGood = true;
            tally.succeeded();
        } else {
            lastError = failure;
            tally.failed(failure);
        }
    }

    private @Nullable String failure() {
        try {
            HttpResponse<String> answer = ask(manager);
            if (answer.statusCode() != OK) {
                return "status " + answer.statusCode();
            }
            JsonNode token = JSON.readTree(answer.body()).path("token");
            return token.path("client_id").asLong() == client ? null : "the token of another person";
        } catch (IOException e) {
            return "network";
        } catch (ZendeskAuthException e) {
            return Tally.name(e);
        } catch (InterruptedException | RuntimeException e) {
            return "unexpected " + Tally.name(e);
        }
    }

    private HttpResponse<String> ask(TokenManager used) throws IOException, InterruptedException {
        Authorization authorization = used.await();
        HttpResponse<String> answer = send(authorization);
        for (int i = 0; answer.statusCode() == UNAUTHORIZED && i < MOST_REPLAYS; i++) {
            tally.refused();
            Optional<Authorization> next = used.awaitReplacement(authorization);
            if (next.isEmpty()) {
                return answer;
            }
            authorization = next.get();
            answer = send(authorization);
        }
        return answer;
    }

    private HttpResponse<String> send(Authorization authorization) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(whoseToken)
                .timeout(CALL_LIMIT)
                .header("Authorization", authorization.headerValue())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Reads the settings. */
    Map<String, Object> shown() {
        ConnectionStatus status = manager.status();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("state", status.state().name());
        shown.put(
                "generation",
                status.settings() == null ? null : status.settings().generation());
        shown.put("leftMillis", leftMillis(status.tokens()));
        shown.put("lastError", lastError);
        shown.put("goodMillisAgo", everGood ? (System.nanoTime() - lastGood) / 1_000_000 : null);
        return shown;
    }

    private @Nullable Long leftMillis(ConnectionStatus.@Nullable Tokens tokens) {
        Instant end = tokens == null ? null : tokens.expiresAt();
        return end == null ? null : Duration.between(clock.instant(), end).toMillis();
    }
}
