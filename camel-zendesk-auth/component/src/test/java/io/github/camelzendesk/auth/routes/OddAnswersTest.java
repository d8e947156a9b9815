package io.github.camelzendesk.auth.routes;

import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

/** R15 and fault 7: an answer with an odd refresh token, or with none, costs no grant and is said once. */
@ExtendWith(ZendeskExtension.class)
class OddAnswersTest {
    private final String connection = "odd-" + UUID.randomUUID();

    @TempDir
    Path directory;

    private RegisteredClient client;
    private IssuedTokens seed;

    @BeforeEach
    void issueAGrant(ZendeskServer zendesk) {
        client = zendesk.confidentialClient("app");
        seed = zendesk.issue(client, "read write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new refresh token", " ", "café", "a\r\nX-Evil: y&client_id=z", "{\"deep\":[1]}"})
    void anOddRefreshTokenIsPresentedNextAsItCameAndTheDeadOneNeverAgain(String odd, ZendeskServer zendesk) {
        assertPresentedNext(zendesk, odd, odd);
    }

    @Test
    void aRefreshTokenThatIsANumberIsPresentedNextByItsDigits(ZendeskServer zendesk) {
        assertPresentedNext(zendesk, 4711, "4711");
        assertThat(TestLog.lines("WARN", connection))
                .filteredOn(line -> line.contains("of an unusual form"))
                .singleElement()
                .asString()
                .doesNotContain("4711");
    }

    @Test
    void aRefreshWithoutARefreshTokenAndAScopeIsSaidOnceForEach(ZendeskServer zendesk) {
        StubMapping lacking = zendesk.wireMock()
                .stubFor(WireMock.post("/oauth/tokens")
                        .willReturn(WireMock.okJson("{\"access_token\":\"a\",\"expires_in\":1800}")));
        try (CamelFixture camel = new CamelFixture()) {
            TokenManager manager = manager(camel, zendesk);
            manager.authorization().join();
            manager.refresh().join();

            assertThat(TestLog.lines("WARN", connection))
                    .singleElement()
                    .asString()
                    .contains("no new refresh token");
            assertThat(TestLog.lines("INFO", connection))
                    .filteredOn(line -> line.contains("did not say which scope"))
                    .hasSize(1);
        } finally {
            zendesk.wireMock().removeStub(lacking);
        }
    }

    private void assertPresentedNext(ZendeskServer zendesk, Object issued, String presented) {
        zendesk.nextTokenRequest(TokenFault.with("refresh_token", issued));
        try (CamelFixture camel = new CamelFixture()) {
            manager(camel, zendesk).authorization().join();
        }
        // Another manager: what it presents came through the settings file.
        try (CamelFixture camel = new CamelFixture()) {
            manager(camel, zendesk).refresh().exceptionally(error -> null).join();
        }
        assertThat(zendesk.tokenRequests())
                .extracting(seen -> seen.parameter("refresh_token"))
                .containsExactly(seed.refreshToken(), presented);
    }

    private TokenManager manager(CamelFixture camel, ZendeskServer zendesk) {
        String uri = "zendesk-auth:" + connection + "?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret="
                + client.secret() + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken()
                + "&oauthSettingsLocation=" + directory.resolve("s.json");
        return camel.context.getEndpoint(uri, ZendeskAuthEndpoint.class).getTokenManager();
    }
}
