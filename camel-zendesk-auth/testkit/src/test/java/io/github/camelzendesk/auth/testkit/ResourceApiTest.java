package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be done to tickets, users and the rest. */
@ExtendWith(ZendeskExtension.class)
class ResourceApiTest {
    private static final Map<String, Object> BROKEN = Map.of(
            "ticket",
            Map.of(
                    "subject", "Broken",
                    "comment", Map.of("body", "It is."),
                    "requester", Map.of("name", "Jane", "email", "jane@acme.test"),
                    "metadata", Map.of()));

    private ZendeskServer zendesk;
    private Http http;
    private String token;

    @BeforeEach
    void aBearer(ZendeskServer zendesk) {
        this.zendesk = zendesk;
        http = new Http(zendesk);
        token = zendesk.issue(zendesk.confidentialClient("app"), "read write").accessToken();
    }

    @ParameterizedTest
    @CsvSource({"tickets, ticket", "organizations, organization", "groups, group", "ticket_fields, ticket_field"})
    void whatIsDeletedIsGoneAndItsIdIsNeverUsedAgain(String plural, String singular) throws Exception {
        String list = "/api/v2/" + plural + ".json";
        long id = create(list, singular).path("id").asLong();
        String one = "/api/v2/" + plural + "/" + id + ".json";

        HttpResponse<String> deleted = send("DELETE", one, null);

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        for (HttpResponse<String> late : List.of(
                http.bearer(one, token), send("DELETE", one, null), send("PUT", one, Map.of(singular, Map.of())))) {
            assertThat(late.statusCode()).isEqualTo(404);
            assertThat(Http.members(late)).containsEntry("error", "RecordNotFound");
        }
        assertThat(get(list).path(plural)).noneMatch(each -> each.path("id").asLong() == id);
        assertThat(create(list, singular).path("id").asLong()).isNotEqualTo(id);
    }

    @Test
    void aDeletedUserIsToldOnceAsOneWhoIsNoLongerActive() throws Exception {
        long id = create("/api/v2/users.json", "user").path("id").asLong();

        HttpResponse<String> deleted = send("DELETE", "/api/v2/users/" + id, null);

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(Http.json(deleted).at("/user/active").asBoolean()).isFalse();
        assertThat(get("/api/v2/users").path("users"))
                .noneMatch(user -> user.path("id").asLong() == id);
    }

    @Test
    void noAnswerRepeatsWhatCanOnlyBeWritten() throws Exception {
        JsonNode created = Http.json(send("POST", "/api/v2/tickets.json", BROKEN));
        JsonNode updated = Http.json(send("PUT", "/api/v2/tickets/3", BROKEN));

        for (JsonNode ticket : List.of(
                created.path("ticket"),
                updated.path("ticket"),
                get("/api/v2/tickets/3").path("ticket"),
                get("/api/v2/tickets").at("/tickets/2"))) {
            assertThat(ticket.has("comment") || ticket.has("requester") || ticket.has("metadata"))
                    .isFalse();
            assertThat(ticket.path("description").asText()).isEqualTo("It is.");
            assertThat(ticket.at("/via/channel").asText()).isEqualTo("api");
        }
        assertThat(created.at("/audit/ticket_id").asLong()).isEqualTo(3);
        assertThat(send("POST", "/api/v2/users", Map.of("user", Map.of("name", "J", "password", "p")))
                        .body())
                .doesNotContain("password");
    }

    @Test
    void theRequesterOfATicketBecomesAUserOnce() throws Exception {
        long jane = Http.json(send("POST", "/api/v2/tickets", BROKEN))
                .at("/ticket/requester_id")
                .asLong();

        assertThat(get("/api/v2/users/" + jane).at("/user/email").asText()).isEqualTo("jane@acme.test");
        assertThat(Http.json(send("POST", "/api/v2/tickets", BROKEN))
                        .at("/ticket/requester_id")
                        .asLong())
                .isEqualTo(jane);
    }

    @Test
    void commentsAreListedWithTheirTicket() throws Exception {
        send("PUT", "/api/v2/tickets/1", Map.of("ticket", Map.of("comment", Map.of("body", "More", "public", false))));

        JsonNode comments = get("/api/v2/tickets/1/comments.json?sort_order=asc");

        assertThat(comments.path("comments"))
                .extracting(comment -> comment.path("body").asText())
                .containsExactly("My printer is on fire", "More");
        assertThat(comments.at("/comments/1/public").asBoolean()).isFalse();
        assertThat(comments.at("/comments/1/author_id").asLong()).isPositive();
        assertThat(comments.path("count").asInt()).isEqualTo(2);
        assertThat(get("/api/v2/tickets/1/comments/count").at("/count/value").asInt())
                .isEqualTo(2);
        assertThat(http.bearer("/api/v2/tickets/99/comments", token).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aCountHasAValueAndATime() throws Exception {
        JsonNode count = get("/api/v2/tickets/count.json").path("count");

        assertThat(count.path("value").asInt()).isEqualTo(2);
        assertThat(count.path("refreshed_at").asText()).matches("[-0-9]+T[:0-9]+Z");
        assertThat(get("/api/v2/users/count").at("/count/value").asInt()).isEqualTo(1);
    }

    @Test
    void showManyShowsThoseThatAreThere() throws Exception {
        JsonNode shown = get("/api/v2/tickets/show_many.json?ids=2,99,1");

        assertThat(shown.path("tickets"))
                .extracting(ticket -> ticket.path("id").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void aMemberCanBeSetToNullAndWhatZendeskMakesCannotBeSet() throws Exception {
        send("PUT", "/api/v2/tickets/1", Map.of("ticket", Map.of("priority", "high")));
        Map<String, @Nullable Object> sent = Json.map("{\"priority\":null,\"id\":9,\"created_at\":\"never\"}");

        JsonNode ticket = Http.json(send("PUT", "/api/v2/tickets/1", Map.of("ticket", sent)))
                .path("ticket");

        assertThat(ticket.path("priority").isNull()).isTrue();
        assertThat(ticket.path("id").asInt()).isEqualTo(1);
        assertThat(ticket.path("created_at").asText()).endsWith("Z");
    }

    @Test
    void aMethodThatIsNotDocumentedIsNotAnsweredAsAnother() throws Exception {
        for (String method : List.of("POST", "PATCH")) {
            HttpResponse<String> answer = send(method, "/api/v2/tickets/1", Map.of("ticket", Map.of()));
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(Http.members(answer)).containsEntry("error", "InvalidEndpoint");
        }
    }

    @Test
    void eachAccountHasTheFieldsOfItsTickets() throws Exception {
        assertThat(get("/api/v2/ticket_fields.json").path("ticket_fields"))
                .extracting(field -> field.path("type").asText())
                .contains("subject", "status", "assignee");
    }

    @Test
    void numericIdsAreNeverTheSame() throws Exception {
        for (int i = 0; i < 50; i++) {
            zendesk.confidentialClient("client" + i);
            zendesk.addUser("user" + i + "@acme.test");
        }
        List<Long> ids = new ArrayList<>();
        get("/api/v2/users")
                .path("users")
                .forEach(user -> ids.add(user.path("id").asLong()));
        get("/api/v2/oauth/clients")
                .path("clients")
                .forEach(one -> ids.add(one.path("id").asLong()));

        assertThat(ids).hasSize(102).doesNotHaveDuplicates();
    }

    @Test
    void anyOtherPathIsAnsweredToWhoIsAuthenticatedIfThatIsSwitchedOn() throws Exception {
        String path = "/api/v2/guide/theming/jobs";
        assertThat(http.bearer(path, token).statusCode()).isEqualTo(404);

        zendesk.answerAnything(true);

        assertThat(http.bearer(path, token).body()).isEqualTo("{}");
        assertThat(send("POST", "/hc/api/internal/jobs", Map.of()).statusCode()).isEqualTo(200);
        assertThat(http.bearer("/api/v2/tickets/99", token).statusCode()).isEqualTo(404);
        assertThat(http.get(path).statusCode()).isEqualTo(401);
        assertThat(http.bearer(path, "dead").statusCode()).isEqualTo(401);
    }

    @Test
    void addressesAreThoseOfTheTlsTerminatorThatStandsBefore() throws Exception {
        String[] forwarded = {
            "Authorization", "Bearer " + token, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "acme.zendesk.com"
        };

        JsonNode page = Http.json(http.get("/api/v2/tickets.json?page[size]=1", forwarded));
        JsonNode export = Http.json(http.get("/api/v2/incremental/tickets/cursor.json?start_time=0", forwarded));

        assertThat(page.at("/tickets/0/url").asText()).isEqualTo("https://acme.zendesk.com/api/v2/tickets/1.json");
        assertThat(page.at("/links/next").asText()).startsWith("https://acme.zendesk.com/api/v2/tickets.json?page");
        assertThat(export.path("after_url").asText()).startsWith("https://acme.zendesk.com/api/v2/incremental/");
        assertThat(get("/api/v2/tickets/1").at("/ticket/url").asText()).startsWith(zendesk.url() + "/api/v2/");
    }

    private JsonNode create(String list, String singular) throws Exception {
        HttpResponse<String> created = send("POST", list, Map.of(singular, Map.of("name", "New")));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location"))
                .hasValue(Http.json(created).path(singular).path("url").asText());
        return Http.json(created).path(singular);
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) throws Exception {
        return http.write(method, path, token, body);
    }

    private JsonNode get(String path) throws Exception {
        return http.read(path, token);
    }
}
