package io.github.camelzendesk.auth;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which steps within a policy's block keep its promise, and which are warned of because they cannot. */
class PolicyBlockTest {
    private static final String NOBODY = "http://127.0.0.1:1/x";
    private static final String YAML =
            """
            - route:
                id: %1$s
                from:
                  uri: direct:%1$s
                  steps:
                    - policy:
                        ref: acme
                        steps:
                          - %2$s
            """;
    private static final String XML =
            """
            <routes xmlns="http://camel.apache.org/schema/xml-io">
              <route id="%1$s"><from uri="direct:%1$s"/><policy ref="acme">%2$s</policy></route>
            </routes>
            """;

    private static int routes;

    private Camel camel;

    /** One step in all three languages. */
    private record Step(UnaryOperator<ProcessorDefinition<?>> java, String xml, String yaml) {}

    @BeforeEach
    void start() {
        camel = new Camel();
        camel.context
                .getRegistry()
                .bind(
                        "acme",
                        new ZendeskAuthPolicy("zendesk-auth:acme?url=https://acme.zendesk.com&oauthAccessToken=t"));
        Stream.of("disruptor", "kafka", "vm", "jms")
                .forEach(scheme -> camel.context.addComponent(scheme, new SedaComponent()));
        camel.context.getRegistry().bind("beanOfARoute", camel.context.getEndpoint("direct:bean"));
        camel.context.getRegistry().bind("memory", new MemoryIdempotentRepository());
        camel.context.getPropertiesComponent().addInitialProperty("next", "seda:configured");
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    static Map<String, Step> carrying() {
        Map<String, Step> steps = new TreeMap<>();
        for (String scheme : List.of("direct", "seda", "vm", "disruptor", "kafka", "jms")) {
            steps.put(scheme + ":", to(scheme + ":x"));
        }
        steps.put("log: with headers", to("log:x?showHeaders=true"));
        steps.put(
                "wireTap",
                new Step(
                        block -> block.wireTap(NOBODY),
                        "<wireTap uri='" + NOBODY + "'/>",
                        "wireTap: {uri: '" + NOBODY + "'}"));
        steps.put("threads", new Step(block -> block.threads(2), "<threads poolSize='2'/>", "threads: {poolSize: 2}"));
        steps.put(
                "toD",
                new Step(
                        block -> block.toD("${header.to}"), "<toD uri='${header.to}'/>", "toD: {uri: '${header.to}'}"));
        steps.put(
                "dynamicRouter",
                new Step(
                        block -> block.dynamicRouter(Builder.simple("${null}")),
                        "<dynamicRouter><simple>${null}</simple></dynamicRouter>",
                        "dynamicRouter: {simple: '${null}'}"));
        steps.put(
                "enrich",
                byExpression("enrich", block -> block.enrich().header("to").end()));
        steps.put("recipientList", byExpression("recipientList", block -> block.recipientList(Builder.header("to"))));
        steps.put("routingSlip", byExpression("routingSlip", block -> block.routingSlip(Builder.header("to"))));
        steps.put(
                "multicast in parallel",
                new Step(
                        block -> block.multicast()
                                .parallelProcessing()
                                .to(NOBODY)
                                .end(),
                        "<multicast parallelProcessing='true'><to uri='" + NOBODY + "'/></multicast>",
                        "multicast: {parallelProcessing: true, steps: [to: '" + NOBODY + "']}"));
        steps.put(
                "split in parallel",
                new Step(
                        block -> block.split(Builder.body())
                                .parallelProcessing()
                                .to(NOBODY)
                                .end(),
                        "<split parallelProcessing='true'><simple>${body}</simple><to uri='" + NOBODY + "'/></split>",
                        "split: {parallelProcessing: true, simple: '${body}', steps: [to: '" + NOBODY + "']}"));
        steps.put(
                "recipientList in parallel",
                new Step(
                        block -> block.recipientList(Builder.constant(NOBODY))
                                .parallelProcessing()
                                .end(),
                        "<recipientList parallelProcessing='true'><constant>" + NOBODY + "</constant></recipientList>",
                        "recipientList: {parallelProcessing: true, constant: '" + NOBODY + "'}"));
        steps.put(
                "claimCheck",
                new Step(
                        block -> block.claimCheck(ClaimCheckOperation.Push),
                        "<claimCheck operation='Push'/>",
                        "claimCheck: {operation: Push}"));
        steps.put(
                "loadBalance with failover",
                new Step(
                        block -> block.loadBalance().failover().to(NOBODY).end(),
                        "<loadBalance><failoverLoadBalancer/><to uri='" + NOBODY + "'/></loadBalance>",
                        "loadBalance: {failoverLoadBalancer: {}, steps: [to: '" + NOBODY + "']}"));
        steps.put(
                "split beside doTry",
                new Step(
                        block -> block.doTry()
                                .split(Builder.body())
                                .to(NOBODY)
                                .end()
                                .endDoTry()
                                .doFinally()
                                .log("x")
                                .end(),
                        "<doTry><split><simple>${body}</simple><to uri='" + NOBODY
                                + "'/></split><doFinally><log message='x'/></doFinally></doTry>",
                        "doTry: {steps: [split: {simple: '${body}', steps: [to: '" + NOBODY
                                + "']}], doFinally: {steps: [log: x]}}"));
        return steps;
    }

    private static Step to(String uri) {
        return new Step(block -> block.to(uri), "<to uri='" + uri + "'/>", "to: '" + uri + "'");
    }

    private static Step byExpression(String name, UnaryOperator<ProcessorDefinition<?>> java) {
        return new Step(java, "<%1$s><header>to</header></%1$s>".formatted(name), "%s: {header: to}".formatted(name));
    }

    static Map<String, Step> harmless() {
        Map<String, Step> steps = new TreeMap<>();
        steps.put("http", to(NOBODY));
        steps.put("log", to("log:x?showBody=true"));
        steps.put("mock", to("mock:x"));
        steps.put(
                "toD",
                new Step(
                        block -> block.toD("http://127.0.0.1:1/${header.id}"),
                        "<toD uri='http://127.0.0.1:1/${header.id}'/>",
                        "toD: {uri: 'http://127.0.0.1:1/${header.id}'}"));
        steps.put(
                "enrich",
                new Step(
                        block -> block.enrich(NOBODY),
                        "<enrich><constant>" + NOBODY + "</constant></enrich>",
                        "enrich: {constant: '" + NOBODY + "'}"));
        steps.put(
                "split",
                new Step(
                        block -> block.split(Builder.body()).to(NOBODY).end(),
                        "<split><simple>${body}</simple><to uri='" + NOBODY + "'/></split>",
                        "split: {simple: '${body}', steps: [to: '" + NOBODY + "']}"));
        steps.put(
                "choice",
                new Step(
                        block -> block.choice()
                                .when(Builder.constant(true))
                                .to(NOBODY)
                                .otherwise()
                                .log("x")
                                .end(),
                        "<choice><when><constant>true</constant><to uri='" + NOBODY
                                + "'/></when><otherwise><log message='x'/></otherwise></choice>",
                        "choice: {when: [{constant: 'true', steps: [to: '" + NOBODY
                                + "']}], otherwise: {steps: [log: x]}}"));
        return steps;
    }

    static Stream<Arguments> warned() {
        return inEachLanguage(carrying());
    }

    static Stream<Arguments> notWarned() {
        return inEachLanguage(harmless());
    }

    private static Stream<Arguments> inEachLanguage(Map<String, Step> steps) {
        return steps.entrySet().stream().flatMap(step -> Stream.of("java", "xml", "yaml")
                .map(language -> Arguments.of(step.getKey(), language, step.getValue())));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("warned")
    void aStepThatTakesTheTokenElsewhereIsWarnedOfOnceByItsKind(String kind, String language, Step step)
            throws Exception {
        String id = add(language, step);

        assertThat(warnings(id)).singleElement().asString().contains("with " + kind + ". ", "error handlers");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("notWarned")
    void theUsualStepsAreNotWarnedOf(String kind, String language, Step step) throws Exception {
        assertThat(warnings(add(language, step))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{next}}", "beanOfARoute", "ref:beanOfARoute", "seda:x?size=1"})
    void itIsFoundHoweverItIsAddressed(String uri) throws Exception {
        assertThat(warnings(add("yaml", to(uri)))).singleElement().asString().containsPattern("with (seda|direct):");
    }

    @Test
    void allKindsOfABlockAreInOneLineAndThoseWithinOthersToo() throws Exception {
        String id = add(
                "java",
                new Step(
                        block -> block.filter(Builder.constant(true))
                                .loop(1)
                                .to("direct:x")
                                .to("direct:y")
                                .end()
                                .end()
                                .to("seda:x"),
                        null,
                        null));

        assertThat(warnings(id)).singleElement().asString().contains("with direct:, seda:. ");
    }

    static Stream<Arguments> failing() {
        Map<String, UnaryOperator<ProcessorDefinition<?>>> steps = new TreeMap<>();
        steps.put("to", block -> block.to(NOBODY));
        steps.put("toD", block -> block.toD(NOBODY));
        steps.put("enrich", block -> block.enrich(NOBODY));
        steps.put("pipeline", block -> block.pipeline().to(NOBODY).end());
        steps.put("multicast", block -> block.multicast().to(NOBODY).end());
        steps.put(
                "pipelineInMulticast",
                block -> block.multicast().pipeline().log("x").to(NOBODY).end().end());
        steps.put(
                "split", block -> block.split(Builder.constant("a")).to(NOBODY).end());
        steps.put("streamingSplit", block -> block.split(Builder.constant("a"))
                .streaming()
                .to(NOBODY)
                .end());
        steps.put("splitInSplit", block -> block.split(Builder.constant("a"))
                .split(Builder.constant("b"))
                .to(NOBODY)
                .end()
                .end());
        steps.put("recipientList", block -> block.recipientList(Builder.constant(NOBODY)));
        steps.put("routingSlip", block -> block.routingSlip(Builder.constant(NOBODY)));
        steps.put("loop", block -> block.loop(1).to(NOBODY).end());
        steps.put(
                "filter",
                block -> block.filter(Builder.constant(true)).to(NOBODY).end());
        steps.put(
                "choice",
                block -> block.choice().when(Builder.constant(true)).to(NOBODY).end());
        steps.put(
                "loadBalance",
                block -> block.loadBalance().roundRobin().to(NOBODY).end());
        steps.put("doTry", block -> block.doTry()
                .to(NOBODY)
                .doCatch(NullPointerException.class)
                .log("x")
                .end());
        steps.put("step", block -> block.step("s").to(NOBODY).end());
        steps.put("idempotentConsumer", block -> block.idempotentConsumer(
                        Builder.constant("a"), new MemoryIdempotentRepository())
                .to(NOBODY)
                .end());
        return steps.entrySet().stream().flatMap(step -> Stream.of("deadLetterChannel", "onException")
                .map(handler -> Arguments.of(step.getKey(), handler, step.getValue())));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("failing")
    void whateverFailsInTheBlockTheErrorHandlerOfTheRouteMeetsAMessageWithoutCredentials(
            String kind, String handler, UnaryOperator<ProcessorDefinition<?>> step) throws Exception {
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (handler.equals("onException")) {
                    onException(Exception.class).handled(true).to("mock:dead");
                } else {
                    errorHandler(deadLetterChannel("mock:dead"));
                }
                step.apply(from("direct:in").policy("acme"));
            }
        });
        camel.send("direct:in");

        assertThat(camel.context.getEndpoint("mock:dead", MockEndpoint.class).getExchanges())
                .singleElement()
                .satisfies(dead -> assertThat(dead.getMessage().getHeaders()).doesNotContainKey("Authorization"));
    }

    /** Camel's own mark of a doTry, which the block uses, ends with it. */
    @Test
    void afterTheBlockErrorsAreHandledAsBefore() throws Exception {
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("mock:dead"));
                from("direct:in")
                        .policy("acme")
                        .to("mock:in")
                        .end()
                        .split(Builder.constant("a,b"))
                        .to(NOBODY)
                        .end()
                        .to("mock:after");
                from("direct:try")
                        .doTry()
                        .policy("acme")
                        .to("mock:in")
                        .end()
                        .split(Builder.constant("a"))
                        .to(NOBODY)
                        .end()
                        .endDoTry()
                        .doCatch(Exception.class)
                        .to("mock:caught")
                        .end();
            }
        });
        camel.send("direct:in");
        assertThat(mock("mock:dead")).hasSize(2);
        assertThat(mock("mock:after")).hasSize(1);
        camel.send("direct:try");
        assertThat(mock("mock:dead")).hasSize(2);
        assertThat(mock("mock:caught")).hasSize(1);
    }

    private List<Exchange> mock(String uri) {
        return camel.context.getEndpoint(uri, MockEndpoint.class).getExchanges();
    }

    private String add(String language, Step step) throws Exception {
        String id = "elsewhere" + ++routes;
        if (language.equals("java")) {
            camel.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    step.java.apply(from("direct:" + id).routeId(id).policy("acme"));
                }
            });
        } else {
            String text = language.equals("xml") ? XML.formatted(id, step.xml) : YAML.formatted(id, step.yaml);
            Resource resource = ResourceHelper.fromString(id + "." + language, text);
            PluginHelper.getRoutesLoader(camel.context).loadRoutes(resource);
        }
        return id;
    }

    private static List<String> warnings(String route) {
        return TestLog.lines("WARN", route);
    }
}
