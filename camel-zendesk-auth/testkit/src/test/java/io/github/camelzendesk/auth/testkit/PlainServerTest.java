package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.WireMock;

import static org.assertj.core.api.Assertions.assertThat;

/** Headers and pages are those of Zendesk, not those of a mock. */
@ExtendWith(ZendeskExtension.class)
class PlainServerTest {
    private static final List<String> TRACES = List.of("jetty", "wiremock", "matched-stub", "server:", "vary:");

    private ZendeskServer zendesk;
    private Http http;

    @BeforeEach
    void connect(ZendeskServer server) {
        zendesk = server;
        http = new Http(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/users/me.json",
                "/api/v2/tickets.json",
                "/oauth/tokens",
                "/oauth/authorizations/new",
                "/oauth/authorizations/new?x=%zz",
                "/%zz",
                "/",
                "/__admin/mappings",
                "/__admin"
            })
    void noAnswerTellsThatItComesFromAMock(String path) throws Exception {
        assertThat(http.rawGet(path).toLowerCase(Locale.ROOT))
                .startsWith("http/1.1 ")
                .doesNotContain(TRACES);
    }

    @Test
    void theTestsOwnStubsDoNotEither() throws Exception {
        var stub = zendesk.wireMock().stubFor(WireMock.get("/api/v2/away").willReturn(WireMock.ok("stubbed")));
        try {
            assertThat(http.rawGet("/api/v2/away").toLowerCase(Locale.ROOT))
                    .contains("stubbed")
                    .doesNotContain(TRACES);
        } finally {
            zendesk.wireMock().removeStub(stub);
        }
    }

    @Test
    void eachAnswerTellsTheTimeAsTheStandInSeesIt() throws Exception {
        zendesk.advance(Duration.ofDays(3));

        assertThat(Duration.between(Instant.now(), date(http.get("/oauth/tokens"))))
                .isBetween(Duration.ofHours(71), Duration.ofHours(72));
    }

    private static Instant date(HttpResponse<String> answer) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header(answer, "Date")));
    }

    @Test
    void eachAnswerHasAnIdOfItsOwnAndThoseOfTheApiTellTheRate() throws Exception {
        HttpResponse<String> one = http.get("/api/v2/tickets.json");
        HttpResponse<String> other = http.get("/api/v2/tickets.json");

        assertThat(header(one, "X-Request-Id")).isNotBlank().isNotEqualTo(header(other, "X-Request-Id"));
        assertThat(header(http.get("/oauth/tokens"), "X-Request-Id")).isNotBlank();
        for (String limit : List.of("X-Rate-Limit", "ratelimit-limit")) {
            assertThat(header(one, limit)).isEqualTo("700");
        }
        for (String remaining : List.of("X-Rate-Limit-Remaining", "ratelimit-remaining")) {
            assertThat(Integer.parseInt(header(one, remaining))).isBetween(698, 699);
        }
        assertThat(Integer.parseInt(header(one, "ratelimit-reset"))).isBetween(1, 60);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
