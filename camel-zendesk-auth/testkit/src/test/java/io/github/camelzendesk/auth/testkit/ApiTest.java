package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** How API calls see who is calling. */
@ExtendWith(ZendeskExtension.class)
class ApiTest {
    private static final String ME = "/api/v2/users/me.json";
    private static final String TICKETS = "/api/v2/tickets.json";
    private static final String CURRENT = "/api/v2/oauth/tokens/current.json";
    private static final String SETTINGS = "/api/v2/account/settings.json";

    private ZendeskServer zendesk;
    private Http http;

    @BeforeEach
    void connect(ZendeskServer server) {
        zendesk = server;
        http = new Http(server);
    }

    @Test
    void usersMeIs200ForNobodyEvenWithAWrongPassword() throws Exception {
        zendesk.addUser("a@example.com");

        anonymous(http.get(ME));
        anonymous(http.basic(ME, "a@example.com:wrong"));
        anonymous(http.basic(ME, "nobody@example.com:wrong"));
        unauthenticated(http.get(SETTINGS));
        unauthenticated(http.basic(SETTINGS, "a@example.com:wrong"));
    }

    @Test
    void requestsThatAreNotToBeRecordedAreAnsweredAndForgotten() throws Exception {
        anonymous(http.get(ME));
        zendesk.recordApiRequests(false);
        anonymous(http.get(ME));
        assertThat(zendesk.apiRequests()).hasSize(1);
    }

    @Test
    void usersMeIs401ForAWrongApiTokenAndForADoubleTokenSuffix() throws Exception {
        String token = zendesk.apiToken("a@example.com");

        unauthenticated(http.basic(ME, "a@example.com/token:wrong"));
        unauthenticated(http.basic(ME, "a@example.com/token/token:" + token));
        assertThat(http.basic(ME, "a@example.com/token:" + token).body()).contains("\"email\":\"a@example.com\"");
    }

    @Test
    void anApiTokenBelongsToTheAccountAndWorksForAnyUserButNotAsABearer() throws Exception {
        zendesk.addUser("admin@example.com");
        String token = zendesk.apiToken("a@example.com");

        assertThat(http.basic(ME, "admin@example.com/token:" + token).body()).contains("admin@example.com");
        unauthenticated(http.basic(ME, "stranger@example.com/token:" + token));
        invalidToken(http.bearer(TICKETS, token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Basic YQ==", "Basic YWJj YWJj", "Digest username=a", "Basic YQ"})
    void aMalformedBasicHeaderIs401AndNoCrash(String authorization) throws Exception {
        unauthenticated(http.get(TICKETS, "Authorization", authorization));
        unauthenticated(http.get(ME, "Authorization", authorization));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer unknown", "bearer zat_"})
    void aDeadBearerIsInvalidTokenOnUsersMeToo(String authorization) throws Exception {
        invalidToken(http.get(TICKETS, "Authorization", authorization));
        invalidToken(http.get(ME, "Authorization", authorization));
    }

    @Test
    void invalidTokenMayMeanABadOnBehalfOf() throws Exception {
        IssuedTokens pair = zendesk.issue(zendesk.confidentialClient("app"), "read impersonate");
        String bearer = "Bearer " + pair.accessToken();

        invalidToken(http.get(TICKETS, "Authorization", bearer, "X-On-Behalf-Of", "nobody@example.com"));
        assertThat(zendesk.isLive(pair.accessToken())).isTrue();
        assertThat(http.get(TICKETS, "Authorization", bearer).statusCode()).isEqualTo(200);
        zendesk.addUser("jane@acme.test");
        JsonNode jane = Http.json(http.bearer("/api/v2/users/search?query=jane", pair.accessToken()));
        for (String person : List.of("jane@acme.test", jane.at("/users/0/id").asText())) {
            assertThat(http.get(TICKETS, "Authorization", bearer, "X-On-Behalf-Of", person)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void writeDoesNotIncludeReadAndAMissingScopeIs403() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String writer = zendesk.issue(client, "tickets:write").accessToken();

        HttpResponse<String> read = http.bearer(TICKETS, writer);

        assertThat(read.statusCode()).isEqualTo(403);
        assertThat(Http.json(read).path("error").asText()).isEqualTo("Forbidden");
        assertThat(Http.json(read).path("description").asText())
                .isEqualTo("You are missing the following required scopes: read");
        assertThat(post(writer).statusCode()).isEqualTo(201);
        assertThat(post(zendesk.issue(client, "read").accessToken()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void currentDescribesTheBearerAndCutsItsTokenTo10Characters() throws Exception {
        IssuedTokens pair = zendesk.issue(zendesk.confidentialClient("app"), "read tickets:write");

        HttpResponse<String> answer = http.bearer(CURRENT, pair.accessToken());

        JsonNode token = Http.json(answer).path("token");
        assertThat(token.path("token").asText()).isEqualTo(pair.accessToken().substring(0, 10));
        assertThat(token.path("client_id").isNumber()).isTrue();
        assertThat(token.path("scopes")).hasSize(2);
        assertThat(token.path("expires_at").asText()).matches("[-0-9]{10}T[:0-9]{8}Z");
        assertThat(token.path("refresh_token_expires_at").asText()).endsWith("Z");
        assertThat(answer.body()).doesNotContain(pair.accessToken(), pair.refreshToken());
    }

    @Test
    void currentKnowsNoExpiryForATokenThatHasNone() throws Exception {
        RegisteredClient client = zendesk.legacyClient("old");
        HttpResponse<String> answer = http.token(Http.credentials(client) + "&grant_type=client_credentials");

        JsonNode token = Http.json(http.bearer(
                        CURRENT, Http.json(answer).path("access_token").asText()))
                .path("token");

        assertThat(token.path("expires_at").isNull()).isTrue();
        assertThat(token.path("refresh_token").isNull()).isTrue();
    }

    @Test
    void deletingCurrentRevokesThePairForGood() throws Exception {
        IssuedTokens pair = zendesk.issue(zendesk.confidentialClient("app"), "read");

        HttpResponse<String> deleted = http.send(http.request(CURRENT)
                .header("Authorization", "Bearer " + pair.accessToken())
                .DELETE());

        assertThat(deleted.statusCode()).isEqualTo(204);
        invalidToken(http.bearer(TICKETS, pair.accessToken()));
        assertThat(zendesk.isLiveRefreshToken(pair.refreshToken())).isFalse();
    }

    private HttpResponse<String> post(String accessToken) throws Exception {
        return http.send(http.request(TICKETS)
                .header("Authorization", "Bearer " + accessToken)
                .POST(BodyPublishers.ofString("{}")));
    }

    private static void anonymous(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Http.json(answer).at("/user/id").isNull()).isTrue();
        assertThat(Http.json(answer).at("/user/name").asText()).isEqualTo("Anonymous user");
    }

    private static void unauthenticated(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Couldn't authenticate you\"}");
    }

    private static void invalidToken(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(Http.members(answer))
                .isEqualTo(Map.of(
                        "error",
                        "invalid_token",
                        "error_description",
                        "The access token provided is expired, revoked, malformed or invalid for other reasons."));
    }
}
