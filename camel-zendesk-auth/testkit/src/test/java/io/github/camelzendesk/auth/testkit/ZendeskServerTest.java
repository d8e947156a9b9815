package io.github.camelzendesk.auth.testkit;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Codes, rotation and lifetimes: how grants come and go. */
@ExtendWith(ZendeskExtension.class)
class ZendeskServerTest {
    private ZendeskServer zendesk;
    private Http http;

    @BeforeEach
    void connect(ZendeskServer server) {
        zendesk = server;
        http = new Http(server);
    }

    @Test
    void rotationKillsBothTokensAtOnceAndAReplayIsRefusedCountedAndHarmless() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens old = zendesk.issue(client, "read write");

        assertThat(http.refresh(client, old.refreshToken()).statusCode()).isEqualTo(200);
        assertThat(zendesk.isLive(old.accessToken())).isFalse();
        assertThat(zendesk.isLiveRefreshToken(old.refreshToken())).isFalse();
        assertThat(http.refresh(client, old.refreshToken()).body()).contains("invalid_grant");
        assertThat(zendesk.refreshTokenReuseCount()).isEqualTo(1);
        assertThat(zendesk.liveRefreshTokens())
                .as("no family revocation: the successor stays alive")
                .containsExactly(zendesk.successorOf(old.refreshToken()));
    }

    @Test
    void aLostAnswerLeavesASpentTokenWhoseSuccessorOnlyTheStandInKnows() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String first = zendesk.issue(client, "read").refreshToken();
        assertThat(zendesk.successorOf(first)).isNull();

        zendesk.nextTokenRequest(TokenFault.emptyOk());
        http.refresh(client, first);
        assertThat(http.refresh(client, first).body()).contains("invalid_grant");
        String second = zendesk.successorOf(first);
        http.refresh(client, second);

        assertThat(zendesk.rotationCount()).isEqualTo(2);
        assertThat(zendesk.isLiveRefreshToken(second)).isFalse();
        assertThat(zendesk.isLiveRefreshToken(zendesk.successorOf(second))).isTrue();
    }

    @Test
    void aRouteIdleForThirtyDaysLosesItsRefreshToken() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens pair = zendesk.issue(client, "read");

        zendesk.advance(Duration.ofDays(30).minusMinutes(1));
        assertThat(zendesk.isLiveRefreshToken(pair.refreshToken())).isTrue();
        zendesk.advance(Duration.ofMinutes(1));

        assertThat(zendesk.liveRefreshTokens()).isEmpty();
        assertThat(http.refresh(client, pair.refreshToken()).body()).contains("invalid_grant");
        assertThat(zendesk.rotationCount()).isZero();
    }

    @Test
    void aCodeLives120SecondsAndIsBoundToItsVerifier() throws Exception {
        RegisteredClient client = zendesk.publicClient("app");

        assertThat(http.redeem(client, http.code(client), "w".repeat(43)).body())
                .contains("invalid_grant");
        String late = http.code(client);
        zendesk.advance(Duration.ofSeconds(121));
        assertThat(http.redeem(client, late, Http.VERIFIER).body()).contains("invalid_grant");
        String good = http.code(client);
        assertThat(http.redeem(client, good, Http.VERIFIER).statusCode()).isEqualTo(200);
        assertThat(http.redeem(client, good, Http.VERIFIER).body()).contains("invalid_grant");
    }

    @Test
    void anOldClientGetsAnExpiryAndARefreshTokenOnlyWhenExpiresInIsSent() throws Exception {
        RegisteredClient client = zendesk.legacyClient("old");

        HttpResponse<String> forever = http.redeem(client, http.code(client), Http.VERIFIER);
        assertThat(forever.body()).doesNotContain("expires_in", "refresh_token");
        zendesk.advance(Duration.ofDays(1000));
        assertThat(zendesk.isLive(Http.json(forever).path("access_token").asText()))
                .isTrue();
        assertThat(http.redeem(client, http.code(client), Http.VERIFIER + "&expires_in=1800")
                        .body())
                .contains("\"expires_in\":1800", "\"refresh_token\":\"zrt_");
    }

    @Test
    void aMissingExpiresInOfAGlobalClientIsNeitherNeverNorAlreadyExpired() throws Exception {
        RegisteredClient client = zendesk.globalClient("zdg-app");

        HttpResponse<String> silent = http.redeem(client, http.code(client), Http.VERIFIER);
        String accessToken = Http.json(silent).path("access_token").asText();
        assertThat(silent.body()).contains("refresh_token_expires_in").doesNotContain("\"expires_in\"");
        assertThat(http.bearer("/api/v2/oauth/tokens/current.json", accessToken).body())
                .containsPattern("\"expires_at\":\"[-0-9]+T[:0-9]+Z\"");
        zendesk.advance(Duration.ofMinutes(31));
        assertThat(zendesk.isLive(accessToken)).isFalse();
    }

    @Test
    void expiresInComesBackFromAGlobalClientOnlyWhenItIsSent() throws Exception {
        RegisteredClient client = zendesk.globalClient("zdg-app");
        String form = Http.credentials(client) + "&grant_type=client_credentials";

        assertThat(http.token(form).body()).doesNotContain("expires_in");
        assertThat(http.token(form + "&expires_in=600").body()).contains("\"expires_in\":600");
    }

    @Test
    void anAccessTokenCanBeAJwtWhoseExpFillsInForAMissingExpiresIn() throws Exception {
        zendesk.jwtAccessTokens(true);
        RegisteredClient client = zendesk.globalClient("zdg-app");

        HttpResponse<String> answer = http.token(Http.credentials(client) + "&grant_type=client_credentials");
        String jwt = Http.json(answer).path("access_token").asText();

        assertThat(jwt.split("\\.", -1)).hasSize(3);
        assertThat(Http.jwtPart(jwt, 0).path("typ").asText()).isEqualTo("at+jwt");
        assertThat(Http.jwtPart(jwt, 1).path("exp").asLong() - zendesk.now().getEpochSecond())
                .isBetween(1790L, 1800L);
    }

    @Test
    void aJwtWorksIsKnownToLogScannersAndIsCutTo10CharactersInCurrent() throws Exception {
        zendesk.jwtAccessTokens(true);
        String jwt = zendesk.issue(zendesk.confidentialClient("app"), "read").accessToken();

        assertThat(IssuedSecrets.all()).contains(jwt);
        assertThat(http.bearer("/api/v2/tickets.json", jwt).statusCode()).isEqualTo(200);
        assertThat(Http.json(http.bearer("/api/v2/oauth/tokens/current.json", jwt))
                        .at("/token/token")
                        .asText())
                .isEqualTo(jwt.substring(0, 10));
    }

    @Test
    void resetForgetsEveryTokenSwitchAndFault() throws Exception {
        zendesk.jwtAccessTokens(true);
        zendesk.successStatus(201);
        zendesk.nextTokenRequest(TokenFault.status(500));
        zendesk.nextApiRequest(ApiFault.forbiddenEmpty());
        zendesk.reset();

        RegisteredClient client = zendesk.confidentialClient("app");
        HttpResponse<String> answer = http.token(Http.credentials(client) + "&grant_type=client_credentials");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"access_token\":\"zat_");
        assertThat(http.get("/api/v2/users/me.json").statusCode()).isEqualTo(200);
    }

    @Test
    void noSecretIsInAnyToString() throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens pair = zendesk.issue(client, "read");
        http.refresh(client, pair.refreshToken());
        http.bearer("/api/v2/tickets.json", pair.accessToken());

        assertThat(List.of(client, pair, zendesk.tokenRequests(), zendesk.apiRequests())
                        .toString())
                .doesNotContain(IssuedSecrets.all());
        assertThat(Answer.json(200, pair.accessToken()).toString()).isEqualTo("Answer[200]");
    }
}
