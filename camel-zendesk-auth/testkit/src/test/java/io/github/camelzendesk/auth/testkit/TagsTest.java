package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpResponse;
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

/** The tags of one thing, and those of all tickets. */
@ExtendWith(ZendeskExtension.class)
class TagsTest {
    private Http http;
    private String token;

    @BeforeEach
    void aBearer(ZendeskServer zendesk) {
        http = new Http(zendesk);
        token = zendesk.issue(zendesk.confidentialClient("app"), "read write").accessToken();
    }

    @ParameterizedTest
    @CsvSource({"tickets, ticket", "users, user", "organizations, organization"})
    void tagsAreSetAddedAndRemoved(String plural, String singular) throws Exception {
        Map<String, ?> sent = Map.of(singular, Map.of("name", "New", "subject", "New", "tags", List.of("old")));
        long id = Http.json(send("POST", "/api/v2/" + plural, sent))
                .path(singular)
                .path("id")
                .asLong();
        String tags = "/api/v2/" + plural + "/" + id + "/tags.json";

        tags(200, send("GET", tags, null), "old");
        tags(201, send("POST", tags, Map.of("tags", List.of("a", "b"))), "a", "b");
        tags(200, send("PUT", tags, Map.of("tags", List.of("b", "c"))), "a", "b", "c");
        tags(200, send("DELETE", tags, Map.of("tags", List.of("a", "z"))), "b", "c");
        tags(200, send("DELETE", tags + "?tags=c", null), "b");
        JsonNode tagged =
                Http.json(send("GET", "/api/v2/" + plural + "/" + id, null)).path(singular);
        assertThat(tagged.path("tags").toString()).isEqualTo("[\"b\"]");
        assertThat(send("GET", "/api/v2/" + plural + "/99/tags", null).statusCode())
                .isEqualTo(404);
    }

    private static void tags(int status, HttpResponse<String> answer, String... names) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Http.json(answer).path("tags")).extracting(JsonNode::asText).containsExactly(names);
    }

    @Test
    void theTagsOfAllTicketsAreCounted() throws Exception {
        send("PUT", "/api/v2/tickets/1", Map.of("ticket", Map.of("tags", List.of("printer", "fire"))));
        send("PUT", "/api/v2/tickets/2", Map.of("ticket", Map.of("tags", List.of("printer"))));

        JsonNode tags = Http.json(send("GET", "/api/v2/tags.json", null));

        assertThat(tags.path("tags")).hasSize(2);
        assertThat(tags.at("/tags/0").toString()).contains("\"printer\"", "2");
        assertThat(Http.json(send("GET", "/api/v2/tags?page[size]=1", null))
                        .at("/meta/has_more")
                        .asBoolean())
                .isTrue();
        assertThat(Http.json(send("GET", "/api/v2/tags/count", null))
                        .at("/count/value")
                        .asInt())
                .isEqualTo(2);
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) throws Exception {
        return http.write(method, path, token, body);
    }
}
