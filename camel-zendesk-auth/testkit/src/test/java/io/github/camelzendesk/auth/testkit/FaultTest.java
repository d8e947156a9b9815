package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a client sees when something was scripted to go wrong. */
@ExtendWith(ZendeskExtension.class)
class FaultTest {
    private static final String TICKETS = "/api/v2/tickets.json";

    private ZendeskServer zendesk;
    private Http http;
    private RegisteredClient client;
    private IssuedTokens pair;

    @BeforeEach
    void connect(ZendeskServer server) {
        zendesk = server;
        http = new Http(server);
        client = server.confidentialClient("app");
        pair = server.issue(client, "read write");
    }

    @Test
    void apiFaultsComeInOrderAndAreRecordedAndThenAllIsWell() throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken(), ApiFault.unavailable(Duration.ofSeconds(7)));

        HttpResponse<String> dead = http.bearer(TICKETS, pair.accessToken());
        HttpResponse<String> down = http.bearer(TICKETS, pair.accessToken());

        assertThat(dead.body()).contains("The access token provided is expired, revoked, malformed or invalid");
        assertThat(dead.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(down.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(http.bearer(TICKETS, pair.accessToken()).statusCode()).isEqualTo(200);
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 503, 200);
    }

    @Test
    void apiFaultsLeaveTheTokenEndpointAlone() throws Exception {
        zendesk.nextApiRequest(ApiFault.forbidden());

        assertThat(http.refresh(client, pair.refreshToken()).statusCode()).isEqualTo(200);
        assertThat(http.get(TICKETS).statusCode()).isEqualTo(403);
    }

    @Test
    void theErrorOfA403MayBeAStringOrAnObject() throws Exception {
        zendesk.nextApiRequest(ApiFault.forbidden(), ApiFault.forbiddenObject());

        HttpResponse<String> string = http.get(TICKETS);
        HttpResponse<String> object = http.get(TICKETS);

        assertThat(List.of(string.statusCode(), object.statusCode())).containsExactly(403, 403);
        assertThat(Http.json(string).path("error").asText()).isEqualTo("Forbidden");
        assertThat(Http.json(string).path("description").asText())
                .isEqualTo("You are missing the following required scopes: write");
        assertThat(Http.json(object).at("/error/title").asText()).isEqualTo("Forbidden");
        assertThat(Http.json(object).at("/error/message").asText()).isNotBlank();
    }

    @Test
    void bodiesOf403And429MayBeEmptyOrNoJson() throws Exception {
        zendesk.nextApiRequest(ApiFault.forbiddenEmpty(), ApiFault.throttled(Duration.ofSeconds(30)));

        HttpResponse<String> forbidden = http.get(TICKETS);
        HttpResponse<String> throttled = http.get(TICKETS);

        assertThat(List.of(forbidden.statusCode(), throttled.statusCode())).containsExactly(403, 429);
        assertThat(forbidden.body()).isEmpty();
        assertThat(type(forbidden)).startsWith("text/html");
        assertThat(type(throttled)).startsWith("text/plain");
        assertThat(throttled.headers().firstValue("Retry-After")).hasValue("30");
    }

    @Test
    void theTokenEndpointThrottlesInPlainTextToo() throws Exception {
        zendesk.nextTokenRequest(TokenFault.throttled(Duration.ofSeconds(9)));

        HttpResponse<String> throttled = http.refresh(client, pair.refreshToken());

        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(type(throttled)).startsWith("text/plain");
        assertThat(zendesk.isLiveRefreshToken(pair.refreshToken())).isTrue();
    }

    @Test
    void anApiCallCanBeDroppedAndIsSeenWithoutAStatus() {
        zendesk.nextApiRequest(ApiFault.dropped());

        assertThatThrownBy(() -> http.bearer(TICKETS, pair.accessToken())).isInstanceOf(IOException.class);
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(0);
    }

    @Test
    void anApiCallCanBeRedirectedToAnotherHost() throws Exception {
        zendesk.nextApiRequest(ApiFault.redirect("https://elsewhere.example/file"));

        HttpResponse<String> redirected = http.bearer(TICKETS, pair.accessToken());

        assertThat(redirected.statusCode()).isEqualTo(302);
        assertThat(redirected.headers().firstValue("Location")).hasValue("https://elsewhere.example/file");
    }

    @Test
    void anApiCallThatIsDelayedIsServedAllTheSame() throws Exception {
        zendesk.nextApiRequest(ApiFault.delay(Duration.ofMillis(100)), ApiFault.delay(Duration.ofHours(1)));

        assertThat(http.bearer(TICKETS, pair.accessToken()).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> http.send(http.request(TICKETS).timeout(Duration.ofSeconds(1))))
                .isInstanceOf(HttpTimeoutException.class);
        awaitTrue(() -> zendesk.apiRequests().size() == 2);
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(200, 401);
    }

    @Test
    void aHeldAnswerComesWhenTheTestSaysSoAndOthersAreServedMeanwhile() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(release));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<HttpResponse<String>> held = thread.submit(() -> http.refresh(client, pair.refreshToken()));
        awaitTrue(() -> zendesk.rotationCount() == 1);

        assertThat(http.bearer(TICKETS, pair.accessToken()).statusCode())
                .as("the old pair is dead")
                .isEqualTo(401);
        assertThat(held).isNotDone();
        release.countDown();
        assertThat(held.get().statusCode()).isEqualTo(200);
        thread.shutdown();
    }

    @Test
    void aTruncatedTokenAnswerLooksGoodUntilItBreaksOffAndTheOldPairIsDead() throws Exception {
        zendesk.nextTokenRequest(TokenFault.truncated(), TokenFault.truncated());

        assertThatThrownBy(() -> http.refresh(client, pair.refreshToken())).isInstanceOf(IOException.class);
        String second = zendesk.successorOf(pair.refreshToken());
        String raw = http.rawToken(Http.credentials(client) + "&grant_type=refresh_token&refresh_token=" + second);

        assertThat(raw).startsWith("HTTP/1.1 200").contains("\"access_token\":\"zat_");
        String body = raw.substring(raw.indexOf("\r\n\r\n") + 4);
        assertThat(contentLength(raw)).isGreaterThan(body.length());
        assertThat(zendesk.isLive(pair.accessToken())).isFalse();
        assertThat(zendesk.rotationCount()).isEqualTo(2);
    }

    @Test
    void anEmptyOkIsA200WithoutABodyAndTheOldPairIsDead() throws Exception {
        zendesk.nextTokenRequest(TokenFault.emptyOk());

        HttpResponse<String> answer = http.refresh(client, pair.refreshToken());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(zendesk.isLive(pair.accessToken())).isFalse();
        assertThat(zendesk.isLiveRefreshToken(zendesk.successorOf(pair.refreshToken())))
                .isTrue();
    }

    @Test
    void aDropBeforeTheCommitLeavesThePairAliveAndOneAfterItDoesNot() {
        zendesk.nextTokenRequest(TokenFault.dropBeforeCommit(), TokenFault.dropAfterCommit());

        assertThatThrownBy(() -> http.refresh(client, pair.refreshToken())).isInstanceOf(IOException.class);
        assertThat(zendesk.isLiveRefreshToken(pair.refreshToken())).isTrue();
        assertThatThrownBy(() -> http.refresh(client, pair.refreshToken())).isInstanceOf(IOException.class);
        assertThat(zendesk.isLiveRefreshToken(pair.refreshToken())).isFalse();
        assertThat(zendesk.rotationCount()).isEqualTo(1);
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    private static int contentLength(String raw) {
        return raw.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                .findFirst()
                .orElse(-1);
    }

    private static void awaitTrue(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
