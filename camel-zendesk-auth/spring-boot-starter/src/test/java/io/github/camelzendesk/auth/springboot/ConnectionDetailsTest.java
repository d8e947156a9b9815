package io.github.camelzendesk.auth.springboot;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** An application whose properties are those of production, in a test of its own. */
@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class ConnectionDetailsTest {
    @Test
    void aBeanWithTheStandInsDetailsReplacesThePropertiesOfItsConnection(ZendeskServer zendesk) {
        Map<String, String> ofProduction = Boot.prefixed(
                "acme",
                Map.of(
                        "url", "acme",
                        "initiate-oauth", "REFRESH",
                        "oauth-client-id", "production",
                        "oauth-client-secret", "made-up",
                        "scope", "read",
                        "oauth-settings-location", "file:/nowhere/acme.json"));

        try (ConfigurableApplicationContext application = start(zendesk, ofProduction)) {
            assertThat(application
                            .getBean(TokenManager.class)
                            .authorization()
                            .join()
                            .headerValue())
                    .startsWith("Bearer ");
            assertThat(NamedConnectionsTest.ofCamel(application, "acme"))
                    .isSameAs(application.getBean(TokenManager.class));
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void aConnectionThatNoPropertyConfiguresIsThereForRoutes(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application = start(zendesk, Map.of())) {
            assertThat(application
                            .getBean(CamelContext.class)
                            .createProducerTemplate()
                            .request("direct:authenticate", exchange -> {})
                            .getMessage()
                            .getHeader("Authorization", String.class))
                    .startsWith("Bearer ");
        }
    }

    private static ConfigurableApplicationContext start(ZendeskServer zendesk, Map<String, String> properties) {
        SpringApplicationBuilder builder = Boot.application(Authenticating.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(
                                ZendeskConnectionDetails.class,
                                () -> ZendeskConnectionDetails.of("acme", ZendeskOptions.ofService(zendesk))));
        return builder.run(Boot.arguments(properties));
    }
}
