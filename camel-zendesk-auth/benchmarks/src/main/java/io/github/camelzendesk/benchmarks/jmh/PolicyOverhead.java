package io.github.camelzendesk.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import io.github.camelzendesk.auth.ZendeskAuthPolicy;

/** What a policy costs an exchange, beside the same route without one; the block does nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PolicyOverhead {
    private CamelContext camel;
    private ProducerTemplate producer;

    @Setup(Level.Trial)
    public void start() throws Exception {
        camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:bare").process(exchange -> {});
                from("direct:policy")
                        .policy(new ZendeskAuthPolicy("zendesk-auth:acme?url=acme&oauthAccessToken=constant"))
                        .process(exchange -> {})
                        .end();
            }
        });
        camel.start();
        producer = camel.createProducerTemplate();
    }

    @TearDown(Level.Trial)
    public void stop() {
        camel.stop();
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
