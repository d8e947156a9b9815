package io.github.camelzendesk.auth.quarkus.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

/** Two tenants in the properties of an application, and no other. */
@QuarkusTest
@ExtendWith(LogScanner.class)
@TestProfile(TenantsTest.TwoTenants.class)
class TenantsTest {
    private static final String PREFIX = "camel.component.zendesk-auth.";

    @Inject
    ProducerTemplate template;

    @Inject
    Desk desk;

    @Test
    void eachTenantHasAnAccountOfItsOwn() {
        assertThat(status("acme").get("url")).isNotEqualTo(status("acme-eu").get("url"));
        assertThat(header("acme")).startsWith("Bearer ").isNotEqualTo(header("acme-eu"));
    }

    @Test
    void aMessageCannotLeadToATenantThatIsNotConfigured() {
        Exchange exchange =
                template.request("direct:tenant", it -> it.getMessage().setHeader("tenant", "other"));

        // Without Camel's own error around it, which quotes the URI.
        assertThat(exchange.getException())
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageStartingWith("This connection is not configured");
    }

    @Test
    void aMessageAddsNoOptionToTheUri() {
        Exchange exchange =
                template.request("direct:tenant", it -> it.getMessage().setHeader("tenant", "acme?operation=revoke"));

        assertThat(exchange.getException())
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageStartingWith("A message adds to this URI");
    }

    @Test
    void aBeanGetsTheConnectionThatItNames() {
        assertThat(desk.status().get("url")).isEqualTo(status("acme").get("url"));
    }

    private String header(String tenant) {
        return template.request("direct:tenant", it -> it.getMessage().setHeader("tenant", tenant))
                .getMessage()
                .getHeader("Authorization", String.class);
    }

    private Map<?, ?> status(String connection) {
        return template.requestBody("zendesk-auth:" + connection + "?operation=status", null, Map.class);
    }

    /** An application with the properties of {@link Accounts}. */
    public static class TwoTenants implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Accounts.class));
        }

        /** Known to the build, so that it starts no stand-in of its own. */
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("account", "http://127.0.0.1", PREFIX + "auth-scheme", "OAuthClient");
        }
    }

    /** Two accounts. */
    public static class Accounts implements QuarkusTestResourceLifecycleManager {
        private final ZendeskServer acme = ZendeskServer.start();
        private final ZendeskServer europe = ZendeskServer.start();

        @Override
        public Map<String, String> start() {
            Map<String, String> properties = new HashMap<>();
            properties.putAll(connection("connections.acme.", acme));
            properties.putAll(connection("connections[acme-eu].", europe));
            return properties;
        }

        private static Map<String, String> connection(String name, ZendeskServer zendesk) {
            RegisteredClient client = zendesk.confidentialClient("nightly-export");
            return Map.of(
                    PREFIX + name + "url", zendesk.url(),
                    PREFIX + name + "oauth-client-id", client.identifier(),
                    PREFIX + name + "oauth-client-secret", client.secret(),
                    PREFIX + name + "oauth-settings-location", "memory:" + zendesk.port());
        }

        @Override
        public void stop() {
            acme.close();
            europe.close();
        }
    }
}
