package io.github.camelzendesk.auth.routes;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What the network does to a token request, and how often it is sent then. */
@ExtendWith(ZendeskExtension.class)
class NetworkFaultsTest {
    @TempDir
    Path directory;

    private RegisteredClient client;
    private IssuedTokens seed;

    @BeforeEach
    void issueAGrant(ZendeskServer zendesk) {
        client = zendesk.confidentialClient("app");
        seed = zendesk.issue(client, "read write");
    }

    static Stream<TokenFault> faultsThatAllowOnePostOnly() {
        return Stream.of(
                TokenFault.redirect(307, "http://127.0.0.1:1/elsewhere"),
                TokenFault.redirect(308, "/oauth/tokens"),
                TokenFault.status(404),
                TokenFault.status(408),
                TokenFault.status(421),
                TokenFault.status(500),
                TokenFault.status(502),
                TokenFault.unavailable("0"),
                TokenFault.throttled(Duration.ofSeconds(5)),
                TokenFault.garbage(),
                TokenFault.huge(),
                TokenFault.truncated(),
                TokenFault.emptyOk());
    }

    @ParameterizedTest
    @MethodSource("faultsThatAllowOnePostOnly")
    void h5_anAnswerOfAnyKindCostsExactlyOnePost(TokenFault fault, ZendeskServer zendesk) {
        zendesk.nextTokenRequest(fault);
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send(uri(zendesk)).getException()).isInstanceOf(TokenEndpointUnavailable.class);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
            assertThat(zendesk.refreshTokenReuseCount()).isZero();
        }
    }

    @Test
    void r9_aConnectionThatBreaksBeforeTheCommitCostsNothing(ZendeskServer zendesk) {
        zendesk.nextTokenRequest(TokenFault.dropBeforeCommit(), TokenFault.dropBeforeCommit());
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.authorization(uri(zendesk))).startsWith("Bearer ");
            assertThat(zendesk.tokenRequestCount()).isEqualTo(3);
        }
    }

    @Test
    void r10_aConnectionThatBreaksAfterTheCommitLosesTheGrantAndSaysSo(ZendeskServer zendesk) {
        zendesk.nextTokenRequest(TokenFault.dropAfterCommit());
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send(uri(zendesk))
                            .getException(AuthorizationRequired.class)
                            .reason())
                    .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void h5_aRefusedConnectionSendsNothingAndTheGrantIsIntact(ZendeskServer zendesk) throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (CamelFixture camel = new CamelFixture()) {
            Exchange exchange =
                    camel.send(uri(zendesk) + "&tokenEndpointPath=RAW(http://127.0.0.1:" + closed + "/oauth/tokens)");

            assertThat(exchange.getException())
                    .isInstanceOf(TokenEndpointUnavailable.class)
                    .hasMessageContaining("Nothing was sent");
            assertThat(camel.authorization(uri(zendesk).replace("s.json", "t.json")))
                    .startsWith("Bearer ");
        }
    }

    private String uri(ZendeskServer zendesk) {
        return "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken()
                + "&oauthSettingsLocation=" + directory.resolve("s.json");
    }
}
