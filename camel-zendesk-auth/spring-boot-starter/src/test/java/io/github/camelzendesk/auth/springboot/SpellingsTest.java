package io.github.camelzendesk.auth.springboot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Which spellings of an option and of a connection's name reach the component. */
@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class SpellingsTest {
    private static final String PREFIX = "camel.component.zendesk-auth.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initiateOAuth",
                "initiate-oauth",
                "initiate-o-auth",
                "InitiateOAuth",
                "INITIATE_OAUTH",
                "initiateoauth"
            })
    void initiateOAuthIsFoundInEachSpellingOnTheComponentAndOnAConnection(String spelling) {
        Map<String, String> properties =
                Map.of(PREFIX + spelling, "refresh", PREFIX + "connections.acme." + spelling, "GetAndRefresh");

        try (ConfigurableApplicationContext application = Boot.start(properties, PropertiesOnly.class)) {
            assertThat(application.getBean(ZendeskAuthOptions.class).initiateOAuth())
                    .isEqualTo(InitiateOAuth.REFRESH);
            assertThat(connection(application, "acme").initiateOAuth()).isEqualTo(InitiateOAuth.GETANDREFRESH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauthClientId", "oauth-client-id", "OAuthClientId", "o-auth-client-id", "OAUTH_CLIENT_ID"})
    void oauthClientIdIsFoundInEachSpelling(String spelling) {
        Map<String, String> properties = Map.of(PREFIX + "connections.acme." + spelling, "desk-tool");

        try (ConfigurableApplicationContext application = Boot.start(properties, PropertiesOnly.class)) {
            assertThat(connection(application, "acme").oauthClientId()).isEqualTo("desk-tool");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "connections.acme,acme",
        "connections[acme],acme",
        "connections.acme-eu,acme-eu",
        "connections.acmeEU,acmeEU",
        "connections[acme-eu.2],acme-eu.2",
        "connections[acme_eu],acme_eu",
        "connections.acme_eu,acme_eu"
    })
    void aConnectionIsNamedAsItStandsInBracketsOrWithoutThemAsSpringHasIt(String property, String name) {
        try (ConfigurableApplicationContext application =
                Boot.start(Map.of(PREFIX + property + ".url", "acme"), PropertiesOnly.class)) {
            assertThat(application.getBean(ZendeskAuthComponentOptions.class).connections())
                    .containsOnlyKeys(name);
        }
    }

    @Test
    void anEnvironmentVariableSetsAConnectionsSecretAndItsNameIsInLowerCase(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Map<String, Object> variables = Map.of(
                "CAMEL_COMPONENT_ZENDESKAUTH_AUTHSCHEME", "OAuthClient",
                "CAMEL_COMPONENT_ZENDESKAUTH_CONNECTIONS_ACME_URL", zendesk.url(),
                "CAMEL_COMPONENT_ZENDESKAUTH_CONNECTIONS_ACME_OAUTHCLIENTID", client.identifier(),
                "CAMEL_COMPONENT_ZENDESKAUTH_CONNECTIONS_ACME_OAUTHCLIENTSECRET", client.secret(),
                "CAMEL_COMPONENT_ZENDESKAUTH_CONNECTIONS_ACME_OAUTHSETTINGSLOCATION", "memory:variables");

        try (ConfigurableApplicationContext application = withVariables(variables, Map.of(), Application.class)) {
            assertThat(application
                            .getBean(TokenManager.class)
                            .authorization()
                            .join()
                            .headerValue())
                    .startsWith("Bearer ");
            assertThat(NamedConnectionsTest.ofCamel(application, "acme"))
                    .isSameAs(application.getBean(TokenManager.class));
        }
    }

    @Test
    void aVariableGoesWithTheConnectionThatAFileNames() {
        Map<String, Object> variables =
                Map.of("CAMEL_COMPONENT_ZENDESKAUTH_CONNECTIONS_ACME_OAUTHCLIENTSECRET", "made-up");

        try (ConfigurableApplicationContext application =
                withVariables(variables, Map.of(PREFIX + "connections.acme.url", "acme"), PropertiesOnly.class)) {
            assertThat(application.getBean(ZendeskAuthComponentOptions.class).connections())
                    .containsOnlyKeys("acme");
            assertThat(connection(application, "acme").url()).isEqualTo("acme");
            assertThat(connection(application, "acme").oauthClientSecret()).isEqualTo("made-up");
        }
    }

    @Test
    void yamlNestsConnectionsAndTakesBracketsForANameWithADot(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Map<String, String> properties = new HashMap<>();
        properties.put("spring.config.location", "classpath:spellings.yaml");
        properties.put("stand-in.url", zendesk.url());
        properties.put("stand-in.secret", client.secret());

        try (ConfigurableApplicationContext application = Boot.start(properties, Application.class)) {
            assertThat(NamedConnectionsTest.ofCamel(application, "acme")
                            .authorization()
                            .join()
                            .headerValue())
                    .startsWith("Bearer ");
            assertThat(NamedConnectionsTest.ofCamel(application, "globex.eu")
                            .authorization()
                            .join()
                            .headerValue())
                    .startsWith("Bearer ");
            assertThat(connection(application, "globex.eu").accessTokenLifetime())
                    .isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void aSecretThatBeginsWithAHashIsNoReferenceThoughABeanHasItsName() {
        Map<String, String> properties = Boot.prefixed(
                "acme", Map.of("url", "acme", "oauth-access-token", "t", "oauth-client-secret", "#made-up"));

        try (ConfigurableApplicationContext application = Boot.start(properties, Application.class, Named.class)) {
            assertThat(application
                            .getBean(CamelContext.class)
                            .getEndpoint("zendesk-auth:acme", ZendeskAuthEndpoint.class)
                            .getConfiguration()
                            .getOauthClientSecret())
                    .isEqualTo("#made-up");
        }
    }

    @Test
    void whatIsPrintedOfOptionsHasNoValue() {
        Map<String, String> properties = Map.of(PREFIX + "connections.acme.password", "made-up");

        try (ConfigurableApplicationContext application = Boot.start(properties, PropertiesOnly.class)) {
            assertThat(application.getBean(ZendeskAuthComponentOptions.class).toString())
                    .contains("acme=ZendeskAuthOptions[password]")
                    .doesNotContain("made-up");
        }
    }

    private static ConfigurableApplicationContext withVariables(
            Map<String, Object> variables, Map<String, String> properties, Class<?> source) {
        SpringApplicationBuilder builder = Boot.application(source).initializers(context -> context.getEnvironment()
                .getPropertySources()
                // By the end of its name Spring knows that it has variables in it.
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
        return builder.run(Boot.arguments(properties));
    }

    private static ZendeskAuthOptions connection(ConfigurableApplicationContext application, String name) {
        return application
                .getBean(ZendeskAuthComponentOptions.class)
                .connections()
                .get(name);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({ZendeskAuthOptions.class, ZendeskAuthComponentOptions.class})
    static class PropertiesOnly {}

    @Configuration(proxyBeanMethods = false)
    static class Named {
        @Bean("made-up")
        String another() {
            return "another";
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:any").toD("zendesk-auth:${header.tenant}");
                }
            };
        }
    }
}
