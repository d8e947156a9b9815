package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the token endpoint takes and refuses. */
@ExtendWith(ZendeskExtension.class)
class TokenEndpointTest {
    private static final String UNATTENDED = "&grant_type=client_credentials";

    private ZendeskServer zendesk;
    private Http http;

    @BeforeEach
    void connect(ZendeskServer server) {
        zendesk = server;
        http = new Http(server);
    }

    @Test
    void theClientIdIsTheIdentifierStringAndItsNumericIdIsAnInvalidClient() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens pair = zendesk.issue(client, "read");
        JsonNode token = Http.json(http.bearer("/api/v2/oauth/tokens/current.json", pair.accessToken()))
                .path("token");

        HttpResponse<String> answer = http.token(
                "client_id=" + token.path("client_id").asLong() + "&client_secret=" + client.secret() + UNATTENDED);

        refused(answer, 401, "invalid_client");
    }

    @Test
    void aPublicClientRefreshesWithoutASecretYetOwnsOneAndMayNotUseClientCredentials() throws Exception {
        RegisteredClient client = zendesk.publicClient("desktop");
        String refreshToken = zendesk.issue(client, "read").refreshToken();

        assertThat(client.secret()).isNotBlank();
        assertThat(http.token("client_id=desktop&grant_type=refresh_token&refresh_token=" + refreshToken)
                        .statusCode())
                .isEqualTo(200);
        refused(http.token(Http.credentials(client) + UNATTENDED), 400, "unauthorized_client");
    }

    @Test
    void aConfidentialClientNeedsItsSecretInTheBodyUnlessItRedeemsACodeByPkce() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String refreshToken = zendesk.issue(client, "read").refreshToken();
        String refresh = "client_id=app&grant_type=refresh_token&refresh_token=" + refreshToken;

        refused(http.token(refresh), 401, "invalid_client");
        refused(http.token(refresh + "&client_secret=wrong"), 401, "invalid_client");
        refused(http.token(refresh + "&code_verifier=" + Http.VERIFIER), 401, "invalid_client");
        refused(basic(client), 401, "invalid_client");
        assertThat(zendesk.isLiveRefreshToken(refreshToken)).isTrue();
        assertThat(http.redeem(client, http.code(client), Http.VERIFIER).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password&username=a&password=b, unsupported_grant_type",
        "grant_type=implicit, unsupported_grant_type",
        "grant_type=refresh+token, unsupported_grant_type",
        "code=x, unsupported_grant_type",
        "grant_type=refresh_token, invalid_grant",
        "grant_type=authorization_code, invalid_grant"
    })
    void anUnknownGrantTypeAndAMisnamedParameterAreRefused(String form, String error) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");

        refused(http.token(Http.credentials(client) + "&" + form), 400, error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&redirect_uri=http%3A%2F%2F127.0.0.1%3A33333", "&redirect_uri=http%3A%2F%2Flocalhost"})
    void aCodeIsRefusedWithoutTheVeryRedirectUriItWasIssuedFor(String redirect) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String form = Http.credentials(client) + "&grant_type=authorization_code&code=" + http.code(client)
                + "&code_verifier=" + Http.VERIFIER;

        refused(http.token(form + redirect), 400, "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expires_in=soon",
                "expires_in=99999999999999999999",
                "expires_in=-1",
                "expires_in=299",
                "expires_in=172801",
                "refresh_token_expires_in=604799",
                "refresh_token_expires_in=7776001"
            })
    void aLifetimeThatIsNoNumberOrOutOfRangeIsRefusedAndCostsNoRotation(String lifetime) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String refreshToken = zendesk.issue(client, "read").refreshToken();

        HttpResponse<String> answer = http.refresh(client, refreshToken + "&" + lifetime);

        refused(answer, 422, "invalid_request");
        assertThat(zendesk.isLiveRefreshToken(refreshToken)).isTrue();
        assertThat(http.refresh(client, refreshToken + "&expires_in=172800&refresh_token_expires_in=7776000")
                        .body())
                .contains("\"expires_in\":172800", "\"refresh_token_expires_in\":7776000");
    }

    @Test
    void jsonWorksAsWellAsAForm() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String json = "{\"client_id\":\"app\",\"client_secret\":\"%s\",\"grant_type\":\"client_credentials\","
                + "\"scope\":%s,\"expires_in\":%s}";

        assertThat(http.tokenByJson(json.formatted(client.secret(), "\"read\"", 600))
                        .body())
                .contains("\"expires_in\":600");
        assertThat(http.tokenByJson(json.formatted(client.secret(), "null", "null"))
                        .body())
                .contains("\"expires_in\":1800");
    }

    @Test
    void queryParametersWorkAsWellAsAForm() throws Exception {
        String query = Http.credentials(zendesk.confidentialClient("app")) + UNATTENDED;

        assertThat(http.send(http.request("/oauth/tokens?" + query).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aJsonArrayAsScopeYieldsATokenThatOnlyGets403() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String json = "{\"client_id\":\"app\",\"client_secret\":\"" + client.secret()
                + "\",\"grant_type\":\"client_credentials\",\"scope\":[\"read\",\"write\"]}";

        HttpResponse<String> answer = http.tokenByJson(json);

        assertThat(answer.statusCode()).isEqualTo(200);
        String token = Http.json(answer).path("access_token").asText();
        assertThat(http.bearer("/api/v2/tickets.json", token).statusCode()).isEqualTo(403);
        assertThat(http.bearer("/api/v2/users/me.json", token).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1]", "{\"client_id\":", "7"})
    void aBodyThatIsNoJsonObjectIsAnInvalidClientAndNoCrash(String json) throws Exception {
        refused(http.tokenByJson(json), 401, "invalid_client");
    }

    @Test
    void malformedPercentEncodingIsAnInvalidRequestAndNoCrash() throws Exception {
        refused(http.token("grant_type=%zz&client_id=%"), 400, "invalid_request");
    }

    @Test
    void unknownScopesAreSilentlyDroppedAndOutOfCeilingScopesAreRefused() throws Exception {
        RegisteredClient open = zendesk.confidentialClient("open");
        RegisteredClient limited = zendesk.limitedClient("limited", "tickets:read");

        assertThat(scope(http.token(Http.credentials(open) + UNATTENDED + "&scope=read%20nonsense%20groups:read")))
                .isEqualTo("read groups:read");
        refused(http.token(Http.credentials(limited) + UNATTENDED + "&scope=write"), 400, "invalid_scope");
        assertThat(scope(http.token(Http.credentials(limited) + UNATTENDED)))
                .as("scope is optional on client credentials")
                .isEqualTo("tickets:read");
    }

    @Test
    void aRefreshThatOmitsTheScopeKeepsIt() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens pair = zendesk.issue(client, "tickets:read impersonate");

        assertThat(scope(http.refresh(client, pair.refreshToken()))).isEqualTo("tickets:read impersonate");
    }

    @Test
    void clientCredentialsGiveNoRefreshTokenAnd30MinutesAreTheDefault() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");

        assertThat(http.token(Http.credentials(client) + UNATTENDED).body())
                .contains("\"token_type\":\"bearer\"", "\"expires_in\":1800")
                .doesNotContain("refresh_token");
    }

    @Test
    void theTokenEndpointAnswers200InPracticeAnd201AsInTheDocs() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");

        assertThat(http.token(Http.credentials(client) + UNATTENDED).statusCode())
                .isEqualTo(200);
        zendesk.successStatus(201);
        assertThat(http.token(Http.credentials(client) + UNATTENDED).statusCode())
                .isEqualTo(201);
    }

    @Test
    void whoFollowsARedirectWithAGetFindsNothing() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");

        assertThat(http.get("/oauth/tokens?" + Http.credentials(client) + UNATTENDED)
                        .statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> basic(RegisteredClient client) throws Exception {
        String pair = Base64.getEncoder()
                .encodeToString((client.identifier() + ":" + client.secret()).getBytes(StandardCharsets.UTF_8));
        return http.send(http.request("/oauth/tokens")
                .header("Authorization", "Basic " + pair)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    }

    private static String scope(HttpResponse<String> answer) throws Exception {
        return Http.json(answer).path("scope").asText();
    }

    private static void refused(HttpResponse<String> answer, int status, String error) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Http.json(answer).path("error").asText()).isEqualTo(error);
        assertThat(Http.json(answer).path("error_description").asText()).isNotBlank();
        assertThat(answer.body()).doesNotContain("access_token");
    }
}
