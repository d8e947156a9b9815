package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;

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
    private OAuthClient client;
    private TokenPair pair;

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
    void bodiesOf403And429MayBeEmptyOrNoJsonAndTheErrorAStringOrAnObject() throws Exception {
        zendesk.nextApiRequest(
                ApiFault.forbidden(),
                ApiFault.forbiddenObject(),
                ApiFault.forbiddenEmpty(),
                ApiFault.throttled(Duration.ofSeconds(30)));

        List<HttpResponse<String>> seen =
                List.of(http.get(TICKETS), http.get(TICKETS), http.get(TICKETS), http.get(TICKETS));

        assertThat(seen).extracting(HttpResponse::statusCode).containsExactly(403, 403, 403, 429);
        assertThat(Http.json(seen.get(0)).path("description").asText())
                .isEqualTo("You are missing the following required scopes: write");
        assertThat(Http.json(seen.get(1)).at("/error/title").asText()).isEqualTo("Forbidden");
        assertThat(seen.get(2).body()).isEmpty();
        assertThat(type(seen.get(2))).startsWith("text/html");
        assertThat(type(seen.get(3))).startsWith("text/plain");
        assertThat(seen.get(3).headers().firstValue("Retry-After")).hasValue("30");
    }

    @Test
    void anApiCallCanBeRedirectedAndDropped() throws Exception {
        zendesk.nextApiRequest(ApiFault.redirect("https://elsewhere.example/file"), ApiFault.dropped());

        HttpResponse<String> redirected = http.bearer(TICKETS, pair.accessToken());
        assertThat(redirected.statusCode()).isEqualTo(302);
        assertThat(redirected.headers().firstValue("Location")).hasValue("https://elsewhere.example/file");
        assertThatThrownBy(() -> http.bearer(TICKETS, pair.accessToken())).isInstanceOf(IOException.class);
        assertThat(zendesk.apiRequests())
                .last()
                .extracting(ApiRequestSeen::status)
                .isEqualTo(0);
    }

    @Test
    void anApiCallThatIsDelayedIsServedAllTheSame() throws Exception {
        zendesk.nextApiRequest(ApiFault.delay(Duration.ofMillis(100)), ApiFault.delay(Duration.ofSeconds(5)));

        assertThat(http.bearer(TICKETS, pair.accessToken()).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> http.send(http.request(TICKETS).timeout(Duration.ofMillis(200))))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(200, 401);
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
}
