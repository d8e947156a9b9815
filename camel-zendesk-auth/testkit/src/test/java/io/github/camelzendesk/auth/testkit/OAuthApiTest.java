package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The administration of OAuth tokens and clients. */
@ExtendWith(ZendeskExtension.class)
class OAuthApiTest {
    private static final String TOKENS = "/api/v2/oauth/tokens.json";
    private static final String CLIENTS = "/api/v2/oauth/clients.json";

    private ZendeskServer zendesk;
    private Http http;
    private RegisteredClient client;
    private String token;

    @BeforeEach
    void aBearer(ZendeskServer zendesk) {
        this.zendesk = zendesk;
        http = new Http(zendesk);
        client = zendesk.confidentialClient("app");
        token = zendesk.issue(client, "read write").accessToken();
    }

    @Test
    void tokensAreListedShownAndRevokedByTheirIds() throws Exception {
        IssuedTokens other = zendesk.issue(zendesk.confidentialClient("other"), "read");
        JsonNode tokens = get(TOKENS).path("tokens");
        assertThat(tokens).hasSize(2);
        JsonNode listed = tokens.get(1);
        String path = "/api/v2/oauth/tokens/" + listed.path("id").asLong() + ".json";

        assertThat(listed.path("url").asText()).isEqualTo(zendesk.url() + path);
        assertThat(get(path).at("/token/token").asText())
                .isEqualTo(other.accessToken().substring(0, 10));
        assertThat(get(TOKENS + "?client_id=" + listed.path("client_id").asLong())
                        .path("tokens"))
                .hasSize(1);
        assertThat(send("DELETE", path, null).statusCode()).isEqualTo(204);
        assertThat(zendesk.isLive(other.accessToken())).isFalse();
        assertThat(zendesk.isLiveRefreshToken(other.refreshToken())).isFalse();
        assertThat(http.bearer(path, token).statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenThatIsCreatedByTheNumericIdOfItsClientNeverExpiresAndIsShownInFullOnce() throws Exception {
        long id = get(CLIENTS).at("/clients/0/id").asLong();

        HttpResponse<String> created =
                send("POST", TOKENS, Map.of("token", Map.of("client_id", id, "scopes", List.of("tickets:read"))));

        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode shown = Http.json(created).path("token");
        String full = shown.path("full_token").asText();
        assertThat(shown.path("expires_at").isNull()).isTrue();
        assertThat(shown.path("refresh_token").isNull()).isTrue();
        zendesk.advance(Duration.ofDays(1000));
        assertThat(http.bearer("/api/v2/tickets", full).statusCode()).isEqualTo(200);
        assertThat(http.bearer("/api/v2/users", full).statusCode()).isEqualTo(403);
        assertThat(http.bearer(TOKENS, full).statusCode()).isEqualTo(403);
    }

    @Test
    void aClientIsCreatedAndItsSecretIsShownInFullOnce() throws Exception {
        Map<String, Object> sent = Map.of(
                "identifier", "made", "name", "Made", "kind", "public", "redirect_uri", List.of("http://localhost:1"));

        HttpResponse<String> created = send("POST", CLIENTS, Map.of("client", sent));

        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode shown = Http.json(created).path("client");
        String secret = shown.path("secret").asText();
        String path = "/api/v2/oauth/clients/" + shown.path("id").asLong() + ".json";
        assertThat(secret).hasSizeGreaterThan(20);
        assertThat(shown.path("url").asText()).isEqualTo(zendesk.url() + path);
        JsonNode later = get(path).path("client");
        assertThat(later.path("secret").asText()).isEqualTo(secret.substring(0, 10));
        assertThat(later.path("kind").asText()).isEqualTo("public");
        assertThat(later.path("name").asText()).isEqualTo("Made");
        assertThat(later.at("/redirect_uri/0").asText()).isEqualTo("http://localhost:1");
        assertThat(get("/api/v2/users/me/oauth/clients.json").path("clients")).hasSize(2);
        assertThat(send("POST", CLIENTS, Map.of("client", sent)).statusCode()).isEqualTo(422);
    }

    @Test
    void aClientIsChangedGetsAnotherSecretAndTakesItsTokensAlongWhenItIsDeleted() throws Exception {
        String path =
                "/api/v2/oauth/clients/" + get(CLIENTS).at("/clients/0/id").asLong();
        String unattended = "client_id=app&grant_type=client_credentials&client_secret=";
        Map<String, Object> name = Map.of("client", Map.of("name", "Renamed", "secret", "mine"));

        assertThat(Http.json(send("PUT", path, name)).at("/client/name").asText())
                .isEqualTo("Renamed");
        assertThat(http.token(unattended + client.secret()).statusCode()).isEqualTo(200);
        String secret = Http.json(send("PUT", path + "/generate_secret", Map.of()))
                .at("/client/secret")
                .asText();
        assertThat(http.token(unattended + client.secret()).statusCode()).isEqualTo(401);
        assertThat(http.token(unattended + secret).statusCode()).isEqualTo(200);
        assertThat(send("DELETE", path, null).statusCode()).isEqualTo(204);
        assertThat(zendesk.isLive(token)).isFalse();
        assertThat(http.token(unattended + secret).statusCode()).isEqualTo(401);
    }

    @Test
    void aPairIsThereForAsLongAsItsRefreshTokenLives() throws Exception {
        IssuedTokens pair = zendesk.issue(client, "read write");
        zendesk.advance(Duration.ofHours(1));
        token = zendesk.issue(client, "read write").accessToken();

        assertThat(get(TOKENS).path("tokens")).hasSize(3);
        String path =
                "/api/v2/oauth/clients/" + get(CLIENTS).at("/clients/0/id").asLong();
        assertThat(send("DELETE", path, null).statusCode()).isEqualTo(204);
        assertThat(zendesk.isLiveRefreshToken(pair.refreshToken())).isFalse();
    }

    @Test
    void aCodeOutlivesTheSecretThatItsClientHad() throws Exception {
        String code = http.code(client);
        String path =
                "/api/v2/oauth/clients/" + get(CLIENTS).at("/clients/0/id").asLong();
        send("PUT", path + "/generate_secret", null);

        assertThat(http.redeem(client, code, Http.VERIFIER).statusCode()).isEqualTo(200);
    }

    @Test
    void aClientIsPublicOrConfidentialWhateverItsTerms() throws Exception {
        zendesk.register(RegisteredClient.publicClient("zdg-app").on(TokenTerms.global()));
        RegisteredClient asked = zendesk.publicClient("told");

        HttpResponse<String> silent = http.redeem(asked.on(TokenTerms.today()), http.code(asked), Http.VERIFIER);
        HttpResponse<String> global = http.redeem(
                RegisteredClient.publicClient("zdg-app"),
                http.code(RegisteredClient.publicClient("zdg-app")),
                Http.VERIFIER);

        assertThat(silent.body()).contains("\"expires_in\"");
        assertThat(global.body()).contains("refresh_token_expires_in").doesNotContain("\"expires_in\"");
        assertThat(get(CLIENTS).path("clients"))
                .filteredOn(one -> one.path("identifier").asText().equals("zdg-app"))
                .allMatch(one -> one.path("global").asBoolean()
                        && one.path("kind").asText().equals("public"));
    }

    @Test
    void theTermsOfAClientSayItsGrantsItsLifetimesAndWhetherItsRefreshTokensRotate() throws Exception {
        TokenTerms terms = TokenTerms.today()
                .withGrants("authorization_code", "refresh_token")
                .withLifetimes(Duration.ofSeconds(7), Duration.ofDays(8))
                .withoutRotation();
        RegisteredClient steady =
                zendesk.register(RegisteredClient.confidential("steady").on(terms));
        IssuedTokens pair = zendesk.issue(steady, "read");

        assertThat(http.token(Http.credentials(steady) + "&grant_type=client_credentials")
                        .body())
                .contains("unauthorized_client");
        for (int i = 0; i < 2; i++) {
            assertThat(http.refresh(steady, pair.refreshToken()).body())
                    .contains("\"expires_in\":7", "\"refresh_token\":\"" + pair.refreshToken() + "\"");
        }
        assertThat(zendesk.rotationCount()).isZero();
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) throws Exception {
        return http.write(method, path, token, body);
    }

    private JsonNode get(String path) throws Exception {
        return http.read(path, token);
    }
}
