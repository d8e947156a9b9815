package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class ExportTest {
    private static final String EXPORT = "/api/v2/incremental/tickets/cursor.json";

    private ZendeskServer zendesk;
    private Http http;
    private String token;

    @BeforeEach
    void aBearer(ZendeskServer zendesk) {
        this.zendesk = zendesk;
        http = new Http(zendesk);
        token = zendesk.issue(zendesk.confidentialClient("app"), "read write").accessToken();
    }

    @Test
    void theExportTellsEachChangeOnceAndResumesAtItsCursor() throws Exception {
        JsonNode first = export("start_time=" + ago(Duration.ofDays(2)));
        assertThat(ids(first)).containsExactly(1L, 2L);
        assertThat(first.path("end_of_stream").asBoolean()).isTrue();

        zendesk.updateTicket(1, "solved");
        zendesk.createTicket("Third");
        zendesk.advance(Duration.ofSeconds(61));
        JsonNode second = export("cursor=" + first.path("after_cursor").asText());

        assertThat(ids(second)).containsExactly(1L, 3L);
        assertThat(second.at("/tickets/0/status").asText()).isEqualTo("solved");
        assertThat(ids(export("cursor=" + second.path("after_cursor").asText())))
                .isEmpty();
    }

    @Test
    void theExportGoesOnPageByPage() throws Exception {
        JsonNode first = export("per_page=1&start_time=" + ago(Duration.ofDays(2)));
        assertThat(ids(first)).containsExactly(1L);
        assertThat(first.path("end_of_stream").asBoolean()).isFalse();
        assertThat(first.path("after_url").asText()).startsWith(zendesk.url() + EXPORT + "?cursor=");

        JsonNode last = export("per_page=1&cursor=" + first.path("after_cursor").asText());
        assertThat(ids(last)).containsExactly(2L);
        assertThat(last.path("end_of_stream").asBoolean()).isTrue();
    }

    @Test
    void theLatestMinuteIsLeftForLater() throws Exception {
        long start = ago(Duration.ofMinutes(5));
        zendesk.createTicket("Young");
        JsonNode now = export("start_time=" + start);
        assertThat(ids(now)).isEmpty();
        assertThat(now.path("after_cursor").isNull()).isTrue();

        zendesk.advance(Duration.ofSeconds(61));
        assertThat(ids(export("start_time=" + start))).containsExactly(3L);
    }

    @Test
    void aStartThatIsTooRecentOrMissingIsRefused() throws Exception {
        HttpResponse<String> recent = http.bearer(EXPORT + "?start_time=" + ago(Duration.ZERO), token);
        assertThat(recent.statusCode()).isEqualTo(422);
        assertThat(recent.body()).contains("Too recent start_time. Use a start_time older than 60 seconds");
        assertThat(http.bearer(EXPORT, token).statusCode()).isEqualTo(400);
        assertThat(http.bearer(EXPORT + "?cursor=made-up", token).statusCode()).isEqualTo(400);
    }

    @Test
    void theEleventhExportOfAMinuteIsThrottled() throws Exception {
        String url = EXPORT + "?start_time=" + ago(Duration.ofDays(2));
        for (int i = 0; i < 10; i++) {
            assertThat(http.bearer(url, token).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = http.bearer(url, token);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 61L);

        zendesk.advance(Duration.ofSeconds(61));
        assertThat(http.bearer(url, token).statusCode()).isEqualTo(200);
    }

    @Test
    void theExportTakesTheScopeAndTheTokenOfTheOtherCalls() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("narrow");
        String url = EXPORT + "?start_time=0";
        assertThat(http.bearer(url, zendesk.issue(client, "users:read").accessToken())
                        .statusCode())
                .isEqualTo(403);
        assertThat(http.get(url).statusCode()).isEqualTo(401);
    }

    @Test
    void aTicketIsCreatedShownAndUpdated() throws Exception {
        HttpResponse<String> created = write("POST", "/api/v2/tickets.json", ticket("Broken"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(Http.json(created).at("/ticket/id").asLong()).isEqualTo(3);

        HttpResponse<String> updated =
                write("PUT", "/api/v2/tickets/3.json", "{\"ticket\":{\"id\":9,\"status\":\"open\"}}");
        assertThat(updated.statusCode()).isEqualTo(200);
        JsonNode shown = Http.json(http.bearer("/api/v2/tickets/3.json", token)).path("ticket");
        assertThat(shown.path("subject").asText()).isEqualTo("Broken");
        assertThat(shown.path("status").asText()).isEqualTo("open");
        assertThat(write("PUT", "/api/v2/tickets/99.json", ticket("x")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anIdempotencyKeyCreatesOnceForTwoHours() throws Exception {
        HttpResponse<String> first = create("k", "Broken");
        HttpResponse<String> again = create("k", "Broken");
        assertThat(first.headers().firstValue("x-idempotency-lookup")).hasValue("miss");
        assertThat(again.headers().firstValue("x-idempotency-lookup")).hasValue("hit");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(zendesk.tickets()).hasSize(3);

        HttpResponse<String> other = create("k", "Another");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(Http.members(other)).containsEntry("error", "IdempotentRequestError");

        zendesk.advance(Duration.ofMinutes(121));
        token = zendesk.issue(zendesk.confidentialClient("later"), "write").accessToken();
        create("k", "Broken");
        assertThat(zendesk.tickets()).hasSize(4);
    }

    @Test
    void anExportByTimeGoesOnWhereItEnded() throws Exception {
        JsonNode page = Http.json(http.bearer("/api/v2/incremental/tickets.json?start_time=0&per_page=1", token));

        assertThat(ids(page)).as("all of one second").containsExactly(1L, 2L);
        assertThat(page.path("count").asInt()).isEqualTo(2);
        assertThat(page.path("end_of_stream").asBoolean()).isTrue();
        long end = page.path("end_time").asLong();
        assertThat(zendesk.now().getEpochSecond() - end).isBetween(86_400L, 86_500L);
        assertThat(page.path("next_page").asText())
                .startsWith(zendesk.url() + "/api/v2/incremental/tickets.json?start_time=" + end);
    }

    @Test
    void aDeletedTicketIsToldOnceMoreAsDeleted() throws Exception {
        String cursor = export("start_time=0").path("after_cursor").asText();
        http.write("DELETE", "/api/v2/tickets/1.json", token, null);
        zendesk.advance(Duration.ofSeconds(61));

        JsonNode page = export("cursor=" + cursor);

        assertThat(ids(page)).containsExactly(1L);
        assertThat(page.at("/tickets/0/status").asText()).isEqualTo("deleted");
    }

    @Test
    void usersAreExportedToo() throws Exception {
        zendesk.addUser("jane@acme.test");
        zendesk.advance(Duration.ofSeconds(61));

        for (String path : List.of("users", "users/cursor.json")) {
            JsonNode page = Http.json(http.bearer("/api/v2/incremental/" + path + "?start_time=0", token));
            assertThat(page.path("users")).hasSize(2);
        }
    }

    @Test
    void theDelayAndTheLimitCanBeSet() throws Exception {
        zendesk.exportDelay(Duration.ZERO);
        zendesk.exportLimit(0);
        assertThat(http.bearer(EXPORT + "?start_time=0", token).statusCode()).isEqualTo(429);
        zendesk.exportLimit(1);
        zendesk.createTicket("Young");
        assertThat(ids(export("start_time=" + ago(Duration.ofMinutes(1))))).containsExactly(3L);
    }

    private JsonNode export(String query) throws Exception {
        HttpResponse<String> answer = http.bearer(EXPORT + "?" + query, token);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Http.json(answer);
    }

    private static List<Long> ids(JsonNode page) {
        List<Long> ids = new ArrayList<>();
        page.path("tickets").forEach(ticket -> ids.add(ticket.path("id").asLong()));
        return ids;
    }

    private long ago(Duration duration) {
        return zendesk.now().minus(duration).getEpochSecond();
    }

    private HttpResponse<String> create(String key, String subject) throws IOException, InterruptedException {
        return http.send(request("/api/v2/tickets.json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(ticket(subject))));
    }

    private HttpResponse<String> write(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(request(path).method(method, BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return http.request(path).header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
    }

    private static String ticket(String subject) {
        return Json.write(Map.of("ticket", Map.of("subject", subject, "comment", Map.of("body", "It is."))));
    }
}
