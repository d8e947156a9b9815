package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class ForwardedCallsTest {
    private static final String ME = "/api/v2/users/me.json";
    private static final String TICKET = "{\"ticket\":{\"subject\":\"My printer is on fire\"}}";

    @TempDir
    Path folder;

    private ZendeskServer zendesk;
    private Map<String, String> options;
    private Proxied acme;

    @BeforeEach
    void open(ZendeskServer server) throws IOException {
        zendesk = server;
        options = Proxied.grant(server, folder);
        zendesk.addUser("jane@example.com");
        options.put("onBehalfOf", "jane@example.com");
        acme = Proxied.to(options, folder);
    }

    @AfterEach
    void close() {
        acme.close();
    }

    @Test
    void aProgramThatKnowsNoOAuthReadsAndWrites() throws Exception {
        assertThat(acme.get(ME).body()).contains("agent@example.com");
        HttpResponse<String> created = acme.post("/api/v2/tickets.json", BodyPublishers.ofString(TICKET));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).contains("My printer is on fire");
        assertThat(acme.get("/api/v2/nothing.json?a=%2F..%2F&b='x'").statusCode())
                .isEqualTo(404);
        assertThat(zendesk.apiRequests().get(2).path()).endsWith("/nothing.json");
    }

    @Test
    void onlyWhatTheConnectionSaysTellsAsWhomTheCallIsMade() throws Exception {
        acme.send(acme.request(ME)
                .header("Cookie", "session=1")
                .header("X-On-Behalf-Of", "boss@example.com")
                .header("X_On_Behalf_Of", "boss@example.com")
                .header("X-Zendesk-Marketplace-Name", "other")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "for=10.0.0.1")
                .header("Proxy-Authorization", "Basic eDp5")
                .header("Keep-Alive", "timeout=5")
                .header("TE", "trailers")
                .header("Accept-Language", "de")
                .header("X-Name", "J\u00fcrgen"));

        Map<String, String> seen = zendesk.apiRequests().get(0).headers();
        assertThat(seen).containsKey("Authorization").doesNotContainValue("Bearer " + acme.token);
        assertThat(seen)
                .containsEntry("X-On-Behalf-Of", "jane@example.com")
                .containsEntry("Accept-Language", "de")
                .containsEntry("Host", "127.0.0.1:" + zendesk.port())
                .doesNotContainKeys(
                        "Cookie",
                        "X_On_Behalf_Of",
                        "X-Zendesk-Marketplace-Name",
                        "X-Forwarded-For",
                        "X-Forwarded-Host",
                        "Forwarded",
                        "Proxy-Authorization",
                        "Keep-Alive",
                        "TE",
                        "Upgrade",
                        "HTTP2-Settings");
        assertThat(seen.get("X-Name")).isNotNull();
    }

    @Test
    void whatTheConnectionHeaderNamesEndsHere() throws Exception {
        acme.raw("GET " + ME + " HTTP/1.1\r\nHost: 127.0.0.1:" + acme.port()
                + "\r\nX-Private: 1\r\nX-Public: 2\r\nConnection: x-private\r\n");

        assertThat(zendesk.apiRequests().get(0).headers())
                .containsEntry("X-Public", "2")
                .doesNotContainKey("X-Private");
    }

    @Test
    void aCookieOfZendeskDoesNotComeBack() throws Exception {
        zendesk.nextApiRequest(new ApiFault(
                ApiFault.Kind.ANSWER,
                200,
                Map.of("Set-Cookie", "_zendesk_session=1", "X-Request-Id", "7", "Alt-Svc", "h3=\":443\""),
                "{}",
                Duration.ZERO));

        HttpResponse<String> answer = acme.get(ME);

        assertThat(answer.headers().map()).containsKey("x-request-id").doesNotContainKeys("set-cookie", "alt-svc");
    }

    @Test
    void aRedirectIsTheCallersAndOneWithinTheAccountLeadsThroughTheProxy() throws Exception {
        zendesk.nextApiRequest(
                ApiFault.redirect(zendesk.url() + "/api/v2/a.json?b=c"),
                ApiFault.redirect("/api/v2/a.json"),
                ApiFault.redirect("https://evil.example/a"),
                ApiFault.redirect(zendesk.url() + ".evil.example/a"));

        assertThat(location()).isEqualTo(acme.proxy + "/api/v2/a.json?b=c");
        assertThat(location()).isEqualTo(acme.proxy + "/api/v2/a.json");
        assertThat(location()).isEqualTo("https://evil.example/a");
        assertThat(location()).isEqualTo(zendesk.url() + ".evil.example/a");
        assertThat(zendesk.apiRequests()).hasSize(4);
    }

    private String location() throws Exception {
        HttpResponse<String> answer = acme.get(ME);
        assertThat(answer.statusCode()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void aTokenThatWasKilledIsReplacedOnceAndTheBodySentAgain() throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        assertThat(acme.post("/api/v2/tickets.json", BodyPublishers.ofString(TICKET))
                        .statusCode())
                .isEqualTo(201);
        assertThat(statuses()).containsExactly(401, 201);
        assertThat(zendesk.rotationCount()).isEqualTo(1);
    }

    @Test
    void aSecondRefusalIsTheAnswer() throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken(), ApiFault.invalidToken(), ApiFault.invalidToken());

        HttpResponse<String> answer = acme.get(ME);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_token");
        assertThat(statuses()).containsExactly(401, 401);
    }

    @Test
    void aBodyThatIsTooLongToBeKeptIsNotSentAgainButTheNextRequestHasAnotherToken() throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken(), ApiFault.invalidToken());
        byte[] body = new byte[Limits.KEPT_BODY + 1];

        assertThat(acme.post("/api/v2/tickets.json", BodyPublishers.ofByteArray(body))
                        .statusCode())
                .isEqualTo(401);
        assertThat(acme.post("/api/v2/tickets.json", ofUnknownLength(body)).statusCode())
                .isEqualTo(401);
        assertThat(acme.get(ME).statusCode()).isEqualTo(200);
        assertThat(statuses()).containsExactly(401, 401, 200);
        assertThat(zendesk.rotationCount()).isEqualTo(2);
    }

    @Test
    void aBodyOfUnknownLengthIsSentAgainWhenItTurnsOutToBeShort() throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        assertThat(acme.post("/api/v2/tickets.json", ofUnknownLength(TICKET.getBytes()))
                        .statusCode())
                .isEqualTo(201);
    }

    private static java.net.http.HttpRequest.BodyPublisher ofUnknownLength(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));
    }

    @Test
    void answersWithoutABodyEndWithTheirHead() throws Exception {
        zendesk.nextApiRequest(empty(204), empty(304));

        assertThat(acme.get(ME).statusCode()).isEqualTo(204);
        assertThat(acme.get(ME).statusCode()).isEqualTo(304);
        HttpResponse<String> head = acme.send(acme.request(ME).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(acme.send(acme.request("/api/v2/tickets/1.json").DELETE()).statusCode())
                .isEqualTo(204);
    }

    private static ApiFault empty(int status) {
        return new ApiFault(ApiFault.Kind.ANSWER, status, Map.of(), "", Duration.ZERO);
    }

    @Test
    void otherRefusalsAreTheAnswer() throws Exception {
        zendesk.nextApiRequest(ApiFault.forbidden(), ApiFault.throttled(Duration.ofSeconds(7)));

        assertThat(acme.get(ME).statusCode()).isEqualTo(403);
        HttpResponse<String> throttled = acme.get(ME);
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("7");
        assertThat(zendesk.rotationCount()).isZero();
    }

    @Test
    void aPostWhoseConnectionBreaksIsNotRepeated() throws Exception {
        acme.get(ME);
        zendesk.nextApiRequest(ApiFault.dropped());

        HttpResponse<String> answer = acme.post("/api/v2/tickets.json", BodyPublishers.ofString(TICKET));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("ZendeskUnreachable");
        assertThat(statuses()).containsExactly(200, 0);
    }

    @Test
    void whereAPersonMustLogInTheAnswerSaysHow() throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());
        zendesk.nextTokenRequest(TokenFault.error(400, "invalid_grant"));

        HttpResponse<String> answer = acme.get(ME);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("AuthorizationRequired", "run 'zendesk-auth login'");
        assertThat(acme.get(ME).statusCode()).isEqualTo(502);
        assertThat(acme.get("/status").body()).contains("AUTHORIZATION_REQUIRED");
    }

    @Test
    void whereZendeskIssuesNoTokenJustNowTheAnswerSaysWhenToTryAgain() throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());
        zendesk.nextTokenRequest(TokenFault.unavailable("30"));

        HttpResponse<String> answer = acme.get(ME);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("TokenEndpointUnavailable");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 30);
    }

    @Test
    void aSlowOrUnreachableZendeskIsToldApart(@TempDir Path other) throws Exception {
        Limits hasty = new Limits(
                Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(200), Duration.ofSeconds(10));
        try (Proxied slow = Proxied.to(Proxied.grant(zendesk, other), other, hasty)) {
            zendesk.nextApiRequest(ApiFault.delay(Duration.ofSeconds(1)));
            HttpResponse<String> late = slow.get(ME);
            assertThat(late.statusCode()).isEqualTo(504);
            assertThat(late.body()).contains("ZendeskTimeout");
        }
        try (Proxied gone = Proxied.to(Proxied.fixed("http://127.0.0.1:1", "x"), other)) {
            HttpResponse<String> unreachable = gone.get(ME);
            assertThat(unreachable.statusCode()).isEqualTo(502);
            assertThat(unreachable.body()).contains("ZendeskUnreachable");
        }
    }

    private Iterable<Integer> statuses() {
        return zendesk.apiRequests().stream().map(ApiRequestSeen::status).toList();
    }
}
