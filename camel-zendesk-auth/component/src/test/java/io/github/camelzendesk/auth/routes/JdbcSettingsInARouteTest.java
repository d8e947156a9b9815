package io.github.camelzendesk.auth.routes;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class JdbcSettingsInARouteTest {
    @Test
    void aRouteKeepsItsGrantInATableThatIsCreatedForIt(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        String location = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;zendesk.table=grants";
        String uri = "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret="
                + client.secret() + "&initiateOAuth=REFRESH&oauthSettingsLocation=" + location;
        String seed = zendesk.issue(client, "read write").refreshToken();

        assertThat(zendesk.isLive(token(uri + "&oauthRefreshToken=" + seed))).isTrue();
        assertThat(zendesk.isLive(token(uri))).as("after a restart").isTrue();
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    private static String token(String uri) {
        try (CamelFixture camel = new CamelFixture()) {
            return camel.authorization(uri).substring("Bearer ".length());
        }
    }
}
