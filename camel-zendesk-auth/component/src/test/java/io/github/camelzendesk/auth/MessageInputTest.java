package io.github.camelzendesk.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a message chooses: nothing, but where the author of the route has said so. */
class MessageInputTest {
    private final CamelContext context = CamelFixture.notStarted();

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("acme", connection());
        ZendeskAuthConfiguration trusting = connection();
        trusting.setOperationFromHeader(true);
        trusting.setOnBehalfOfFromHeader(true);
        context.getRegistry().bind("trusting", trusting);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:tenant").toD("zendesk-auth:${header.tenant}");
                from("direct:user").toD("zendesk-auth:acme?onBehalfOf=${header.user}");
                from("direct:both")
                        .toD("zendesk-auth:${header.tenant}?onBehalfOf=${header.user}&operation=authenticate");
                from("direct:body").noStreamCaching().toD("zendesk-auth:${body}");
                from("direct:placeholders").toD("{{zendesk}}:${header.tenant}?{{options}}");
                for (String connection : List.of("acme", "trusting")) {
                    from("direct:policy-" + connection)
                            .policy(new ZendeskAuthPolicy("zendesk-auth:" + connection))
                            .process(exchange -> exchange.setProperty(
                                    "within", exchange.getMessage().getHeader("X-On-Behalf-Of")))
                            .end();
                }
            }
        });
        context.getPropertiesComponent().addInitialProperty("zendesk", "zendesk-auth");
        context.getPropertiesComponent().addInitialProperty("name", "acme");
        context.getPropertiesComponent().addInitialProperty("options", "operation=status");
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void everyOptionOfTheCatalogIsOpenToAUriOfANamedConnectionOrClosed() throws IOException {
        Set<String> options = new TreeSet<>(names("properties"));
        options.remove("connection");

        assertThat(MessageInput.options())
                .as(
                        "a new option of Camel's must be put into one of the tables of MessageInput: may a message choose it?")
                .isEqualTo(options);
    }

    @Test
    void everyHeaderOfTheCatalogCountsAlwaysOrWhereAnOptionSaysSo() throws IOException {
        ZendeskAuthConfiguration all = new ZendeskAuthConfiguration();
        all.setOperationFromHeader(true);
        all.setOnBehalfOfFromHeader(true);
        MessageInput nothing = new MessageInput(new ZendeskAuthConfiguration());
        MessageInput everything = new MessageInput(all);

        assertThat(names("headers"))
                .as("a new header must be put into one of the tables of MessageInput")
                .isEqualTo(everything.headers());
        assertThat(nothing.headers())
                .containsExactlyInAnyOrder(
                        ZendeskAuthConstants.CODE, ZendeskAuthConstants.STATE, ZendeskAuthConstants.PKCE_VERIFIER);
    }

    @Test
    void aHeaderChoosesTheOperationOnlyWhereTheConnectionSaysSo() {
        Map<String, Object> status = Map.of(ZendeskAuthConstants.OPERATION, "STATUS");

        assertThat(send("zendesk-auth:acme", status).getMessage().getBody()).isNull();
        assertThat(send("zendesk-auth:acme", status).getMessage().getHeader("Authorization"))
                .isEqualTo("Bearer t");
        assertThat(send("zendesk-auth:trusting", status).getMessage().getBody(Map.class))
                .containsKey("state");
        assertThat(send("zendesk-auth:trusting", Map.of(ZendeskAuthConstants.OPERATION, ZendeskAuthOperation.status))
                        .getMessage()
                        .getBody(Map.class))
                .containsKey("state");
    }

    @Test
    void aHeaderChoosesTheEndUserOnlyWhereTheConnectionSaysSo() {
        Map<String, Object> boss = Map.of(ZendeskAuthConstants.ON_BEHALF_OF, "boss@acme.com");

        assertThat(send("zendesk-auth:acme", boss).getMessage().getHeader("X-On-Behalf-Of"))
                .isNull();
        assertThat(send("zendesk-auth:trusting", boss).getMessage().getHeader("X-On-Behalf-Of"))
                .isEqualTo("boss@acme.com");
        assertThat(send("direct:policy-acme", boss).getProperty("within")).isNull();
        assertThat(send("direct:policy-trusting", boss).getProperty("within")).isEqualTo("boss@acme.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operationFromHeader", "OnBehalfOfFromHeader", "operation-from-header"})
    void noUriOfANamedConnectionMakesAHeaderCount(String option) {
        assertThatThrownBy(() -> context.getEndpoint("zendesk-auth:acme?" + option + "=true"))
                .hasRootCauseInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("cannot set");
    }

    @Test
    void anOperationThatIsNoneIsRefusedWithoutBeingRepeated() {
        for (Object operation : List.of("drop everything", "", "#class:evil", 7)) {
            Exchange exchange = send("zendesk-auth:trusting", Map.of(ZendeskAuthConstants.OPERATION, operation));

            assertThat(exchange.getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageStartingWith("CamelZendeskAuthOperation must be one of [authenticate, ")
                    .message()
                    .doesNotContain("drop", "evil", "7");
        }
    }

    @Test
    void aMessageFillsInThePlacesOfATemplate() {
        assertThat(onBehalfOf(send("direct:user", Map.of("user", "end.user@acme.com"))))
                .isEqualTo("end.user@acme.com");
        assertThat(onBehalfOf(send("direct:user", Map.of("user", "a#b+c %40"))))
                .as("a value is not looked into")
                .isNotNull();
        assertThat(onBehalfOf(send("direct:both", Map.of("tenant", "acme", "user", "x"))))
                .isEqualTo("x");
        assertThat(send("direct:placeholders", Map.of("tenant", "acme"))
                        .getMessage()
                        .getBody(Map.class))
                .containsEntry("connection", "acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme?operation=revoke",
                "acme?onBehalfOf=boss",
                "acme?",
                "acme??operation=revoke",
                "acme&operation=revoke",
                "acme%3Foperation=revoke",
                "acme%253Foperation=revoke",
                "acme?lazyStartProducer=true",
                "acme?bridgeErrorHandler=true",
                "acme?hash=1",
                "acme?onBehalfOf=RAW(boss",
                "acme?x=RAW(",
                // Camel takes an option out whose value is a placeholder without a value.
                "acme?onBehalfOf=boss&a={{?nothing}}",
                "acme?operation=revoke&a={{?nothing}}",
                "acme{{?nothing}}",
                "{{name}}",
            })
    void aMessageAddsNoOptionToATemplate(String tenant) {
        for (String route : List.of("direct:tenant", "direct:both", "direct:placeholders")) {
            Exchange exchange = send(route, Map.of("tenant", tenant, "user", "x"));

            assertThat(exchange.getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageStartingWith("A message adds to this URI what its toD does not say.");
            assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("tenant", "user");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x&operation=revoke",
                "x%26operation=revoke",
                "x%2526operation=revoke",
                "x&onBehalfOf=boss",
                "RAW(x)&operation=revoke",
                // What follows would be a part of the value.
                "RAW(x",
                "RAW{x",
                "%52AW%28x",
                "%2552AW%2528x",
                "x?operation=revoke",
                "x&a={{?nothing}}",
                "{{name}}",
                "{{?nothing}}",
                "{{nothing:otherwise}}",
                "&",
            })
    void aValueFromAMessageNeitherBeginsAnOptionNorTakesInTheNextOne(String user) {
        for (String route : List.of("direct:user", "direct:both")) {
            Exchange exchange = send(route, Map.of("tenant", "acme", "user", user));

            assertThat(exchange.getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageStartingWith("A message adds to this URI");
        }
    }

    @Test
    void anUnknownTenantIsRefusedBeforeCamelQuotesItsUri() {
        context.getPropertiesComponent().addInitialProperty("secret", "precious");
        for (String tenant : List.of("evil", "evil/../acme", "acme#x", "evil%zz", "%7B%7Bsecret}}", "ev il")) {
            Exchange exchange = send("direct:tenant", Map.of("tenant", tenant));

            assertThat(exchange.getException())
                    .as(tenant)
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasNoCause()
                    .hasMessageStartingWith("This connection is not configured")
                    .message()
                    .doesNotContain("precious", "evil", "secret");
        }
    }

    @Test
    void aLongTextIsRefusedAsAShortOneIs() {
        for (String tenant : List.of(
                "acme?onBehalfOf=%" + "25".repeat(50_000) + "26",
                "acme?onBehalfOf=" + "RAW(".repeat(20_000) + "#class:x",
                "?&".repeat(50_000),
                "x".repeat(100_000))) {
            assertThat(send("direct:tenant", Map.of("tenant", tenant)).getException())
                    .isInstanceOf(ConfigurationRefused.class);
        }
    }

    /** An expression that may not answer twice is asked once: there Camel's placeholders are the author's to keep out. */
    @Test
    void aTemplateIsEvaluatedTwiceOnlyWhereThatMakesNoDifference() {
        Exchange exchange = context.createProducerTemplate().send("direct:body", it -> it.getMessage()
                .setBody(new ByteArrayInputStream("acme".getBytes(US_ASCII))));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("Bearer t");
        assertThat(context.createProducerTemplate()
                        .send("direct:body", it -> it.getMessage().setBody("acme?operation=status"))
                        .getException())
                .hasMessageStartingWith("A message adds to this URI");
    }

    @Test
    void aHeaderThatCannotBeReadIsRefusedWithoutBeingQuotedAndIsNotTakenForNone() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("precious");
            }
        };
        for (String header : List.of(ZendeskAuthConstants.ON_BEHALF_OF, ZendeskAuthConstants.OPERATION)) {
            Exchange exchange = send("zendesk-auth:trusting", Map.of(header, broken));

            assertThat(exchange.getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasNoCause()
                    .hasMessageStartingWith("The header " + header + " must be a text")
                    .message()
                    .doesNotContain("precious");
            assertThat(exchange.getMessage().getHeader("Authorization")).isNull();
        }
    }

    /** As of {@code setHeader(ON_BEHALF_OF, header("user"))} where there is no user. */
    @Test
    void aPersonWhoCouldNotBeFoundIsRefusedAndDoesNotBecomeTheAgent() {
        Exchange exchange = context.createProducerTemplate().send("zendesk-auth:trusting", it -> it.getMessage()
                .setHeader(ZendeskAuthConstants.ON_BEHALF_OF, null));

        assertThat(exchange.getException()).isInstanceOf(ConfigurationRefused.class);
        assertThat(exchange.getMessage().getHeader("Authorization")).isNull();
    }

    private static String onBehalfOf(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader("X-On-Behalf-Of", String.class);
    }

    private Exchange send(String uri, Map<String, Object> headers) {
        return context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().getHeaders().putAll(new TreeMap<>(headers)));
    }

    private static ZendeskAuthConfiguration connection() {
        ZendeskAuthConfiguration connection = new ZendeskAuthConfiguration();
        connection.setUrl("acme");
        connection.setOauthAccessToken("t");
        return connection;
    }

    private static Set<String> names(String section) throws IOException {
        Set<String> names = new TreeSet<>();
        try (InputStream in =
                MessageInputTest.class.getResourceAsStream("/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")) {
            JsonNode catalog = new ObjectMapper().readTree(in);
            catalog.get(section).fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBlankPersonIsRefusedAndDoesNotBecomeTheAgent(String blank) {
        try (CamelFixture camel = new CamelFixture()) {
            Exchange exchange = camel.send(
                    "zendesk-auth:acme?url=acme&oauthAccessToken=made-up&onBehalfOfFromHeader=true",
                    Map.of(ZendeskAuthConstants.ON_BEHALF_OF, blank));

            assertThat(exchange.getException()).isInstanceOf(ConfigurationRefused.class);
            assertThat(exchange.getMessage().getHeader("Authorization")).isNull();
        }
    }
}
