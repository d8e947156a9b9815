package io.github.camelzendesk.auth;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a grant in {@code memory:} lasts. */
@ExtendWith(ZendeskExtension.class)
class MemorySettingsInAContextTest {
    private String uri;
    private String begun;

    @BeforeEach
    void configure(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        uri = "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthSettingsLocation=memory:" + UUID.randomUUID();
        begun = uri + "&oauthRefreshToken="
                + zendesk.issue(client, "read write").refreshToken();
    }

    @Test
    void itEndsWithTheLastContextThatUsesIt() {
        try (CamelFixture second = new CamelFixture()) {
            try (CamelFixture first = new CamelFixture()) {
                first.authorization(begun);
                assertThat(second.authorization(uri)).startsWith("Bearer ");
            }
            assertThat(second.authorization(uri)).startsWith("Bearer ");
        }
        try (CamelFixture third = new CamelFixture()) {
            assertThat(state(third)).isEqualTo("AUTHORIZATION_REQUIRED");
        }
    }

    @Test
    void itOutlivesTheEndpointsOfItsContextAsAReloadNeeds() throws Exception {
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(begun);
            camel.context.removeEndpoints("zendesk-auth*");
            assertThat(camel.context
                            .getComponent("zendesk-auth", ZendeskAuthComponent.class)
                            .users())
                    .isZero();

            assertThat(camel.authorization(uri)).startsWith("Bearer ");
        }
    }

    private Object state(CamelFixture camel) {
        return camel.send(uri + "&operation=status")
                .getMessage()
                .getBody(Map.class)
                .get("state");
    }
}
