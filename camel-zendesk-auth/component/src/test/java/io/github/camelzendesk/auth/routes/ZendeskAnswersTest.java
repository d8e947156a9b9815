package io.github.camelzendesk.auth.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthConstants;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What Zendesk does that an implementer would not expect, in the order in which the project's facts list it. */
@ExtendWith(ZendeskExtension.class)
class ZendeskAnswersTest {
    @TempDir
    Path directory;

    @Test
    void surprise01_lifetimesAreAlwaysAskedForBecauseAnOldClientIssuesNoRefreshTokenOtherwise(ZendeskServer zendesk) {
        RegisteredClient old = zendesk.legacyClient("old");
        try (CamelFixture camel = new CamelFixture()) {
            Exchange done = exchangeCode(camel, zendesk, old);

            assertThat(done.getMessage().getBody(Map.class))
                    .containsEntry("refreshable", true)
                    .containsKeys("expiresAt", "refreshTokenExpiresAt");
        }
        assertThat(zendesk.tokenRequests()).allSatisfy(seen -> assertThat(seen.parameters())
                .containsEntry("expires_in", "1800")
                .containsEntry("refresh_token_expires_in", "2592000"));
    }

    @Test
    void surprise02_anAnswerWithoutExpiresInIsNeitherEternalNorExpired(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        zendesk.nextTokenRequest(TokenFault.missing("expires_in"));
        try (CamelFixture camel = new CamelFixture()) {
            String uri = refreshing(zendesk, client, zendesk.issue(client, "read write"));
            String first = camel.authorization(uri);

            assertThat(camel.authorization(uri)).isEqualTo(first);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
            // It serves at once, and is asked about meanwhile.
            Awaitility.await().until(() -> !zendesk.apiRequests().isEmpty());
            assertThat(zendesk.apiRequests()).singleElement().satisfies(asked -> assertThat(asked.path())
                    .endsWith("/oauth/tokens/current.json"));
        }
    }

    @Test
    void surprise03_onInvalidGrantTheStoreIsReadAgainBecauseASiblingMayHaveRotated() throws Exception {
        try (ZendeskServer zendesk = ZendeskServer.start();
                CamelFixture sibling = new CamelFixture();
                CamelFixture late = new CamelFixture()) {
            RegisteredClient client = zendesk.confidentialClient("app");
            String uri = refreshing(zendesk, client, zendesk.issue(client, "read write"));
            sibling.authorization(uri);
            byte[] old = Files.readAllBytes(file());
            sibling.send(uri + "&operation=refresh");
            byte[] newest = Files.readAllBytes(file());
            Files.write(file(), old);
            // A machine that shares no lock writes its newer pair while the request with the old one is under way.
            zendesk.wireMock().addMockServiceRequestListener((request, response) -> overwrite(newest));

            assertThat(late.send(uri + "&operation=refresh").getException()).isNull();
            assertThat(late.authorization(uri)).isEqualTo(sibling.authorization(uri));
            assertThat(zendesk.refreshTokenReuseCount()).isEqualTo(1);
        }
    }

    @Test
    void surprise04_twoContextsOnOneGrantRotateItOnce(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        String uri = refreshing(zendesk, client, zendesk.issue(client, "read write"));
        try (CamelFixture one = new CamelFixture();
                CamelFixture other = new CamelFixture()) {
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> one.authorization(uri));
            CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> other.authorization(uri));

            assertThat(first.join()).isEqualTo(second.join());
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void surprise05_anyGoodStatusBringsTokens(int status, ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        zendesk.successStatus(status);
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.authorization(refreshing(zendesk, client, zendesk.issue(client, "read write"))))
                    .startsWith("Bearer ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void surprise05_theErrorCodeCountsAndNotTheStatus(int status, ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        zendesk.nextTokenRequest(TokenFault.error(status, "invalid_grant"));
        try (CamelFixture camel = new CamelFixture()) {
            AuthorizationRequired error = camel.send(refreshing(zendesk, client, zendesk.issue(client, "read write")))
                    .getException(AuthorizationRequired.class);

            assertThat(error.error()).isEqualTo("invalid_grant");
            assertThat(error.reason()).isEqualTo(AuthorizationRequired.Reason.REFUSED);
        }
    }

    @Test
    void surprise06_usersMeAnswers200ToNobodySoVerifyRequiresAnId(ZendeskServer zendesk) {
        zendesk.addUser("a@example.com", "right");
        try (CamelFixture camel = new CamelFixture()) {
            Exchange wrong = camel.send(
                    "zendesk-auth:acme?url=" + zendesk.url() + "&user=a@example.com&password=wrong&operation=verify");

            assertThat(wrong.getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("knows nobody");
            assertThat(zendesk.apiRequests()).singleElement().satisfies(seen -> assertThat(seen.status())
                    .isEqualTo(200));
        }
    }

    @Test
    void surprise07_aWrongOnBehalfOfLooksLikeADeadTokenAndCostsAFewRotationsAtMost(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            TokenManager manager = manager(camel, refreshing(zendesk, client, zendesk.issue(client, "read write")));
            for (int call = 0; call < 100; call++) {
                Authorization used = manager.authorization().join();
                manager.reject(used.generation());
            }
            assertThat(zendesk.tokenRequestCount()).isBetween(2, 4);
        }
    }

    @Test
    void surprise08_scopeIsLeftOutOnRefreshAndForClientCredentials(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(refreshing(zendesk, client, zendesk.issue(client, "read write")) + "&scope=read");
            camel.authorization(connection(zendesk, client).replace("s.json", "cc.json") + "&authScheme=OAuthClient");

            assertThat(zendesk.tokenRequests()).hasSize(2).allSatisfy(seen -> assertThat(seen.parameter("scope"))
                    .isNull());
        }
    }

    @Test
    void surprise08_aScopeBeyondTheCeilingIsAMatterOfConfiguration(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.limitedClient("limited", "read");
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send(connection(zendesk, client) + "&authScheme=OAuthClient&scope=write")
                            .getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("option scope")
                    .hasMessageContaining("Admin Center");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:33333", "http://127.0.0.1:33333/callback", "http://localhost:33333/"})
    void surprise09_theCallbackAddressIsSentExactlyAsItIsWritten(String callback, ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app", callback);
        try (CamelFixture camel = new CamelFixture()) {
            String uri = connection(zendesk, client) + "&callbackUrl=" + callback;

            assertThat(exchangeCode(camel, zendesk, uri).getException()).isNull();
            assertThat(zendesk.tokenRequests()).singleElement().satisfies(seen -> assertThat(
                            seen.parameter("redirect_uri"))
                    .isEqualTo(callback));
        }
    }

    @Test
    void surprise10_aCodeThatIsOlderThanTwoMinutesIsNamedAsThat(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            String uri = connection(zendesk, client);
            Exchange begun = camel.send(uri + "&operation=authorizationUrl");
            URI back = zendesk.user().approve(URI.create(begun.getMessage().getBody(String.class)));
            zendesk.advance(Duration.ofSeconds(121));

            assertThat(finish(camel, uri, begun, back).getException())
                    .isInstanceOf(AuthorizationRequired.class)
                    .hasMessageContaining("older than 120 seconds")
                    .hasMessageContaining("callbackUrl");
        }
    }

    @Test
    void surprise11_aNumericClientIdIsRefusedWithTheHintThatItIsTheIdentifier(ZendeskServer zendesk) {
        zendesk.confidentialClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send("zendesk-auth:acme?url=" + zendesk.url()
                                    + "&authScheme=OAuthClient&oauthClientId=36000123&oauthClientSecret=s"
                                    + "&oauthSettingsLocation=" + file())
                            .getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("the unique identifier, not the number");
        }
    }

    @Test
    void surprise12_aPublicClientNeverSendsTheSecretThatItOwns(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.publicClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(
                    refreshing(zendesk, client, zendesk.issue(client, "read write")) + "&oauthClientKind=public");

            assertThat(zendesk.tokenRequests()).singleElement().satisfies(seen -> assertThat(
                            seen.parameter("client_secret"))
                    .isNull());
        }
    }

    @Test
    void surprise15_aFailureOfTheNetworkDeletesNoStoredGrant(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String uri = refreshing(zendesk, client, zendesk.issue(client, "read write"));
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri);
            zendesk.nextTokenRequest(TokenFault.status(502));

            assertThat(camel.send(uri + "&operation=refresh").getException())
                    .isInstanceOf(TokenEndpointUnavailable.class);
            assertThat(Files.readString(file())).contains(zendesk.liveRefreshTokens());
        }
    }

    @Test
    void surprise16_anAnswerLostInTheNetworkIsNamedAsThat(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        zendesk.nextTokenRequest(TokenFault.dropAfterCommit());
        try (CamelFixture camel = new CamelFixture()) {
            AuthorizationRequired error = camel.send(refreshing(zendesk, client, zendesk.issue(client, "read write")))
                    .getException(AuthorizationRequired.class);

            assertThat(error.reason()).isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST);
            assertThat(error).hasMessageContaining("A person must log in");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/agent/tickets/7", "/", "/api/v2/tickets.json?page=2#top"})
    void surprise18_thePastedAddressOfAnyPageIsTheAccount(String page, ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            String uri = connection(zendesk, client).replace(zendesk.url(), "RAW(" + zendesk.url() + page + ")");

            assertThat(camel.authorization(uri + "&authScheme=OAuthClient")).startsWith("Bearer ");
        }
    }

    @Test
    void surprise19_bodiesOf401And403And429MayBeEmptyOrNoJson(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            String uri = connection(zendesk, client) + "&authScheme=OAuthClient&operation=verify";
            answerMe(zendesk, WireMock.aResponse().withStatus(403).withHeader("Content-Type", "text/html"));
            assertThat(camel.send(uri).getException()).hasMessageContaining("answered status 403");

            answerMe(
                    zendesk,
                    WireMock.aResponse()
                            .withStatus(429)
                            .withHeader("Retry-After", "7")
                            .withBody("slow down"));
            assertThat(camel.send(uri)
                            .getException(TokenEndpointUnavailable.class)
                            .retryAfter())
                    .contains(Duration.ofSeconds(7));

            answerMe(zendesk, WireMock.aResponse().withStatus(401));
            assertThat(camel.send(uri).getException()).isInstanceOf(AuthorizationRequired.class);
        } finally {
            zendesk.wireMock().getStubMappings().stream()
                    .filter(stub -> stub.getRequest().getUrlPath() != null)
                    .forEach(zendesk.wireMock()::removeStub);
        }
    }

    private static void answerMe(ZendeskServer zendesk, ResponseDefinitionBuilder answer) {
        zendesk.wireMock()
                .stubFor(WireMock.get(WireMock.urlPathEqualTo("/api/v2/users/me.json"))
                        .willReturn(answer));
    }

    private void overwrite(byte[] content) {
        try {
            Files.write(file(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Exchange exchangeCode(CamelFixture camel, ZendeskServer zendesk, RegisteredClient client) {
        return exchangeCode(camel, zendesk, connection(zendesk, client));
    }

    private static Exchange exchangeCode(CamelFixture camel, ZendeskServer zendesk, String uri) {
        Exchange begun = camel.send(uri + "&operation=authorizationUrl");
        URI back = zendesk.user().approve(URI.create(begun.getMessage().getBody(String.class)));
        return finish(camel, uri, begun, back);
    }

    private static Exchange finish(CamelFixture camel, String uri, Exchange begun, URI back) {
        return camel.send(
                uri + "&operation=exchangeCode",
                Map.of(
                        ZendeskAuthConstants.CODE, back.toString(),
                        ZendeskAuthConstants.STATE, begun.getMessage().getHeader(ZendeskAuthConstants.STATE),
                        ZendeskAuthConstants.PKCE_VERIFIER,
                                begun.getMessage().getHeader(ZendeskAuthConstants.PKCE_VERIFIER)));
    }

    private static TokenManager manager(CamelFixture camel, String uri) {
        return camel.context.getEndpoint(uri, ZendeskAuthEndpoint.class).getTokenManager();
    }

    private String refreshing(ZendeskServer zendesk, RegisteredClient client, IssuedTokens seed) {
        return connection(zendesk, client) + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken();
    }

    private String connection(ZendeskServer zendesk, RegisteredClient client) {
        return "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=" + client.identifier()
                + "&oauthClientSecret=" + client.secret() + "&oauthSettingsLocation=" + file();
    }

    private Path file() {
        return directory.resolve("s.json");
    }
}
