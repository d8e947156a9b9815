package io.github.camelzendesk.auth.routes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/** What fails in a policy's block fails the block: no error handler meets a message with credentials. */
class PolicyErrorsTest {
    private static final String NOBODY = "http://127.0.0.1:1/x";

    private CamelFixture camel;

    @BeforeEach
    void start() {
        camel = new CamelFixture();
        camel.context
                .getRegistry()
                .bind(
                        "acme",
                        new ZendeskAuthPolicy("zendesk-auth:acme?url=https://acme.zendesk.com&oauthAccessToken=t"));
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    static Stream<Arguments> failing() {
        Map<String, Consumer<ProcessorDefinition<?>>> steps = new TreeMap<>();
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

    @Test
    void aMessageThatCannotBeReadEndsTheExchange() throws Exception {
        Message failing = new DefaultMessage(camel.context) {
            @Override
            public Map<String, Object> getHeaders() {
                throw new StackOverflowError("no headers");
            }

            @Override
            public boolean hasHeaders() {
                return true;
            }
        };
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:before")
                        .process(exchange -> exchange.setIn(failing))
                        .policy("acme")
                        .log("x");
                from("direct:within").policy("acme").process(exchange -> {
                    exchange.setOut(null);
                    exchange.setIn(failing);
                });
            }
        });
        for (String route : new String[] {"direct:before", "direct:within"}) {
            Exchange exchange = camel.send(route);

            assertThat(exchange.getException()).as(route).isNotNull();
        }
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("failing")
    void whateverFailsInTheBlockTheErrorHandlerOfTheRouteMeetsAMessageWithoutCredentials(
            String kind, String handler, Consumer<ProcessorDefinition<?>> step) throws Exception {
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (handler.equals("onException")) {
                    onException(Exception.class).handled(true).to("mock:dead");
                } else {
                    errorHandler(deadLetterChannel("mock:dead"));
                }
                step.accept(from("direct:in").policy("acme"));
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
}
