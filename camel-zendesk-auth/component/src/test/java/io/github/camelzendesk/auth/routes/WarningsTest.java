package io.github.camelzendesk.auth.routes;

import java.util.UUID;

import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class WarningsTest {
    @Test
    void aPasswordIsWarnedOfOnceAConnectionWithTheDateAndTheWayOver(ZendeskServer zendesk) {
        String uri = "zendesk-auth:warn-password?url=" + zendesk.url() + "&user=a@example.com&password=secret";
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri);
            camel.authorization(uri + "&operation=authenticate");
        }
        assertThat(TestLog.lines("WARN", "warn-password"))
                .singleElement()
                .asString()
                .contains("January 2026", "authScheme=OAuthClient", "initiateOAuth=GETANDREFRESH");
    }

    @Test
    void anApiTokenIsWarnedOfOnceAConnectionWithTheDateAndTheWayOver(ZendeskServer zendesk) {
        String uri = "zendesk-auth:warn-token?url=" + zendesk.url() + "&user=a@example.com&apiToken=secret";
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri);
            camel.authorization(uri + "&operation=authenticate");
        }
        assertThat(TestLog.lines("WARN", "warn-token"))
                .singleElement()
                .asString()
                .contains("30 April 2027", "authScheme=OAuthClient", "initiateOAuth=GETANDREFRESH");
    }

    @Test
    void aScopeThatIsGrantedNarrowerThanAskedIsWarnedOfByName(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization("zendesk-auth:warn-scope?url=" + zendesk.url()
                    + "&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=" + client.secret()
                    + "&scope=read,tickes:write&oauthSettingsLocation=memory:" + UUID.randomUUID());
        }
        assertThat(TestLog.lines("WARN", "warn-scope"))
                .singleElement()
                .asString()
                .contains("granted the scope 'read'", "left out [tickes:write]", "option scope", "Admin Center");
    }

    @Test
    void aScopeThatZendeskAnswersIsQuotedInOneShortLine(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        zendesk.nextTokenRequest(TokenFault.with("scope", "read\n" + "x".repeat(5000)));
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization("zendesk-auth:warn-long-scope?url=" + zendesk.url()
                    + "&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=" + client.secret()
                    + "&scope=read,tickets:write&oauthSettingsLocation=memory:" + UUID.randomUUID());
        }
        assertThat(TestLog.lines("WARN", "warn-long-scope"))
                .singleElement()
                .asString()
                .contains("granted the scope 'read xxx", "left out [tickets:write]", "Admin Center")
                .doesNotContain("x".repeat(201));
    }

    @Test
    void aVerifierInAUriIsMaskedByCamelOrWarnedOf(ZendeskServer zendesk) {
        String uri = "zendesk-auth:warn-verifier?url=" + zendesk.url()
                + "&initiateOAuth=REFRESH&oauthClientId=app&oauthClientKind=public&oauthVerifier=zac_pasted"
                + "&pkceVerifier=zac_verifier";
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.getEndpoint(uri);
            boolean masked = !URISupport.sanitizeUri(uri).contains("zac_pasted");

            assertThat(TestLog.lines("WARN", "warn-verifier"))
                    .as("Camel masks it: " + masked)
                    .hasSize(masked ? 0 : 1)
                    .allSatisfy(line -> assertThat(line).contains("oauthVerifier", "properties"));
        }
    }
}
