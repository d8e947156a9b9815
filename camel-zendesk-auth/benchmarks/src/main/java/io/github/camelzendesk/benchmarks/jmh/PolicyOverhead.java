package io.github.camelzendesk.benchmarks.jmh;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;

import io.github.camelzendesk.auth.ZendeskAuthPolicy;

/** What a policy costs an exchange, beside the same route without one; the block does nothing. */
public class PolicyOverhead extends CamelBenchmark {
    private ProducerTemplate producer;

    @Override
    void prepare() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:bare").process(exchange -> {});
                from("direct:policy")
                        .policy(new ZendeskAuthPolicy(ENDPOINT))
                        .process(exchange -> {})
                        .end();
            }
        });
        producer = camel.createProducerTemplate();
    }

    @Benchmark
    public Exchange bareBlock() {
        return producer.send("direct:bare", exchange());
    }

    @Benchmark
    public Exchange blockWithPolicy() {
        return producer.send("direct:policy", exchange());
    }

    private Exchange exchange() {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody("{}");
        return exchange;
    }
}
