package io.github.camelzendesk.auth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The usual queries of Zendesk's search. */
@ExtendWith(ZendeskExtension.class)
class SearchTest {
    private Http http;
    private String token;

    @BeforeEach
    void anAccount(ZendeskServer zendesk) throws Exception {
        http = new Http(zendesk);
        token = zendesk.issue(zendesk.confidentialClient("app"), "read write").accessToken();
        Map<String, Object> ticket = Map.of(
                "subject",
                "Ink is out",
                "status",
                "solved",
                "tags",
                List.of("printer", "ink"),
                "priority",
                "high",
                "comment",
                Map.of("body", "The printer again"),
                "requester",
                Map.of("email", "jane@acme.test"));
        http.write("POST", "/api/v2/tickets", token, Map.of("ticket", ticket));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "printer type:ticket          | 1,3",
                "PRINTER type:ticket          | 1,3",
                "type:ticket status:open      | 1",
                "type:ticket status<solved    | 1,2",
                "type:ticket status>=solved   | 3",
                "type:ticket -status:solved   | 1,2",
                "type:ticket tags:ink         | 3",
                "subject:\"my printer\"       | 1",
                "requester:jane@acme.test     | 3",
                "type:ticket assignee:none    | 1,2,3",
                "type:ticket created<1999-01-01 | ''",
                "type:ticket created>1999-01-01 | 1,2,3",
                "priority:high fire           | ''"
            })
    void aQueryFindsWhatFitsAllItsTerms(String query, String ids) throws Exception {
        assertThat(String.join(",", ids(get("/api/v2/search.json?query=" + Http.encoded(query)))))
                .isEqualTo(ids);
    }

    @Test
    void eachResultTellsItsTypeAndTheListComesInPages() throws Exception {
        JsonNode page = get("/api/v2/search.json?query=acme.test&per_page=1");

        assertThat(page.at("/results/0/result_type").asText()).isEqualTo("user");
        assertThat(page.path("count").asInt()).isEqualTo(1);
        assertThat(get("/api/v2/search/count?query=type:ticket").path("count").asInt())
                .isEqualTo(3);
        assertThat(get("/api/v2/users/search?query=jane").at("/users/0/email").asText())
                .isEqualTo("jane@acme.test");
    }

    @Test
    void anExportOfASearchGoesByCursor() throws Exception {
        JsonNode page = get("/api/v2/search/export?query=&filter[type]=ticket&page[size]=2");

        assertThat(ids(page)).containsExactly("1", "2");
        assertThat(page.at("/meta/has_more").asBoolean()).isTrue();
        assertThat(page.at("/links/next").asText()).contains("filter%5Btype%5D=ticket");
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("results").forEach(result -> ids.add(result.path("id").asText()));
        return ids;
    }

    private JsonNode get(String path) throws Exception {
        return http.read(path, token);
    }
}
