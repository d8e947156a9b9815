package io.github.camelzendesk.auth.routes;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthConstants;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class GrantTypesTest {
    private static final String EMAIL = "zoë@example.com";

    @TempDir
    Path directory;

    @Test
    void basicSendsTheEmailAndAPasswordWithColonsAsUtf8(ZendeskServer zendesk) {
        String password = zendesk.addUser(EMAIL, "pass:wörd:1");
        try (CamelFixture camel = new CamelFixture()) {
            String header = camel.authorization(uri(zendesk, "&user=" + EMAIL + "&password=RAW(" + password + ")"));

            assertThat(decoded(header)).isEqualTo(EMAIL + ":" + password);
        }
    }

    @Test
    void anApiTokenIsSentWithItsSuffixOnce(ZendeskServer zendesk) {
        String token = zendesk.apiToken(EMAIL);
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(decoded(camel.authorization(uri(zendesk, "&user=" + EMAIL + "&apiToken=" + token))))
                    .isEqualTo(EMAIL + "/token:" + token);
            assertThat(decoded(camel.authorization(uri(zendesk, "&user=" + EMAIL + "/token&apiToken=" + token))))
                    .isEqualTo(EMAIL + "/token:" + token);
        }
    }

    @Test
    void aStaticAccessTokenIsUsedAsItIs(ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.authorization(uri(zendesk, "&oauthAccessToken=abc")))
                    .isEqualTo("Bearer abc");
            assertThat(zendesk.tokenRequestCount()).isZero();
        }
    }

    @Test
    void clientCredentialsAreRenewedWithoutARefreshToken(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        String uri = client(zendesk, client) + "&authScheme=OAuthClient";
        try (CamelFixture camel = new CamelFixture()) {
            String first = camel.authorization(uri);
            assertThat(camel.authorization(uri)).isEqualTo(first);
            zendesk.revoke(first.substring("Bearer ".length()));
            Map<?, ?> status =
                    camel.send(uri + "&operation=refresh").getMessage().getBody(Map.class);

            assertThat(status.get("generation")).isEqualTo(2L);
            assertThat(camel.authorization(uri)).isNotEqualTo(first);
            assertThat(zendesk.tokenRequests()).allSatisfy(seen -> {
                assertThat(seen.grantType()).isEqualTo("client_credentials");
                assertThat(seen.parameter("expires_in")).isEqualTo("1800");
                assertThat(seen.parameter("scope")).isNull();
            });
        }
    }

    @Test
    void aBootstrapRefreshTokenIsRotatedOnceAndTheStoreOutranksItAfterwards(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens seed = zendesk.issue(client, "read write");
        String uri = client(zendesk, client) + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken();
        String first;
        try (CamelFixture camel = new CamelFixture()) {
            first = camel.authorization(uri);
        }
        try (CamelFixture restarted = new CamelFixture()) {
            assertThat(restarted.authorization(uri)).isEqualTo(first);
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
        assertThat(zendesk.tokenRequests().get(0).parameter("scope")).isNull();
        assertThat(zendesk.tokenRequests().get(0).parameter("refresh_token_expires_in"))
                .isEqualTo("2592000");
    }

    @Test
    void anUnknownExpiryIsLookedUpAndCostsNoRotation(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens seed = zendesk.issue(client, "read write");
        try (CamelFixture camel = new CamelFixture()) {
            String header = camel.authorization(client(zendesk, client) + "&initiateOAuth=REFRESH&oauthRefreshToken="
                    + seed.refreshToken() + "&oauthAccessToken=" + seed.accessToken());

            assertThat(header).isEqualTo("Bearer " + seed.accessToken());
            assertThat(zendesk.tokenRequestCount()).isZero();
        }
    }

    @Test
    void aLoginThroughTheBrowserYieldsAGrantThatIsStored(ZendeskServer zendesk) throws IOException {
        String callback = "http://localhost:" + CamelFixture.freePort();
        RegisteredClient client = zendesk.confidentialClient("desktop", callback);
        String uri = client(zendesk, client) + "&initiateOAuth=GETANDREFRESH&callbackUrl=" + callback;
        CompletableFuture<String> page = new CompletableFuture<>();
        try (CamelFixture camel = CamelFixture.withBrowser(address -> {
            CompletableFuture.runAsync(() -> page.complete(zendesk.user().allow(address)));
            return true;
        })) {
            assertThat(camel.authorization(uri)).startsWith("Bearer ");
            assertThat(page.join()).contains("You are logged in").doesNotContain("<script");
        }
        try (CamelFixture restarted = new CamelFixture()) {
            assertThat(restarted.authorization(uri)).startsWith("Bearer ");
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        assertThat(zendesk.tokenRequests().get(0).parameter("code_verifier")).hasSize(43);
        assertThat(zendesk.tokenRequests().get(0).parameter("redirect_uri")).isEqualTo(callback);
    }

    @Test
    void denyWithoutAStateEndsTheLogin(ZendeskServer zendesk) throws IOException {
        String callback = "http://127.0.0.1:" + CamelFixture.freePort() + "/back";
        RegisteredClient client = zendesk.publicClient("desktop", callback);
        String uri = uri(
                zendesk,
                "&oauthClientId=desktop&oauthClientKind=public&initiateOAuth=GETANDREFRESH&callbackUrl=" + callback);
        try (CamelFixture camel = CamelFixture.withBrowser(address -> {
            CompletableFuture.runAsync(() -> zendesk.user().deny(address));
            return true;
        })) {
            Exchange exchange = camel.send(uri);

            assertThat(exchange.getException(AuthorizationRequired.class).reason())
                    .isEqualTo(AuthorizationRequired.Reason.LOGIN_FAILED);
            assertThat(client.isPublic()).isTrue();
        }
    }

    @Test
    void aWebApplicationFetchesTheAddressAndExchangesTheCode(ZendeskServer zendesk) {
        String callback = "https://app.example.com/callback";
        RegisteredClient client = zendesk.confidentialClient("web", callback);
        String uri = client(zendesk, client) + "&callbackUrl=" + callback;
        try (CamelFixture camel = new CamelFixture()) {
            Exchange begun = camel.send(uri + "&operation=authorizationUrl");
            URI back = zendesk.user().approve(URI.create(begun.getMessage().getBody(String.class)));
            Exchange done = camel.send(
                    uri + "&operation=exchangeCode",
                    Map.of(
                            ZendeskAuthConstants.CODE, back.toString(),
                            ZendeskAuthConstants.STATE, begun.getMessage().getHeader(ZendeskAuthConstants.STATE),
                            ZendeskAuthConstants.PKCE_VERIFIER,
                                    begun.getMessage().getHeader(ZendeskAuthConstants.PKCE_VERIFIER)));

            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getBody(Map.class).get("state")).isEqualTo("READY");
            assertThat(camel.authorization(uri + "&initiateOAuth=REFRESH")).startsWith("Bearer ");
        }
    }

    @Test
    void aHeadlessMachineTakesTheWholePastedCallbackAddress(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("server");
        String uri = client(zendesk, client);
        try (CamelFixture camel = new CamelFixture()) {
            Exchange begun = camel.send(uri + "&operation=authorizationUrl");
            URI back = zendesk.user().approve(URI.create(begun.getMessage().getBody(String.class)));
            String verifier = begun.getMessage().getHeader(ZendeskAuthConstants.PKCE_VERIFIER, String.class);

            assertThat(camel.authorization(
                            uri + "&initiateOAuth=REFRESH&oauthVerifier=RAW(" + back + ")&pkceVerifier=" + verifier))
                    .startsWith("Bearer ");
        }
    }

    @Test
    void whatAStrangerSentIsRemovedEvenWhenThereIsNoToken(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            Exchange exchange = camel.send(
                    client(zendesk, client) + "&initiateOAuth=REFRESH",
                    Map.of("authorization", "Bearer theirs", "X-On-Behalf-Of", "them"));

            assertThat(exchange.getException(AuthorizationRequired.class).reason())
                    .isEqualTo(AuthorizationRequired.Reason.NO_GRANT);
            assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys("Authorization", "X-On-Behalf-Of");
        }
    }

    @Test
    void theSpellingOfTheDriversBinds(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.authorization("zendesk-auth:acme?URL=" + zendesk.url()
                            + "&AuthScheme=OAuthClient&OAuthClientId=robot&OAuthClientSecret=" + client.secret()
                            + "&OAuthSettingsLocation=memory:" + UUID.randomUUID()))
                    .startsWith("Bearer ");
        }
    }

    @Test
    void verifyRequiresAnIdAndNeverRotates(ZendeskServer zendesk) {
        zendesk.addUser(EMAIL, "right");
        try (CamelFixture camel = new CamelFixture()) {
            String right = uri(zendesk, "&user=" + EMAIL + "&password=right&operation=verify");
            String wrong = uri(zendesk, "&user=" + EMAIL + "&password=wrong&operation=verify");

            assertThat(camel.send(right).getMessage().getBody(Map.class).get("verified"))
                    .isEqualTo(true);
            assertThat(camel.send(wrong).getException()).hasMessageContaining("check user and password");
        }
    }

    @Test
    void aLostAnswerIsNamedAndNeverAskedForAgain(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens seed = zendesk.issue(client, "read write");
        String uri = client(zendesk, client) + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken();
        zendesk.nextTokenRequest(TokenFault.dropAfterCommit());
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send(uri).getException(AuthorizationRequired.class).reason())
                    .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST);
        }
        int asked = zendesk.tokenRequestCount();
        try (CamelFixture restarted = new CamelFixture()) {
            assertThat(restarted
                            .send(uri)
                            .getException(AuthorizationRequired.class)
                            .reason())
                    .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST);
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(asked);
    }

    @Test
    void throttlingIsHonouredWithoutAnotherRequest(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        String uri = client(zendesk, client) + "&authScheme=OAuthClient";
        zendesk.always(TokenFault.throttled(Duration.ofSeconds(90)));
        try (CamelFixture camel = new CamelFixture()) {
            camel.send(uri);
            TokenEndpointUnavailable error = camel.send(uri).getException(TokenEndpointUnavailable.class);

            assertThat(error.retryAfter()).contains(Duration.ofSeconds(90));
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void revokeEndsTheGrantThereAndHere(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens seed = zendesk.issue(client, "read write");
        String uri = client(zendesk, client) + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken();
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri);
            camel.send(uri + "&operation=revoke");

            assertThat(zendesk.liveRefreshTokens()).isEmpty();
            assertThat(camel.send(uri).getException(AuthorizationRequired.class).reason())
                    .isEqualTo(AuthorizationRequired.Reason.REVOKED);
            assertThat(new ObjectMapper()
                            .readTree(directory.resolve("s.json").toFile())
                            .has("refresh_token"))
                    .isFalse();
        }
    }

    private String client(ZendeskServer zendesk, RegisteredClient client) {
        return uri(
                zendesk,
                "&oauthClientId=" + client.identifier() + "&oauthClientSecret=" + client.secret()
                        + "&oauthSettingsLocation=" + directory.resolve("s.json"));
    }

    private static String uri(ZendeskServer zendesk, String options) {
        return "zendesk-auth:acme?url=" + zendesk.url() + options;
    }

    private static String decoded(String header) {
        return new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
    }
}
