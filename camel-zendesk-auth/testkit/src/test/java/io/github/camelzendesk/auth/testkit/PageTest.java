package io.github.camelzendesk.auth.testkit;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists come in pages, by cursor or by number. */
@ExtendWith(ZendeskExtension.class)
class PageTest {
    private static final String TICKETS = "/api/v2/tickets.json";

    private ZendeskServer zendesk;
    private Http http;
    private String token;

    @BeforeEach
    void anAccountWithFiveTickets(ZendeskServer zendesk) {
        this.zendesk = zendesk;
        http = new Http(zendesk);
        token = zendesk.issue(zendesk.confidentialClient("app"), "read write").accessToken();
        for (int i = 3; i <= 5; i++) {
            zendesk.createTicket("Ticket " + i);
        }
    }

    @Test
    void theCursorLeadsForwardToTheEndAndBack() throws Exception {
        JsonNode first = get(TICKETS + "?page[size]=2");
        JsonNode second = follow(first, "next");
        JsonNode last = follow(second, "next");

        assertThat(List.of(ids(first), ids(second), ids(last)))
                .containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
        assertThat(first.at("/meta/has_more").asBoolean()).isTrue();
        assertThat(first.at("/links/prev").isNull()).isTrue();
        assertThat(first.has("next_page")).isFalse();
        assertThat(last.at("/meta/has_more").asBoolean()).isFalse();
        assertThat(last.at("/links/next").isNull()).isTrue();
        assertThat(ids(follow(last, "prev"))).containsExactly(3, 4);
        assertThat(ids(get(TICKETS + "?page[size]=2&page[after]="
                        + first.at("/meta/after_cursor").asText())))
                .containsExactly(3, 4);
    }

    @Test
    void whatIsDeletedBetweenTwoPagesMakesNoGap() throws Exception {
        JsonNode first = get(TICKETS + "?page[size]=2");
        http.write("DELETE", "/api/v2/tickets/1", token, null);
        http.write("DELETE", "/api/v2/tickets/2", token, null);

        assertThat(ids(follow(first, "next"))).containsExactly(3, 4);
    }

    @Test
    void theTokenMayDieBetweenTwoPages() throws Exception {
        URI next = URI.create(get(TICKETS + "?page[size]=2").at("/links/next").asText());
        zendesk.revoke(token);

        HttpResponse<String> refused = http.bearer(next.getRawPath() + "?" + next.getRawQuery(), token);

        assertThat(refused.statusCode()).isEqualTo(401);
        token = zendesk.issue(zendesk.confidentialClient("app"), "read").accessToken();
        assertThat(ids(get(next.getRawPath() + "?" + next.getRawQuery()))).containsExactly(3, 4);
    }

    @Test
    void pagesByNumberTellTheNextThePreviousAndTheWhole() throws Exception {
        JsonNode first = get(TICKETS + "?per_page=2&sort=id");
        JsonNode second = get(path(first.path("next_page").asText()));

        assertThat(ids(second)).containsExactly(3, 4);
        assertThat(second.path("count").asInt()).isEqualTo(5);
        assertThat(first.path("previous_page").isNull()).isTrue();
        assertThat(first.path("next_page").asText())
                .startsWith(zendesk.url() + TICKETS)
                .contains("sort=id");
        assertThat(ids(get(path(second.path("previous_page").asText())))).containsExactly(1, 2);
        assertThat(get(path(second.path("next_page").asText()))
                        .path("next_page")
                        .isNull())
                .isTrue();
        assertThat(first.has("meta") || first.has("links")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'', 100", "?per_page=1000, 100", "?page[size]=1000, 100", "?page[size]=0, 1", "?per_page=none, 100"})
    void aPageHasAHundredAtTheMost(String query, int size) throws Exception {
        for (int i = 0; i < 100; i++) {
            zendesk.createTicket("One of many");
        }
        assertThat(ids(get(TICKETS + query))).hasSize(size);
    }

    @Test
    void pagesByNumberEndAtTenThousand() throws Exception {
        HttpResponse<String> deep = http.bearer(TICKETS + "?page=101", token);

        assertThat(deep.statusCode()).isEqualTo(400);
        assertThat(Http.json(deep).at("/errors/0/code").asText()).isEqualTo("InvalidPaginationDepth");
    }

    @Test
    void aCursorThatWasNeverGivenIsRefused() throws Exception {
        for (String cursor : List.of("made-up", "***", "aWQ6eA")) {
            HttpResponse<String> refused = http.bearer(TICKETS + "?page[after]=" + cursor, token);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Http.json(refused).at("/errors/0/code").asText()).isEqualTo("InvalidPaginationParameter");
        }
    }

    private JsonNode follow(JsonNode page, String link) throws Exception {
        return get(path(page.path("links").path(link).asText()));
    }

    private static String path(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static List<Integer> ids(JsonNode page) {
        List<Integer> ids = new ArrayList<>();
        page.path("tickets").forEach(ticket -> ids.add(ticket.path("id").asInt()));
        return ids;
    }

    private JsonNode get(String path) throws Exception {
        return http.read(path, token);
    }
}
