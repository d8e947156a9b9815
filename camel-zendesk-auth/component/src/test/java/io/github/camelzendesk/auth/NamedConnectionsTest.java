package io.github.camelzendesk.auth;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.monitor.MonitoredConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenRequestSeen;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Connections that are configured by name, by properties of the component or as beans. */
@ExtendWith(ZendeskExtension.class)
class NamedConnectionsTest {
    @ParameterizedTest
    @CsvSource({"connections.acme.,acme", "connections[acme].,acme", "connections[acme-eu.2].,acme-eu.2"})
    void aUriFindsTheConnectionThatPropertiesConfigure(String prefix, String name, ZendeskServer zendesk) {
        try (Tenants tenants = new Tenants(service(zendesk, prefix))) {
            assertThat(tenants.authorization("zendesk-auth:" + name)).startsWith("Bearer ");
        }
    }

    @Test
    void whatAConnectionDoesNotSetItTakesFromTheComponent(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("authScheme", "OAuthClient");
        options.put("oauthClientId", "robot");
        options.put("oauthClientSecret", client.secret());
        options.put("accessTokenLifetime", "10m");
        options.put("connections.acme.url", zendesk.url());
        options.put("connections.acme.oauthSettingsLocation", "memory:" + UUID.randomUUID());
        options.put("connections.globex.url", zendesk.url());
        options.put("connections.globex.accessTokenLifetime", "20m");
        options.put("connections.globex.oauthSettingsLocation", "memory:" + UUID.randomUUID());

        try (Tenants tenants = new Tenants(options)) {
            tenants.authorization("zendesk-auth:acme");
            tenants.authorization("zendesk-auth:globex");

            assertThat(zendesk.tokenRequests())
                    .extracting(seen -> seen.parameter("expires_in"))
                    .containsExactly("600", "1200");
        }
    }

    @Test
    void aUriFindsTheConnectionThatIsABean(ZendeskServer zendesk) {
        try (Tenants tenants = new Tenants(Map.of())) {
            tenants.context.getRegistry().bind("acme", bean(zendesk));

            assertThat(tenants.authorization("zendesk-auth:acme")).startsWith("Bearer ");
            assertThat(refusal(tenants.send("globex"))).hasMessageContaining("This connection is not configured");
        }
    }

    @Test
    void aBeanOfARouteTemplateIsTheConnectionOfItsRouteAndClosesTheComponentToNobody(ZendeskServer zendesk)
            throws Exception {
        try (Tenants tenants = new Tenants(service(zendesk, ""))) {
            tenants.context.addRoutes(template(zendesk));
            tenants.context.addRouteFromTemplate("one", "own", Map.of("connectionName", "desk"));

            assertThat(tenants.authorization("direct:one")).startsWith("Bearer ");
            assertThat(tenants.component().observed())
                    .extracting(MonitoredConnection::label)
                    .containsExactly("desk");
            assertThat(tenants.authorization("zendesk-auth:another")).startsWith("Bearer ");
        }
    }

    @Test
    void aBeanOfARouteTemplateIsAConnectionWhereOthersAreConfiguredByName(ZendeskServer zendesk) throws Exception {
        try (Tenants tenants = new Tenants(service(zendesk, "connections.acme."))) {
            tenants.context.addRoutes(template(zendesk));
            tenants.context.addRouteFromTemplate("one", "own", Map.of("connectionName", "desk"));

            assertThat(tenants.authorization("direct:one")).startsWith("Bearer ");
            assertThat(refusal(tenants.send("own"))).hasMessageContaining("This connection is not configured");
        }
    }

    /** A template that has its connection with it, as a Kamelet has. */
    private static RouteBuilder template(ZendeskServer zendesk) {
        String secret = zendesk.confidentialClient("templated").secret();
        return new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("own")
                        .templateParameter("connectionName")
                        .templateBean("own")
                        .typeClass(ZendeskAuthConfiguration.class)
                        .property("url", zendesk.url())
                        .property("authScheme", "OAuthClient")
                        .property("oauthClientId", "templated")
                        .property("oauthClientSecret", secret)
                        .property("oauthSettingsLocation", "memory:" + UUID.randomUUID())
                        .property("connectionName", "{{connectionName}}")
                        .end()
                        .from("direct:one")
                        .to("zendesk-auth:{{own}}");
            }
        };
    }

    @Test
    void aBeanOfAnotherTypeIsNoConnection(ZendeskServer zendesk) {
        try (Tenants tenants = new Tenants(service(zendesk, ""))) {
            tenants.context.getRegistry().bind("acme", new ZendeskHttpClientConfigurer("zendesk-auth:acme"));

            assertThat(tenants.authorization("zendesk-auth:acme")).startsWith("Bearer ");
        }
    }

    @Test
    void theOptionsOfTheComponentAreNoConnectionThoughTheyBeABean(ZendeskServer zendesk) {
        try (Tenants tenants = new Tenants(Map.of())) {
            ZendeskAuthConfiguration configuration = bean(zendesk);
            tenants.context.getRegistry().bind("defaults", configuration);
            tenants.component().setConfiguration(configuration);

            assertThat(tenants.authorization("zendesk-auth:acme")).startsWith("Bearer ");
        }
    }

    @Test
    void aHundredTenantsNeedNoSecretInAUriAndEachHasItsOwnToken(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("authScheme", "OAuthClient");
        options.put("oauthClientId", "robot");
        options.put("oauthClientSecret", client.secret());
        for (int tenant = 0; tenant < 100; tenant++) {
            options.put("connections.t" + tenant + ".url", zendesk.url());
            options.put("connections.t" + tenant + ".oauthSettingsLocation", "memory:" + UUID.randomUUID());
        }
        Set<String> tokens = new HashSet<>();

        try (Tenants tenants = new Tenants(options)) {
            for (int tenant = 0; tenant < 100; tenant++) {
                tokens.add(tenants.send("t" + tenant).getMessage().getHeader("Authorization", String.class));
            }

            assertThat(tokens).hasSize(100).doesNotContainNull();
            assertThat(tenants.context.getEndpoints())
                    .extracting(endpoint -> endpoint.getEndpointUri())
                    .noneMatch(uri -> uri.contains(client.secret()))
                    .contains("zendesk-auth://t0", "zendesk-auth://t99");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil",
                "ACME",
                "acme/../evil",
                "acme%3Furl=EVIL",
                "evil?url=EVIL",
                "evil?url=EVIL&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=x",
                "acme?url=EVIL",
                "acme?URL=EVIL",
                "acme?configuration.url=EVIL",
                "acme?configuration=#other",
                "acme?tokenEndpointPath=EVIL/oauth/tokens",
                "acme?proxyHost=127.0.0.1&proxyPort=1",
                "acme?okHttpClient=#other",
                "acme?tokenManager=#other",
                "acme?oauthSettingsLocation=memory:elsewhere",
                "acme?oauthClientId=other",
                "acme?scope=admin",
                "acme?operation=verify&url=EVIL",
                "acme?operation=verify&initiateOAuth=OFF&oauthAccessToken=theirs",
            })
    void noMessageSteersToAConnectionThatIsNotConfigured(String tenant, ZendeskServer zendesk) {
        try (ZendeskServer evil = ZendeskServer.start();
                Tenants tenants = new Tenants(service(zendesk, "connections.acme."))) {
            for (Exchange exchange : List.of(
                    tenants.send(tenant.replace("EVIL", evil.url())),
                    tenants.recipient(tenant.replace("EVIL", evil.url())))) {
                assertThat(refusal(exchange)).isNotNull();
                assertThat(exchange.getMessage().getHeader("Authorization")).isNull();
            }
            assertThat(evil.tokenRequests()).isEmpty();
            assertThat(evil.apiRequests()).isEmpty();
            assertThat(zendesk.tokenRequests()).isEmpty();
        }
    }

    @Test
    void aUriMayStillSayWhatBelongsToTheEndpoint(ZendeskServer zendesk) {
        try (Tenants tenants = new Tenants(service(zendesk, "connections.acme."))) {
            Exchange exchange = tenants.recipient(
                    "acme?onBehalfOf=end@user.com&marketplace-name=RAW(Robot #1)&LazyStartProducer=true&verifyOnStart=false");

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader("X-On-Behalf-Of")).isEqualTo("end@user.com");
            assertThat(exchange.getMessage().getHeader("X-Zendesk-Marketplace-Name"))
                    .isEqualTo("Robot #1");
            assertThat(tenants.context.getEndpoints())
                    .filteredOn(ZendeskAuthEndpoint.class::isInstance)
                    .extracting(endpoint -> ((ZendeskAuthEndpoint) endpoint).isLazyStartProducer())
                    .containsExactly(true);
            assertThat(tenants.recipient("acme?OPERATION=Status").getMessage().getBody(Map.class))
                    .containsEntry("generation", 1L);
            assertThat(zendesk.tokenRequests())
                    .extracting(TokenRequestSeen::grantType)
                    .containsExactly("client_credentials");
        }
    }

    @Test
    void aRefusalNamesTheOptionsAndTheWayOutAndNoTenant(ZendeskServer zendesk) {
        Map<String, Object> options = service(zendesk, "connections.acme.");
        options.putAll(service(zendesk, "connections[globexEu]."));
        try (Tenants tenants = new Tenants(options)) {
            assertThat(refusal(tenants.recipient("acme?scope=read&u-r-l=other&x.sacm3=y")))
                    .hasMessage(
                            "This connection is configured by name, so its URI cannot set an unknown option, scope, url:"
                                    + " set this where the connection is configured, and leave it out of the URI.");
            for (String unknown : List.of("initech", "globex-eu", "ACME", "acme?onBehalfOf=x&unknown=initech")) {
                assertThat(refusal(tenants.recipient(unknown)).getMessage())
                        .doesNotContainIgnoringCase("initech")
                        .doesNotContainIgnoringCase("acme")
                        .doesNotContainIgnoringCase("globex");
            }
            assertThat(refusal(tenants.recipient("globex-eu")))
                    .hasMessageContaining("camel.component.zendesk-auth.connections[name].url")
                    .hasMessageContaining("A name with dashes, dots or capitals stands in brackets.");
        }
    }

    @Test
    void aConnectionThatIsConfiguredTwiceIsRefusedAtTheStart() throws Exception {
        try (CamelContext context = CamelFixture.notStarted()) {
            context.getRegistry().bind("acme", new ZendeskAuthConfiguration());
            context.getComponent("zendesk-auth", ZendeskAuthComponent.class)
                    .getConnections()
                    .put("acme", new ZendeskAuthConnection());

            assertThatThrownBy(context::start).hasStackTraceContaining("it is configured twice");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "connections.acme.oauthClientSecrt, has no option 'oauthClientSecrt'",
        "connections[acme].oauthClientSecrt, has no option 'oauthClientSecrt'",
        "connections.acme, connections.acme.url",
        "connections.acme.joinTimeout, joinTimeout"
    })
    void aMistakeInAPropertyFailsTheStartByItsName(String property, String said) {
        assertThatThrownBy(() -> new Tenants(Map.of(property, "precious")))
                .extracting(NamedConnectionsTest::wholeStory)
                .asString()
                .contains(said);
    }

    @Test
    void aBeanInPlaceOfAConnectionsOptionsIsRefused(ZendeskServer zendesk) {
        try (Tenants tenants = new Tenants(Map.of("connections[acme]", bean(zendesk)))) {
            assertThat(refusal(tenants.send("acme"))).hasMessageContaining("such as connections[acme].url");
        }
    }

    private static Map<String, Object> service(ZendeskServer zendesk, String prefix) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Map<String, Object> options = new LinkedHashMap<>();
        options.put(prefix + "url", zendesk.url());
        options.put(prefix + "auth-scheme", "OAuthClient");
        options.put(prefix + "OAuthClientId", "robot");
        options.put(prefix + "oauthClientSecret", client.secret());
        options.put(prefix + "oauthSettingsLocation", "memory:" + UUID.randomUUID());
        options.put(prefix + "joinTimeout", "30s");
        return options;
    }

    private static ZendeskAuthConfiguration bean(ZendeskServer zendesk) {
        ZendeskAuthConfiguration configuration = new ZendeskAuthConfiguration();
        configuration.setUrl(zendesk.url());
        configuration.setAuthScheme(AuthScheme.OAuthClient);
        configuration.setOauthClientId("robot");
        configuration.setOauthClientSecret(zendesk.confidentialClient("robot").secret());
        configuration.setOauthSettingsLocation("memory:" + UUID.randomUUID());
        return configuration;
    }

    private static ConfigurationRefused refusal(Exchange exchange) {
        for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationRefused refused) {
                return refused;
            }
        }
        throw new AssertionError("not refused", exchange.getException());
    }

    private static String wholeStory(Throwable thrown) {
        StringBuilder story = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            story.append(cause.getMessage()).append('\n');
        }
        return story.toString();
    }

    /** A context with these options on its component, and a route that takes the connection from the message. */
    private static final class Tenants implements AutoCloseable {
        final CamelContext context = CamelFixture.notStarted();

        Tenants(Map<String, Object> options) {
            try {
                // As Camel Main, Quarkus and the Spring Boot starter set the options of a component.
                PropertyBindingSupport.build()
                        .withCamelContext(context)
                        .withTarget(component())
                        .withConfigurer(component().getComponentPropertyConfigurer())
                        .withIgnoreCase(true)
                        .withMandatory(true)
                        .withProperties(new LinkedHashMap<>(options))
                        .bind();
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").toD("zendesk-auth:${header.tenant}");
                        from("direct:list").recipientList(simple("zendesk-auth:${header.tenant}"), "false");
                    }
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            context.start();
        }

        ZendeskAuthComponent component() {
            return context.getComponent("zendesk-auth", ZendeskAuthComponent.class);
        }

        /** By toD. */
        Exchange send(String tenant) {
            return send("direct:in", tenant);
        }

        /** By a recipient list, of whose URIs Camel shows us no template. */
        Exchange recipient(String tenant) {
            return send("direct:list", tenant);
        }

        private Exchange send(String route, String tenant) {
            return context.createProducerTemplate()
                    .send(route, exchange -> exchange.getMessage().setHeader("tenant", tenant));
        }

        String authorization(String uri) {
            return context.createProducerTemplate()
                    .send(uri, exchange -> {})
                    .getMessage()
                    .getHeader("Authorization", String.class);
        }

        @Override
        public void close() {
            context.stop();
        }
    }
}
