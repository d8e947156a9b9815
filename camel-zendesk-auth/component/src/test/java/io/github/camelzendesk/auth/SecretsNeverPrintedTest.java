package io.github.camelzendesk.auth;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.UUID;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class SecretsNeverPrintedTest {
    @Test
    void inTheEndpointItsUriItsStatusOrJmx(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens seed = zendesk.issue(client, "read write");
        String uri =
                "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                        + "&initiateOAuth=REFRESH&oauthRefreshToken=" + seed.refreshToken()
                        + "&oauthVerifier=zac_pasted&pkceVerifier=zac_verifier&oauthSettingsLocation=memory:"
                        + UUID.randomUUID();
        try (CamelFixture camel = CamelFixture.managed()) {
            // Of two such options in one URI Camel masks the first only: the guide tells to put them into properties.
            String inRoute = uri.replaceAll("&pkceVerifier=[^&]*", "").replaceAll("&oauthVerifier=[^&]*", "");
            camel.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(inRoute);
                }
            });
            camel.authorization("direct:in");
            assertNoSecret(jmx());
            Endpoint endpoint = camel.context.getEndpoint(uri);

            assertNoSecret(endpoint.getEndpointUri() + endpoint.getEndpointKey() + endpoint);
            assertNoSecret(camel.send(uri + "&operation=status").getMessage().getBody(String.class));
        }
    }

    @Test
    void surprise17_inTheTextOfAnyValueThatHoldsOne() {
        Secret secret = Secret.of("zat_value");

        assertNoSecret(secret + "" + new AuthorizationCode(secret, secret) + new Credentials.Basic("me", secret)
                + new Credentials.ApiToken("me", secret) + new Credentials.StaticToken(secret)
                + new io.github.camelzendesk.auth.oauth.OAuthClient("app", secret)
                + new Credentials.Bootstrap(secret, secret, null, null));
    }

    @Test
    void inAnExceptionOfARefusedLogin(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        try (CamelFixture camel = CamelFixture.managed()) {
            Throwable error = camel.send("zendesk-auth:acme?url=" + zendesk.url()
                            + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                            + "&initiateOAuth=REFRESH&oauthRefreshToken=zrt_stale&oauthSettingsLocation=memory:"
                            + UUID.randomUUID())
                    .getException();
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));

            assertNoSecret(trace.toString());
            assertThat(trace.toString()).contains("AuthorizationRequired");
        }
    }

    private static void assertNoSecret(String text) {
        assertThat(text).doesNotContain(IssuedSecrets.all()).doesNotContain("zac_", "zat_", "zrt_", "zcs_");
    }

    private static String jmx() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder all = new StringBuilder();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            all.append(name);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    all.append(server.getAttribute(name, attribute.getName()));
                } catch (JMException | RuntimeException e) {
                    all.append(e.getMessage());
                }
            }
        }
        assertThat(all).isNotEmpty();
        return all.toString();
    }

    @Test
    void inTheUriOfAnEndpointWhoseSettingsAreInADatabase() {
        String jdbc = "jdbc:postgresql://db/crm?user=u&password=h1dden";

        assertThat(MaskedUri.of("zendesk-auth", "acme", Map.of("oauth-settings-location", jdbc)))
                .doesNotContain("h1dden");
        assertThat(MaskedUri.of("zendesk-auth", "acme", Map.of("oauthSettingsLocation", "/var/acme.json")))
                .contains("acme.json");
    }
}
