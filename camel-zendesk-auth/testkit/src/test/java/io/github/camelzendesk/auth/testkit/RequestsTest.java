package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests: tickets, as those who ask for help see them, and may create them without authentication. */
@ExtendWith(ZendeskExtension.class)
class RequestsTest {
    private static final Map<String, ?> HELP = Map.of(
            "request",
            Map.of(
                    "subject", "Help!",
                    "comment", Map.of("body", "My printer is on fire."),
                    "requester", Map.of("name", "Anonymous customer")));

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
    void nobodyKnownMayAskForHelpAndATicketComesOfIt() throws Exception {
        HttpResponse<String> answer = anonymous("/api/v2/requests.json", HELP);

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode request = Http.json(answer).path("request");
        long id = request.path("id").asLong();
        assertThat(request.path("description").asText()).isEqualTo("My printer is on fire.");
        assertThat(request.path("url").asText()).isEqualTo(zendesk.url() + "/api/v2/requests/" + id + ".json");
        assertThat(request.has("comment") || request.has("requester") || request.has("tags"))
                .isFalse();
        JsonNode ticket = get("/api/v2/tickets/" + id).path("ticket");
        JsonNode requester = get("/api/v2/users/" + ticket.path("requester_id")).path("user");
        assertThat(requester.path("name").asText()).isEqualTo("Anonymous customer");
        assertThat(requester.path("role").asText()).isEqualTo("end-user");
        assertThat(ticket.path("submitter_id")).isEqualTo(ticket.path("requester_id"));
        assertThat(get("/api/v2/users").path("users")).hasSize(2);
    }

    @Test
    void anAnonymousRequestNeedsARequesterAndADescription() throws Exception {
        for (Map<String, ?> request : List.<Map<String, ?>>of(
                Map.of("comment", Map.of("body", "Help!"), "requester_id", 1),
                Map.of("requester", Map.of("name", "Jane")))) {
            HttpResponse<String> answer = anonymous("/api/v2/requests", Map.of("request", request));
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(Http.members(answer)).containsEntry("error", "RecordInvalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/tickets", "/api/v2/requests/1", "/api/v2/users"})
    void nothingElseIsAnonymous(String path) throws Exception {
        assertThat(anonymous(path, HELP).statusCode()).isEqualTo(401);
        assertThat(http.get("/api/v2/requests").statusCode()).isEqualTo(401);
    }

    @Test
    void anAccountMayForbidAnonymousRequests() throws Exception {
        zendesk.anonymousRequests(false);

        assertThat(anonymous("/api/v2/requests", HELP).statusCode()).isEqualTo(401);
        assertThat(http.write("POST", "/api/v2/requests", token, HELP).statusCode())
                .isEqualTo(201);
        assertThat(http.write("POST", "/api/v2/requests", "dead", HELP).statusCode())
                .isEqualTo(401);
    }

    @Test
    void everybodySeesTheirOwnRequestsOnlyAndThePublicComments() throws Exception {
        long other =
                Http.json(anonymous("/api/v2/requests", HELP)).at("/request/id").asLong();
        for (String path : List.of("/api/v2/requests/1", "/api/v2/tickets/1")) {
            String name = path.contains("requests") ? "request" : "ticket";
            Map<String, ?> comment = Map.of("body", "By " + name, "public", name.equals("request"));
            http.write("PUT", path, token, Map.of(name, Map.of("comment", comment)));
        }

        assertThat(get("/api/v2/requests").path("requests"))
                .extracting(request -> request.path("id").asInt())
                .containsExactly(1, 2);
        assertThat(http.bearer("/api/v2/requests/" + other, token).statusCode()).isEqualTo(404);
        assertThat(get("/api/v2/requests/1/comments").path("comments"))
                .extracting(comment -> comment.path("body").asText())
                .containsExactly("My printer is on fire", "By request");
        assertThat(get("/api/v2/tickets/1/comments").path("comments")).hasSize(3);
    }

    @Test
    void aRequestIsSolvedByItsRequesterAndNeverDeleted() throws Exception {
        http.write("PUT", "/api/v2/requests/1", token, Map.of("request", Map.of("solved", true)));

        assertThat(zendesk.tickets().get(0)).containsEntry("status", "solved").doesNotContainKey("solved");
        assertThat(http.write("DELETE", "/api/v2/requests/1", token, null).statusCode())
                .isEqualTo(404);
        assertThat(zendesk.tickets()).hasSize(2);
    }

    private HttpResponse<String> anonymous(String path, @Nullable Object body) throws Exception {
        return http.send(http.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    private JsonNode get(String path) throws Exception {
        return http.read(path, token);
    }
}
