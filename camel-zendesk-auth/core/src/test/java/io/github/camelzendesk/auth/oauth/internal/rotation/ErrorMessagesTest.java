package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.ConnectionParser;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorMessagesTest {
    private static final Connection CONNECTION =
            ConnectionParser.connection("acme", ConnectionOptions.of(Map.of("url", "acme", "oauthAccessToken", "t")));

    @Test
    void whatTheServerSaysOfARefusalIsInTheMessage() {
        assertThat(refused("invalid_client", "Client authentication failed").getMessage())
                .endsWith("It says: Client authentication failed");
        assertThat(refused("invalid_client", null).getMessage()).doesNotContain("It says");
        assertThat(refused("invalid_client", "x ".repeat(500)).getMessage()).hasSizeLessThan(600);
    }

    @Test
    void whatLooksLikeATokenOrACodeInItIsNotRepeated() {
        String token = "0123456789abcdef0123456789abcdef";

        assertThat(refused("invalid_grant", "the token " + token + " is over").getMessage())
                .doesNotContain(token)
                .endsWith("It says: the token ... is over");
    }

    @Test
    void aClientThatMayNotRefreshIsToldAsAProblemOfTheClient() {
        assertThat(refused("unauthorized_client", null).getMessage())
                .contains("this OAuth client may not use this grant")
                .contains("refresh tokens need a client that is registered for them")
                .contains("oauthClientKind");
    }

    private static Exception refused(String error, String description) {
        return ErrorMessages.clientRefused(CONNECTION, new TokenRequestOutcome.Rejected(error, description));
    }
}
