package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Many are created, changed and deleted by a job, whose status tells what became of each. */
@ExtendWith(ZendeskExtension.class)
class JobsTest {
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
    @CsvSource({"tickets, ticket", "users, user", "organizations, organization"})
    void manyAreCreatedChangedAndDeletedByAJob(String plural, String singular) throws Exception {
        String path = "/api/v2/" + plural;
        List<?> two = List.of(Map.of("subject", "1", "name", "1"), Map.of("subject", "2", "name", "2"));

        JsonNode created = done(job("POST", path + "/create_many.json", Map.of(plural, two)));
        long first = created.at("/results/0/id").asLong();
        long second = created.at("/results/1/id").asLong();
        JsonNode same = done(job(
                "PUT",
                path + "/update_many?ids=" + first + "," + second,
                Map.of(singular, Map.of("external_id", "same"))));
        JsonNode each = done(job(
                "PUT",
                path + "/update_many",
                Map.of(plural, List.of(Map.of("id", first, "external_id", "one"), Map.of("id", second)))));

        assertThat(created.path("results"))
                .extracting(one -> one.path("index").asInt())
                .containsExactly(0, 1);
        assertThat(same.path("results"))
                .extracting(one -> one.path("status").asText())
                .containsOnly("Updated");
        assertThat(each.path("results")).allMatch(one -> one.path("success").asBoolean());
        assertThat(externalId(path, singular, first)).isEqualTo("one");
        assertThat(externalId(path, singular, second)).isEqualTo("same");
        done(job("DELETE", path + "/destroy_many?ids=" + first + "," + second, null));
        assertThat(http.bearer(path + "/" + first, token).statusCode()).isEqualTo(404);
        assertThat(http.bearer(path + "/" + second, token).statusCode()).isEqualTo(404);
    }

    private String externalId(String path, String singular, long id) throws Exception {
        return Http.json(http.bearer(path + "/" + id, token))
                .path(singular)
                .path("external_id")
                .asText();
    }

    @Test
    void aJobIsQueuedFirstAndCompletedWhenItsStatusIsAskedFor() throws Exception {
        JsonNode queued = job("DELETE", "/api/v2/tickets/destroy_many?ids=1", null);

        assertThat(queued.path("status").asText()).isEqualTo("queued");
        assertThat(queued.path("results").isNull()).isTrue();
        JsonNode completed = done(queued);
        assertThat(completed.path("job_type").asText()).isEqualTo("Bulk Delete Ticket");
        assertThat(completed.path("total").asInt()).isEqualTo(1);
        assertThat(completed.path("progress").asInt()).isEqualTo(1);
    }

    @Test
    void aTaskThatFailsStopsNoOther() throws Exception {
        JsonNode completed =
                done(job("PUT", "/api/v2/tickets/update_many?ids=99,1", Map.of("ticket", Map.of("status", "solved"))));

        assertThat(completed.at("/results/0/id").asInt()).isEqualTo(99);
        assertThat(completed.at("/results/0/error").asText()).isEqualTo("RecordNotFound");
        assertThat(completed.at("/results/0/success").asBoolean()).isFalse();
        assertThat(completed.at("/results/1/success").asBoolean()).isTrue();
        assertThat(zendesk.tickets().get(0)).containsEntry("status", "solved");
    }

    @Test
    void aJobAddsAndRemovesTagsWithoutTouchingTheOthers() throws Exception {
        http.write("POST", "/api/v2/tickets/1/tags", token, Map.of("tags", List.of("fire", "printer")));

        job(
                "PUT",
                "/api/v2/tickets/update_many?ids=1",
                Map.of("ticket", Map.of("additional_tags", List.of("vip"), "remove_tags", List.of("fire"))));

        assertThat(zendesk.tickets().get(0))
                .containsEntry("tags", List.of("printer", "vip"))
                .doesNotContainKey("additional_tags");
    }

    @Test
    void jobsAreListedAndShownByTheirIdsForADay() throws Exception {
        String first = job("DELETE", "/api/v2/tickets/destroy_many?ids=1", null)
                .path("id")
                .asText();
        String second = job("DELETE", "/api/v2/tickets/destroy_many?ids=2", null)
                .path("id")
                .asText();

        assertThat(ids("/api/v2/job_statuses.json")).containsExactly(first, second);
        assertThat(ids("/api/v2/job_statuses/show_many.json?ids=none," + second))
                .containsExactly(second);
        zendesk.advance(Duration.ofHours(25));
        token = zendesk.issue(zendesk.confidentialClient("app"), "read write").accessToken();
        assertThat(ids("/api/v2/job_statuses")).isEmpty();
        assertThat(http.bearer("/api/v2/job_statuses/" + first, token).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aJobTakesAHundredAtTheMost() throws Exception {
        List<?> tooMany = Collections.nCopies(101, Map.of("subject", "Spam"));

        assertThat(send("POST", "/api/v2/tickets/create_many", Map.of("tickets", tooMany))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("DELETE", "/api/v2/tickets/destroy_many", null).statusCode())
                .isEqualTo(400);
        assertThat(zendesk.tickets()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"groups", "ticket_fields", "requests"})
    void whatZendeskChangesOneByOneHasNoJobs(String plural) throws Exception {
        HttpResponse<String> answer = send("DELETE", "/api/v2/" + plural + "/destroy_many?ids=1", null);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Http.members(answer)).containsEntry("error", "InvalidEndpoint");
    }

    private List<String> ids(String path) throws Exception {
        return Http.json(http.bearer(path, token)).path("job_statuses").findValuesAsText("id").stream()
                .filter(id -> id.length() == 32)
                .toList();
    }

    private JsonNode job(String method, String path, @Nullable Object body) throws Exception {
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer).path("job_status");
    }

    /** The status of a job at its own address. */
    private JsonNode done(JsonNode job) throws Exception {
        String address = job.path("url").asText();
        JsonNode done = Http.json(http.bearer(address.substring(zendesk.url().length()), token))
                .path("job_status");
        assertThat(done.path("status").asText()).isEqualTo("completed");
        return done;
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) throws Exception {
        return http.write(method, path, token, body);
    }
}
