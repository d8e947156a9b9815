package io.github.camelzendesk.auth.security;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthConfiguration;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.testkit.internal.Canary;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a message writes into the URI of a named connection, none of it is looked up: no class is loaded, no bean
 * found, no property read, whichever way the URI takes; and what refuses it repeats none of it.
 */
class ReferencesPropertiesTest {
    private static final String SECRET = "PLACEHOLDER-SECRET-42";
    private static final Path FILE = Path.of("target", "canary.txt");
    private static final AtomicInteger ROUTES = new AtomicInteger();

    /** Routes whose URI has a place for a connection, and goes through toD, where Camel shows us the template. */
    private static final List<String> NAMES =
            List.of("java", "java-options", "yaml", "yaml-options", "xml", "template");
    /** Routes whose URI has a place for the value of one option. */
    private static final List<String> VALUES = List.of("on-behalf-of", "operation", "yaml-value", "property");
    /** Routes of whose URI nothing but the result is shown to us. */
    private static final List<String> UNSEEN = List.of("unoptimised", "list", "slip", "enrich");

    private static DefaultCamelContext context;

    @BeforeContainer
    static void start() throws Exception {
        Files.deleteIfExists(FILE);
        context = new DefaultCamelContext();
        context.getPropertiesComponent().addInitialProperty("acme.secret", SECRET);
        context.getRegistry().bind("globex", connection());
        context.getRegistry().bind("text", SECRET);
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(context.getComponent("zendesk-auth"))
                .withProperties(new TreeMap<>(
                        Map.of("connections.acme.url", "acme", "connections.acme.oauthAccessToken", "token-of-acme")))
                .bind();
        context.addRoutes(routes());
        load("routes.yaml", YAML);
        if (CamelFixture.HAS_XML) {
            load("routes.xml", XML);
        }
        context.start();
        context.addRouteFromTemplate("templated", "toD", Map.of("robot", "robot"));
    }

    @AfterContainer
    static void stop() {
        context.stop();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void noReferenceOfAUriIsLookedUp(@ForAll("uris") String tenant) {
        for (String route : NAMES) {
            if (CamelFixture.HAS_XML || !route.equals("xml")) {
                assertHarmless(send("direct:" + route, tenant), tenant);
            }
        }
        // Camel itself reads a placeholder here, before it shows us the URI, and quotes what it read.
        if (!tenant.contains("{{")) {
            for (String route : UNSEEN) {
                assertHarmless(send("direct:" + route, tenant), tenant);
            }
            assertHarmless(send("zendesk-auth:" + tenant, tenant), tenant);
        }
        assertNoCanary();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void noReferenceOfAValueIsLookedUp(@ForAll("values") String value) {
        for (String route : VALUES) {
            assertHarmless(send("direct:" + route, value), value);
        }
        assertNoCanary();
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void anyTextIsATenantOrRefusedWithoutBeingQuoted(@ForAll String tenant) {
        Assume.that(!tenant.contains("{{"));
        Exchange exchange = send("direct:java", tenant);

        // Without a cause, and so without Camel's own words, which quote the URI.
        assertThat(exchange.getException())
                .isInstanceOf(ConfigurationRefused.class)
                .hasNoCause();
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("tenant");
    }

    /** As a Kamelet has its connection with it, and takes parameters. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void noReferenceOfAParameterIsLookedUp(@ForAll("values") String value) throws Exception {
        String route = "own" + ROUTES.incrementAndGet();
        Throwable thrown = null;
        try {
            TemplatedRouteBuilder.builder(context, "own")
                    .routeId(route)
                    .parameter("route", route)
                    .parameter("more", value)
                    .add();
        } catch (Exception e) {
            thrown = e;
        }
        context.getRouteController().stopRoute(route);
        context.removeRoute(route);

        if (!value.contains("{{")) {
            assertRefused(thrown, value);
        }
        assertNoCanary();
    }

    private static void assertHarmless(Exchange exchange, String fromTheMessage) {
        assertRefused(exchange.getException(), fromTheMessage);
        assertThat(story(exchange.getException())).doesNotContain(SECRET);
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("tenant");
        assertThat(exchange.getMessage().getBody()).isNull();
    }

    private static void assertRefused(Throwable thrown, String fromTheMessage) {
        assertThat(thrown).as(fromTheMessage).isNotNull();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationRefused) {
                assertThat(cause.getMessage())
                        .doesNotContain(fromTheMessage, SECRET, "anary", "RAW", "#", "%", "{{?", "evil", "acme.");
            }
        }
    }

    private static void assertNoCanary() {
        assertThat(Canary.Cage.SEEN).hasValue(0);
        assertThat(FILE).doesNotExist();
    }

    @Provide
    Arbitrary<String> uris() {
        Arbitrary<String> names = Arbitraries.of("acme", "globex", "evil", "acm%65");
        Arbitrary<String> separators =
                Arbitraries.of("?", "?", "?", "??", "?&", "%3F", "%253F", "?x=y&", "?operation=status&");
        Arbitrary<String> options = Combinators.combine(
                        Arbitraries.of(OPTIONS), Arbitraries.integers().between(0, 3))
                .as(ReferencesPropertiesTest::spelt);
        Arbitrary<String> withOption = Combinators.combine(names, separators, options, values())
                .as((name, separator, option, value) -> name + separator + option + "=" + value);
        return Arbitraries.frequencyOf(Tuple.of(9, withOption), Tuple.of(1, values()));
    }

    /** A reference of each kind that Camel has, as it is or wrapped, encoded or not. */
    @Provide
    Arbitrary<String> values() {
        return Combinators.combine(
                        Arbitraries.of(REFERENCES),
                        Arbitraries.of(WRAPPERS),
                        Arbitraries.integers().between(0, 2))
                .as((reference, wrapper, encodings) -> encoded(wrapper.replace("%s", reference), encodings));
    }

    private static final List<String> OPTIONS = List.of(
            "onBehalfOf",
            "operation",
            "marketplaceName",
            "marketplaceOrganizationId",
            "marketplaceAppId",
            "marketplaceBotId",
            "verifyOnStart",
            "lazyStartProducer",
            "bridgeErrorHandler",
            "autowiredEnabled",
            "exchangePattern",
            "url",
            "okHttpClient",
            "tokenManager",
            "configuration",
            "configuration.onBehalfOf",
            "configuration.okHttpClient",
            "component.configuration.url",
            "camelContext.name",
            "onBehalfOfFromHeader");

    private static final List<String> WRAPPERS =
            List.of("%s", "%s", " %s", "RAW(%s)", "RAW{%s}", "RAW(RAW(%s))", "RAW( RAW{%s})");

    private static final List<String> REFERENCES = Stream.of(
                    "#class:CANARY",
                    "#class:CANARY('FILE')",
                    "#class:CANARY#make",
                    "#class:CANARY#make('x')",
                    "#class:CANARY#CANARY:make('x')",
                    "#bean:canary",
                    "#bean:text",
                    "#text",
                    "#type:CANARY",
                    "#type:java.lang.String",
                    "#property:acme.secret",
                    "#valueAs(CANARY):FILE",
                    "#valueAs(java.lang.Integer):1",
                    "#autowired",
                    "{{acme.secret}}",
                    "{{?acme.secret}}",
                    "{{nothing:otherwise}}",
                    "{{sys:java.io.tmpdir}}",
                    "${properties:acme.secret}",
                    "$simple{properties:acme.secret}",
                    "$simple{ref:text}",
                    "$simple{type:CANARY}",
                    "$simple{bean:type:CANARY?method=make}")
            .map(text -> text.replace("CANARY", Canary.Cage.NAME).replace("FILE", FILE.toString()))
            .toList();

    private static String spelt(String option, int spelling) {
        return switch (spelling) {
            case 0 -> option.toUpperCase(Locale.ROOT);
            case 1 -> option.replaceAll("(\\p{Upper})", "-$1").toLowerCase(Locale.ROOT);
            default -> option;
        };
    }

    private static String encoded(String text, int times) {
        return times == 0 ? text : encoded(URLEncoder.encode(text, StandardCharsets.UTF_8), times - 1);
    }

    private static Exchange send(String uri, String tenant) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader("tenant", tenant);
        try {
            return context.createProducerTemplate().send(uri, exchange);
        } catch (ResolveEndpointFailedException e) {
            exchange.setException(e);
            return exchange;
        }
    }

    private static String story(Throwable thrown) {
        StringWriter story = new StringWriter();
        thrown.printStackTrace(new PrintWriter(story));
        return story.toString();
    }

    private static ZendeskAuthConfiguration connection() {
        ZendeskAuthConfiguration connection = new ZendeskAuthConfiguration();
        connection.setUrl("globex");
        connection.setOauthAccessToken("token-of-globex");
        return connection;
    }

    private static void load(String name, String text) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, text));
    }

    private static RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:java").toD("zendesk-auth:${header.tenant}");
                from("direct:java-options").toD("zendesk-auth:${header.tenant}?operation=status");
                from("direct:on-behalf-of").toD("zendesk-auth:acme?onBehalfOf=${header.tenant}");
                from("direct:operation").toD("zendesk-auth:globex?operation=${header.tenant}");
                from("direct:property")
                        .setProperty("user", header("tenant"))
                        .setVariable("mode", constant("status"))
                        .toD("zendesk-auth:acme?onBehalfOf=${exchangeProperty.user}&operation=${variable.mode}");
                from("direct:list").recipientList(simple("zendesk-auth:${header.tenant}"), "false");
                from("direct:slip").routingSlip(simple("zendesk-auth:${header.tenant}"), "@@");
                from("direct:enrich").enrich().simple("zendesk-auth:${header.tenant}");
                routeTemplate("toD")
                        .templateParameter("robot")
                        .from("direct:template")
                        .toD("zendesk-auth:${header.tenant}?marketplaceName={{robot}}");
                routeTemplate("own")
                        .templateParameter("route")
                        .templateParameter("more")
                        .templateBean("own", ZendeskAuthConfiguration.class, unused -> connection())
                        .from("direct:{{route}}")
                        .to("zendesk-auth:{{own}}?onBehalfOf={{more}}");
            }
        };
    }

    private static final String YAML =
            """
            - route:
                from:
                  uri: direct:yaml
                  steps:
                    - toD: zendesk-auth:${header.tenant}
            - route:
                from:
                  uri: direct:yaml-options
                  steps:
                    - toD:
                        uri: zendesk-auth:${header.tenant}
                        parameters:
                          operation: status
            - route:
                from:
                  uri: direct:unoptimised
                  steps:
                    - toD:
                        uri: zendesk-auth:${header.tenant}
                        allowOptimisedComponents: false
            - route:
                from:
                  uri: direct:yaml-value
                  steps:
                    - toD:
                        uri: zendesk-auth:acme
                        parameters:
                          onBehalfOf: "${header.tenant}"
                          operation: authenticate
            """;

    private static final String XML =
            """
            <camel xmlns="http://camel.apache.org/schema/xml-io">
              <route>
                <from uri="direct:xml"/>
                <toD uri="zendesk-auth:${header.tenant}"/>
              </route>
            </camel>
            """;
}
