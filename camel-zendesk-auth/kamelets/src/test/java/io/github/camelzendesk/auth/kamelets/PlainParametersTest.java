package io.github.camelzendesk.auth.kamelets;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.Canary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a message writes into a parameter of a Kamelet is text: no class is loaded, no bean found, no property or file
 * read and no expression evaluated, and what refuses it repeats none of it.
 */
@ExtendWith(ZendeskExtension.class)
class PlainParametersTest {
    private static final String SECRET = "PLACEHOLDER-SECRET-42";
    /** Each parameter gets each third text, beginning at another; {@code -Psoak} gives it all. */
    private static final int STRIDE = Integer.getInteger("rig.textStride", 3);

    private static final AtomicInteger ROUTES = new AtomicInteger();
    /** A Kamelet whose route could not be made fails at once. */
    private static final Map<String, String> SETTINGS =
            Map.of("acme.secret", SECRET, "camel.component.kamelet.block", "false");

    private static final List<String> REFERENCES = Stream.of(
                    "#class:CANARY('x')",
                    "#class:CANARY#make('x')",
                    "#type:CANARY",
                    "#valueAs(CANARY):x",
                    "#bean:text",
                    "#property:acme.secret",
                    "{{acme.secret}}",
                    "${bean:type:CANARY?method=make('x')}",
                    "1${properties:acme.secret}",
                    "$simple{bean:type:CANARY?method=make('x')}",
                    "resource:file:FILE",
                    "x?synchronous=#class:CANARY('x')",
                    "x)&synchronous=#class:CANARY('x')")
            .map(text -> text.replace("CANARY", Canary.Cage.NAME))
            .toList();

    @TempDir
    private Path folder;

    private final BlockingQueue<String> polled = new LinkedBlockingQueue<>();
    private Path file;

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(folder.resolve("secret.txt"), SECRET);
        Canary.Cage.SEEN.set(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zendesk-auth-action", "zendesk-source", "zendesk-sink"})
    void noParameterOfAMessageIsLookedUpOrEvaluated(String kamelet, ZendeskServer zendesk) throws Exception {
        List<String> names = parameters(kamelet);
        names.addAll(List.of("routeId", "location", "synchronous", "zendesk", "zendeskKamelet", "zendeskHandover"));
        for (String parameter : names) {
            try (Application application = new Application("none", SETTINGS)) {
                application.context().getRegistry().bind("text", SECRET);
                toD(application, kamelet, parameter, needed(kamelet, zendesk));
                for (String text : sample(texts(), names.indexOf(parameter))) {
                    assertHarmless(application.send("direct:start", sent -> {
                        sent.getMessage().setHeader("v", text);
                        sent.getMessage().setBody("{\"subject\":\"s\"}");
                    }));
                    assertThat(Canary.Cage.SEEN).as("%s=%s", parameter, text).hasValue(0);
                }
            }
        }
        assertNoSecret(zendesk);
    }

    private static void toD(Application application, String kamelet, String parameter, Map<String, String> needed)
            throws Exception {
        needed.put(parameter, "${header.v}");
        String uri = needed.entrySet().stream()
                .map(each -> each.getKey() + "="
                        + (each.getKey().equals(parameter) ? each.getValue() : "RAW(" + each.getValue() + ")"))
                .collect(Collectors.joining("&", "kamelet:" + kamelet + "?", ""));
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:start").toD(uri);
            }
        });
    }

    /** Without what Camel does to a URI: as a recipient list, or a toD of another Kamelet, may hand it to ours. */
    @ParameterizedTest
    @ValueSource(strings = {"zendesk-auth-action", "zendesk-source", "zendesk-sink"})
    void noParameterThatGetsThereIsLookedUpOrEvaluated(String kamelet, ZendeskServer zendesk) throws Exception {
        List<String> names = parameters(kamelet);
        for (String parameter : names) {
            try (Application application = new Application("none", SETTINGS)) {
                application.context().getRegistry().bind("text", SECRET);
                countPolls(application);
                for (String text : sample(references(), names.indexOf(parameter))) {
                    tryOut(application, kamelet, parameter, text, needed(kamelet, zendesk));
                    assertThat(Canary.Cage.SEEN).as("%s=%s", parameter, text).hasValue(0);
                }
            }
        }
        assertNoSecret(zendesk);
    }

    private void tryOut(
            Application application, String kamelet, String parameter, String text, Map<String, String> parameters)
            throws Exception {
        Properties properties = new Properties();
        properties.putAll(parameters);
        properties.put(parameter, text);
        application
                .context()
                .getComponent("kamelet", KameletComponent.class)
                .setTemplateProperties(Map.of(kamelet, properties));
        String route = kamelet + ROUTES.incrementAndGet();
        String uri = "kamelet:" + kamelet + "/" + route;
        try {
            application.context().getEndpoint(uri);
            if (kamelet.equals("zendesk-source")) {
                awaitPoll(route);
            } else {
                assertHarmless(application.send(uri, sent -> sent.getMessage().setBody("{\"subject\":\"s\"}")));
            }
        } catch (RuntimeException e) {
            assertNothingQuoted(e);
        }
    }

    private static List<String> sample(List<String> texts, int turn) {
        return IntStream.range(0, texts.size())
                .filter(number -> number % STRIDE == turn % STRIDE)
                .mapToObj(texts::get)
                .toList();
    }

    private static void assertNoSecret(ZendeskServer zendesk) {
        assertThat(zendesk.apiRequests())
                .allSatisfy(seen -> assertThat(seen + seen.headers().toString()).doesNotContain(SECRET));
    }

    private static void assertHarmless(Exchange exchange) {
        Map<String, Object> told = new HashMap<>(exchange.getMessage().getHeaders());
        told.put("body", exchange.getMessage().getBody(String.class));
        told.putAll(exchange.getVariables());
        assertThat(told.toString()).doesNotContain(SECRET);
        if (exchange.getException() != null) {
            assertNothingQuoted(exchange.getException());
        }
    }

    private static void assertNothingQuoted(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationRefused) {
                // The remedy for a url shows the form that it has.
                assertThat(cause.getMessage().replace("{subdomain}", ""))
                        .doesNotContain(SECRET, "anary", "RAW", "#", "%", "{", "secret.txt");
            }
        }
    }

    /** What each kind of the Kamelets cannot do without. */
    private Map<String, String> needed(String kamelet, ZendeskServer zendesk) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("url", zendesk.url());
        parameters.put("oauthAccessToken", "a-token-of-nobody");
        if (kamelet.equals("zendesk-source")) {
            parameters.put("cursorDirectory", folder.resolve("cursor").toString());
            // Camel skips the first poll of a route that is not quite started.
            parameters.put("delay", "1000");
        }
        return parameters;
    }

    /** A reference of each kind that Camel has, as it is or wrapped, encoded or not. */
    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String text : references()) {
            texts.add("RAW(" + text + ")");
            texts.add("1&bridgeErrorHandler=RAW(" + text + ")");
        }
        // What is not encoded Camel reads for itself, before the Kamelet or its toD is there.
        texts.removeIf(text -> text.contains("{{"));
        texts.addAll(references());
        texts.remove("{{acme.secret}}");
        return texts;
    }

    private List<String> references() {
        List<String> texts = new ArrayList<>();
        for (String reference : REFERENCES) {
            String text = reference.replace("FILE", file.toString());
            texts.add(text);
            texts.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static List<String> parameters(String kamelet) throws IOException {
        try (InputStream in = PlainParametersTest.class.getResourceAsStream("/kamelets/" + kamelet + ".kamelet.yaml")) {
            List<String> names = new ArrayList<>();
            new ObjectMapper(new YAMLFactory())
                    .readTree(in)
                    .at("/spec/definition/properties")
                    .fieldNames()
                    .forEachRemaining(names::add);
            return names;
        }
    }

    private void awaitPoll(String route) throws InterruptedException {
        String last = "";
        while (!last.equals(route)) {
            last = polled.poll(60, TimeUnit.SECONDS);
            assertThat(last).as("a poll within a minute").isNotNull();
        }
    }

    private void countPolls(Application application) {
        application.context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCompletedEvent
                        || event instanceof CamelEvent.ExchangeFailedEvent) {
                    polled.add(String.valueOf(
                            ((CamelEvent.ExchangeEvent) event).getExchange().getFromRouteId()));
                }
            }
        });
    }
}
