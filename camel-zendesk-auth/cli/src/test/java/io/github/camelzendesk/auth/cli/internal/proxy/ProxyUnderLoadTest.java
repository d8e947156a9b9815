package io.github.camelzendesk.auth.cli.internal.proxy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class ProxyUnderLoadTest {
    private static final int CONNECTIONS = 200;
    private static final int DEATHS = 3;
    private static final Duration LONGER_THAN_A_TOKEN = Duration.ofHours(1);
    private static final String TICKET = "{\"ticket\":{\"subject\":\"My printer is on fire\"}}";

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void twoHundredConnectionsOutliveTheirTokensWithoutAFailedCall(ZendeskServer zendesk) throws Exception {
        try (Proxied acme = Proxied.to(Proxied.grant(zendesk, folder), folder)) {
            for (int deaths = 0; deaths < DEATHS; deaths++) {
                assertThat(statusesAroundADeath(zendesk, acme))
                        .hasSize(CONNECTIONS)
                        .containsOnly(200, 201);
            }
        }

        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).contains(401);
        assertThat(zendesk.rotationCount()).isEqualTo(DEATHS);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    /** A call on each connection; the token dies at Zendesk alone when the first few are answered. */
    private Stream<Integer> statusesAroundADeath(ZendeskServer zendesk, Proxied acme) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        Stream<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> client.sendAsync(request(acme, number), BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(call -> call.whenComplete((answer, error) -> {
                    if (answered.incrementAndGet() == CONNECTIONS / 10) {
                        zendesk.advance(LONGER_THAN_A_TOKEN);
                    }
                }));
        return calls.toList().stream()
                .map(call -> call.orTimeout(2, TimeUnit.MINUTES).join().statusCode());
    }

    private static HttpRequest request(Proxied acme, int number) {
        return number % 2 == 0
                ? acme.request("/api/v2/users/me.json").build()
                : acme.request("/api/v2/tickets.json")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(TICKET))
                        .build();
    }
}
