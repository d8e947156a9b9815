package io.github.camelzendesk.auth.routes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.apache.camel.builder.Builder;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.model.ProcessorDefinition;

/** One step of a policy's block, in the three languages that routes are written in. */
record BlockStep(Consumer<ProcessorDefinition<?>> java, String xml, String yaml) {
    private static final String NOBODY = "http://127.0.0.1:1/x";

    /** Those that take the headers elsewhere, by what the warning calls them. */
    static Map<String, BlockStep> carrying() {
        Map<String, BlockStep> steps = new TreeMap<>();
        for (String scheme : List.of("direct", "seda", "vm", "disruptor", "kafka", "jms")) {
            steps.put(scheme + ":", to(scheme + ":x"));
        }
        steps.put("log: with headers", to("log:x?showHeaders=true"));
        steps.put(
                "wireTap",
                new BlockStep(
                        block -> block.wireTap(NOBODY),
                        "<wireTap uri='" + NOBODY + "'/>",
                        "wireTap: {uri: '" + NOBODY + "'}"));
        steps.put(
                "threads",
                new BlockStep(block -> block.threads(2), "<threads poolSize='2'/>", "threads: {poolSize: 2}"));
        steps.put(
                "toD",
                new BlockStep(
                        block -> block.toD("${header.to}"), "<toD uri='${header.to}'/>", "toD: {uri: '${header.to}'}"));
        steps.put(
                "dynamicRouter",
                new BlockStep(
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
                new BlockStep(
                        block -> block.multicast()
                                .parallelProcessing()
                                .to(NOBODY)
                                .end(),
                        "<multicast parallelProcessing='true'><to uri='" + NOBODY + "'/></multicast>",
                        "multicast: {parallelProcessing: true, steps: [to: '" + NOBODY + "']}"));
        steps.put(
                "split in parallel",
                new BlockStep(
                        block -> block.split(Builder.body())
                                .parallelProcessing()
                                .to(NOBODY)
                                .end(),
                        "<split parallelProcessing='true'><simple>${body}</simple><to uri='" + NOBODY + "'/></split>",
                        "split: {parallelProcessing: true, simple: '${body}', steps: [to: '" + NOBODY + "']}"));
        steps.put(
                "recipientList in parallel",
                new BlockStep(
                        block -> block.recipientList(Builder.constant(NOBODY))
                                .parallelProcessing()
                                .end(),
                        "<recipientList parallelProcessing='true'><constant>" + NOBODY + "</constant></recipientList>",
                        "recipientList: {parallelProcessing: true, constant: '" + NOBODY + "'}"));
        steps.put(
                "claimCheck",
                new BlockStep(
                        block -> block.claimCheck(ClaimCheckOperation.Push),
                        "<claimCheck operation='Push'/>",
                        "claimCheck: {operation: Push}"));
        steps.put(
                "loadBalance with failover",
                new BlockStep(
                        block -> block.loadBalance().failover().to(NOBODY).end(),
                        "<loadBalance><failoverLoadBalancer/><to uri='" + NOBODY + "'/></loadBalance>",
                        "loadBalance: {failoverLoadBalancer: {}, steps: [to: '" + NOBODY + "']}"));
        steps.put(
                "split beside doTry",
                new BlockStep(
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

    static BlockStep to(String uri) {
        return new BlockStep(block -> block.to(uri), "<to uri='" + uri + "'/>", "to: '" + uri + "'");
    }

    private static BlockStep byExpression(String name, Consumer<ProcessorDefinition<?>> java) {
        return new BlockStep(
                java, "<%1$s><header>to</header></%1$s>".formatted(name), "%s: {header: to}".formatted(name));
    }

    static Map<String, BlockStep> harmless() {
        Map<String, BlockStep> steps = new TreeMap<>();
        steps.put("http", to(NOBODY));
        steps.put("log", to("log:x?showBody=true"));
        steps.put("mock", to("mock:x"));
        steps.put(
                "toD",
                new BlockStep(
                        block -> block.toD("http://127.0.0.1:1/${header.id}"),
                        "<toD uri='http://127.0.0.1:1/${header.id}'/>",
                        "toD: {uri: 'http://127.0.0.1:1/${header.id}'}"));
        steps.put(
                "enrich",
                new BlockStep(
                        block -> block.enrich(NOBODY),
                        "<enrich><constant>" + NOBODY + "</constant></enrich>",
                        "enrich: {constant: '" + NOBODY + "'}"));
        steps.put(
                "split",
                new BlockStep(
                        block -> block.split(Builder.body()).to(NOBODY).end(),
                        "<split><simple>${body}</simple><to uri='" + NOBODY + "'/></split>",
                        "split: {simple: '${body}', steps: [to: '" + NOBODY + "']}"));
        steps.put(
                "choice",
                new BlockStep(
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
}
