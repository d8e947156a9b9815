package io.github.camelzendesk.auth;

import java.util.UUID;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.testkit.OAuthClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class CamelMainTest {
    @Test
    void everyOptionIsAComponentOptionInEitherSpelling(ZendeskServer zendesk) throws Exception {
        OAuthClient client = zendesk.confidentialClient("robot");
        Main main = new Main();
        main.addInitialProperty("camel.component.zendesk-auth.url", zendesk.url());
        main.addInitialProperty("camel.component.zendesk-auth.auth-scheme", "OAuthClient");
        main.addInitialProperty("camel.component.zendesk-auth.OAuthClientId", "robot");
        main.addInitialProperty("camel.component.zendesk-auth.oauthClientSecret", client.secret());
        main.addInitialProperty("camel.component.zendesk-auth.OAuthSettingsLocation", "memory:" + UUID.randomUUID());
        main.addInitialProperty("camel.component.zendesk-auth.accessTokenLifetime", "10m");
        main.addInitialProperty("camel.main.additionalSensitiveKeywords", "treasure");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("zendesk-auth:acme");
            }
        });
        main.start();
        try {
            Object header = main.getCamelTemplate()
                    .send("direct:in", exchange -> {})
                    .getMessage()
                    .getHeader("Authorization");

            assertThat(URISupport.sanitizeUri("x:y?treasure=gold"))
                    .as("asked for before us")
                    .doesNotContain("gold");
            assertThat(header).asString().startsWith("Bearer ");
            assertThat(zendesk.tokenRequests())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.parameter("expires_in")).isEqualTo("600"));
        } finally {
            main.stop();
        }
    }
}
