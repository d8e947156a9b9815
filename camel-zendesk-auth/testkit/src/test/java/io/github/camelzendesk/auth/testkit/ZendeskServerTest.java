package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class ZendeskServerTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aRefreshKillsTheOldPairAtOnceAndAReplayIsRefusedAndCounted(ZendeskServer zendesk) throws Exception {
        OAuthClient client = zendesk.confidentialClient("app");
        TokenPair old = zendesk.issue(client, "read write");

        assertThat(refresh(zendesk, client, old).statusCode()).isEqualTo(200);
        assertThat(zendesk.isLive(old.accessToken())).isFalse();
        assertThat(zendesk.liveRefreshTokens()).hasSize(1).doesNotContain(old.refreshToken());
        assertThat(refresh(zendesk, client, old).body()).contains("invalid_grant");
        assertThat(zendesk.refreshTokenReuseCount()).isEqualTo(1);
        assertThat(zendesk.liveRefreshTokens()).as("the successor stays alive").hasSize(1);
    }

    @Test
    void usersMeAnswers200ToNobodyAndToAWrongPassword(ZendeskServer zendesk) throws Exception {
        zendesk.addUser("a@example.com");

        assertThat(get(zendesk, "/api/v2/users/me.json", null).body()).contains("Anonymous user", "\"id\":null");
        HttpResponse<String> wrong = get(zendesk, "/api/v2/users/me.json", basic("a@example.com:wrong"));
        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(wrong.body()).contains("\"id\":null");
        assertThat(get(zendesk, "/api/v2/users/me.json", basic("a@example.com/token:wrong"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aCodeLivesTwoMinutesAndIsBoundToItsVerifier(ZendeskServer zendesk) throws Exception {
        OAuthClient client = zendesk.publicClient("app");
        String verifier = "v".repeat(43);

        assertThat(redeem(zendesk, client, approve(zendesk, verifier), "w".repeat(43))
                        .body())
                .contains("invalid_grant");
        String late = approve(zendesk, verifier);
        zendesk.advance(Duration.ofSeconds(121));
        assertThat(redeem(zendesk, client, late, verifier).body()).contains("invalid_grant");
        String good = approve(zendesk, verifier);
        assertThat(redeem(zendesk, client, good, verifier).statusCode()).isEqualTo(200);
        assertThat(redeem(zendesk, client, good, verifier).body()).contains("invalid_grant");
    }

    @Test
    void anOldClientIssuesARefreshTokenOnlyWhenAnExpiryIsAskedFor(ZendeskServer zendesk) throws Exception {
        OAuthClient client = zendesk.legacyClient("old");
        String form = "grant_type=client_credentials&client_id=old&client_secret=" + client.secret();

        assertThat(post(zendesk, form).body()).doesNotContain("expires_in");
        assertThat(post(zendesk, form + "&expires_in=1800").body()).contains("\"expires_in\":1800");
        assertThat(post(zendesk, form + "&expires_in=10").statusCode()).isEqualTo(422);
    }

    @Test
    void anUnknownScopeIsDroppedAndOneBeyondTheCeilingIsRefused(ZendeskServer zendesk) throws Exception {
        OAuthClient open = zendesk.confidentialClient("open");
        OAuthClient limited = zendesk.limitedClient("limited", "read");
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s";

        assertThat(post(zendesk, form.formatted("open", open.secret(), "read%20nonsense"))
                        .body())
                .contains("\"scope\":\"read\"");
        assertThat(post(zendesk, form.formatted("limited", limited.secret(), "write"))
                        .body())
                .contains("invalid_scope");
    }

    @Test
    void currentDescribesAndRevokesTheBearer(ZendeskServer zendesk) throws Exception {
        TokenPair pair = zendesk.issue(zendesk.confidentialClient("app"), "read");
        String bearer = "Bearer " + pair.accessToken();

        assertThat(get(zendesk, "/api/v2/oauth/tokens/current.json", bearer).body())
                .contains("expires_at")
                .doesNotContain(pair.accessToken());
        assertThat(http.send(
                                request(zendesk, "/api/v2/oauth/tokens/current.json", bearer)
                                        .DELETE()
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(204);
        assertThat(get(zendesk, "/api/v2/tickets.json", bearer).body()).contains("invalid_token");
    }

    @Test
    void aWrongOnBehalfOfLooksLikeADeadToken(ZendeskServer zendesk) throws Exception {
        TokenPair pair = zendesk.issue(zendesk.confidentialClient("app"), "read impersonate");

        HttpResponse<String> answer = http.send(
                request(zendesk, "/api/v2/tickets.json", "Bearer " + pair.accessToken())
                        .header("X-On-Behalf-Of", "nobody@example.com")
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_token");
        assertThat(zendesk.isLive(pair.accessToken())).isTrue();
    }

    private String approve(ZendeskServer zendesk, String verifier) {
        URI back = zendesk.user()
                .approve(URI.create(zendesk.url() + "/oauth/authorizations/new?response_type=code&client_id=app"
                        + "&redirect_uri=http%3A%2F%2Flocalhost%3A33333&scope=read&state=s&code_challenge="
                        + Pkce.s256(verifier) + "&code_challenge_method=S256"));
        Map<String, String> parameters = Call.form(back.getRawQuery());
        return parameters.getOrDefault("code", "");
    }

    private HttpResponse<String> redeem(ZendeskServer zendesk, OAuthClient client, String code, String verifier)
            throws Exception {
        return post(
                zendesk,
                "grant_type=authorization_code&client_id=" + client.identifier() + "&code=" + code
                        + "&redirect_uri=http%3A%2F%2Flocalhost%3A33333&code_verifier=" + verifier);
    }

    private HttpResponse<String> refresh(ZendeskServer zendesk, OAuthClient client, TokenPair pair) throws Exception {
        return post(
                zendesk,
                "grant_type=refresh_token&client_id=" + client.identifier() + "&client_secret=" + client.secret()
                        + "&refresh_token=" + pair.refreshToken());
    }

    private HttpResponse<String> post(ZendeskServer zendesk, String form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(zendesk.url() + "/oauth/tokens"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(ZendeskServer zendesk, String path, String authorization) throws Exception {
        return http.send(request(zendesk, path, authorization).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(ZendeskServer zendesk, String path, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(zendesk.url() + path));
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
