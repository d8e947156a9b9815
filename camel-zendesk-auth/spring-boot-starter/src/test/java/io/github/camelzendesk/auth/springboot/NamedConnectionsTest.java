package io.github.camelzendesk.auth.springboot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.ZendeskAuthConfiguration;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.TokenRequestSeen;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class NamedConnectionsTest {
    @Test
    void aTokenThatDiesIsReplacedInARoute(ZendeskServer zendesk) {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        try (ConfigurableApplicationContext application = Boot.start(twoTenants(zendesk), Application.class)) {
            String tickets = template(application).requestBody("direct:tickets", null, String.class);

            assertThat(tickets).contains("My printer is on fire");
        }

        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 200);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void toDIsRefusedForATenantThatIsNotConfigured(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application = Boot.start(twoTenants(zendesk), Application.class)) {
            ProducerTemplate template = template(application);

            assertThat(template.requestBodyAndHeader("direct:any", null, "tenant", "globex", String.class))
                    .startsWith("Bearer ");
            assertThatThrownBy(() -> template.requestBodyAndHeader("direct:any", null, "tenant", "initech"))
                    .isInstanceOf(CamelExecutionException.class)
                    .hasRootCauseInstanceOf(ConfigurationRefused.class)
                    .hasStackTraceContaining("This connection is not configured");
        }
    }

    @Test
    void whatAConnectionDoesNotSetItTakesFromTheComponentAndWhatItSetsItKeeps(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Map<String, String> properties = new HashMap<>(
                Boot.prefixed("acme", Map.of("url", zendesk.url(), "oauth-settings-location", "memory:boot-acme")));
        properties.putAll(Boot.prefixed(
                "globex",
                Map.of(
                        "url", zendesk.url(),
                        "oauth-settings-location", "memory:boot-globex",
                        "access-token-lifetime", "20m")));
        properties.put("camel.component.zendesk-auth.auth-scheme", "OAuthClient");
        properties.put("camel.component.zendesk-auth.oauth-client-id", client.identifier());
        properties.put("camel.component.zendesk-auth.oauth-client-secret", client.secret());
        properties.put("camel.component.zendesk-auth.access-token-lifetime", "10m");

        try (ConfigurableApplicationContext application = Boot.start(properties, Application.class)) {
            template(application).requestBodyAndHeader("direct:any", null, "tenant", "acme");
            template(application).requestBodyAndHeader("direct:any", null, "tenant", "globex");
        }

        assertThat(zendesk.tokenRequests())
                .extracting((TokenRequestSeen seen) -> seen.parameter("expires_in"))
                .containsExactly("600", "1200");
    }

    @Test
    void eachConnectionIsATokenManagerToInjectByItsNameAndTheSameAsInCamel(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application =
                Boot.start(twoTenants(zendesk), Application.class, Injected.class)) {
            Both both = application.getBean(Both.class);

            assertThat(both.acme).isSameAs(ofCamel(application, "acme"));
            assertThat(both.globex).isSameAs(ofCamel(application, "globex")).isNotSameAs(both.acme);
        }
    }

    @Test
    void theOnlyConnectionIsInjectedWithoutItsName(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application =
                Boot.start(Boot.service(zendesk, "acme"), Application.class)) {
            assertThat(application.getBean(TokenManager.class)).isSameAs(ofCamel(application, "acme"));
        }
    }

    @Test
    void aBeanThatWorksBeforeCamelStartsHasItsToken(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application =
                Boot.start(Boot.service(zendesk, "acme"), Application.class, Eager.class)) {
            EarlyBird early = application.getBean(EarlyBird.class);

            assertThat(early.camelWasStarted).isFalse();
            assertThat(early.header).startsWith("Bearer ");
            assertThat(ofCamel(application, "acme").fresh()).isNotNull().satisfies(now -> assertThat(now.headerValue())
                    .isEqualTo(early.header));
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void aTokenManagerIsMadeOnlyForWhoWantsIt(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application = Boot.start(twoTenants(zendesk), Application.class)) {
            assertThat(application.getBeanFactory().containsSingleton("zendesk-auth:acme"))
                    .isFalse();
            assertThat(application.getBean("zendesk-auth:acme")).isInstanceOf(TokenManager.class);
        }
    }

    @Test
    void springLeavesTheClosingOfATokenManagerToTheComponent(ZendeskServer zendesk) {
        try (ConfigurableApplicationContext application =
                Boot.start(Boot.service(zendesk, "acme"), Application.class)) {
            TokenManager manager = application.getBean(TokenManager.class);
            application.getBeanFactory().destroyBean("zendesk-auth:acme", manager);

            assertThat(manager.authorization().join().headerValue()).startsWith("Bearer ");
        }
    }

    @Test
    void anOptionThatRefersToABeanFindsItForTheComponentAndForAConnection(ZendeskServer zendesk) {
        Map<String, String> properties = new HashMap<>(Boot.prefixed("acme", Map.of("token-manager", "#brought")));
        properties.putAll(Boot.prefixed("globex", Map.of("token-manager", "#bean:brought")));
        properties.put("camel.component.zendesk-auth.configuration", "#defaults");

        try (ConfigurableApplicationContext application = Boot.start(properties, Application.class, Brought.class)) {
            assertThat(ofCamel(application, "acme"))
                    .isSameAs(ofCamel(application, "globex"))
                    .isSameAs(application.getBean("brought"));
            ZendeskAuthComponent component =
                    application.getBean(CamelContext.class).getComponent("zendesk-auth", ZendeskAuthComponent.class);
            assertThat(component.getConfiguration()).isSameAs(application.getBean("defaults"));
        }
    }

    @Test
    void theComponentIsLeftAloneWhereItsAutoConfigurationIsSwitchedOff(ZendeskServer zendesk) {
        Map<String, String> properties = twoTenants(zendesk);
        properties.put("camel.component.zendesk-auth.enabled", "false");

        try (ConfigurableApplicationContext application = Boot.start(properties, Bare.class)) {
            ZendeskAuthComponent component =
                    application.getBean(CamelContext.class).getComponent("zendesk-auth", ZendeskAuthComponent.class);
            assertThat(component.getConnections()).isEmpty();
            assertThat(application.getBeansOfType(TokenManager.class)).isEmpty();
        }
    }

    @Test
    void aGrantIsKeptInATableThatIsCreatedForIt(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        Map<String, String> properties = Boot.prefixed(
                "acme",
                Map.of(
                        "url", zendesk.url(),
                        "oauth-client-id", client.identifier(),
                        "oauth-client-secret", client.secret(),
                        "initiate-oauth", "REFRESH",
                        "oauth-settings-location", "jdbc:h2:mem:boot;DB_CLOSE_DELAY=-1;zendesk.table=grants"));
        Map<String, String> first = new HashMap<>(properties);
        first.putAll(Boot.prefixed(
                "acme",
                Map.of(
                        "oauth-refresh-token",
                        zendesk.issue(client, "read write").refreshToken())));

        for (Map<String, String> start : List.of(first, properties)) {
            try (ConfigurableApplicationContext application = Boot.start(start, Application.class)) {
                String header =
                        template(application).requestBodyAndHeader("direct:any", null, "tenant", "acme", String.class);
                assertThat(zendesk.isLive(header.substring("Bearer ".length()))).isTrue();
            }
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    private static Map<String, String> twoTenants(ZendeskServer zendesk) {
        Map<String, String> properties = new HashMap<>(Boot.service(zendesk, "acme"));
        properties.putAll(Boot.service(zendesk, "globex"));
        properties.put("tickets", zendesk.url() + "/api/v2/tickets.json");
        return properties;
    }

    private static ProducerTemplate template(ConfigurableApplicationContext application) {
        return application.getBean(ProducerTemplate.class);
    }

    static TokenManager ofCamel(ConfigurableApplicationContext application, String connection) {
        return application
                .getBean(CamelContext.class)
                .getEndpoint("zendesk-auth:" + connection, ZendeskAuthEndpoint.class)
                .getTokenManager();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Bare {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        ZendeskHttpClientConfigurer handover() {
            return new ZendeskHttpClientConfigurer("zendesk-auth:acme");
        }

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:tickets").toD("{{tickets:}}?httpClientConfigurer=#handover&httpMethod=GET");
                    from("direct:any").toD("zendesk-auth:${header.tenant}").setBody(header("Authorization"));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Injected {
        @Bean
        Both both(@Qualifier("acme") TokenManager acme, @Qualifier("globex") TokenManager globex) {
            return new Both(acme, globex);
        }
    }

    record Both(TokenManager acme, TokenManager globex) {}

    @Configuration(proxyBeanMethods = false)
    static class Eager {
        @Bean
        EarlyBird early(TokenManager manager, CamelContext camelContext) {
            return new EarlyBird(manager.authorization().join().headerValue(), camelContext.isStarted());
        }
    }

    record EarlyBird(String header, boolean camelWasStarted) {
        @Override
        public String toString() {
            return "EarlyBird";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Brought {
        @Bean
        ZendeskAuthConfiguration defaults() {
            return new ZendeskAuthConfiguration();
        }

        @Bean(destroyMethod = "")
        TokenManager brought() throws Exception {
            try (DefaultCamelContext elsewhere = new DefaultCamelContext()) {
                return elsewhere
                        .getEndpoint("zendesk-auth:brought?url=acme&oauthAccessToken=opaque", ZendeskAuthEndpoint.class)
                        .getTokenManager();
            }
        }
    }
}
