package io.github.camelzendesk.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
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

/** What authenticate costs an exchange when the token is fresh, beside a constant header that is removed and put. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HotPath {
    private static final AsyncCallback NOTHING = sync -> {};

    private CamelContext camel;
    private AsyncProcessor authenticate;
    private Exchange exchange;

    @Setup(Level.Trial)
    public void start() throws Exception {
        camel = new DefaultCamelContext();
        camel.start();
        Endpoint endpoint = camel.getEndpoint("zendesk-auth:acme?url=acme&oauthAccessToken=constant");
        authenticate = (AsyncProcessor) endpoint.createProducer();
        exchange = endpoint.createExchange();
    }

    @TearDown(Level.Trial)
    public void stop() {
        camel.stop();
    }

    @Benchmark
    public Object authenticate() {
        authenticate.process(exchange, NOTHING);
        return exchange;
    }

    @Benchmark
    public Object setHeaderConstant() {
        exchange.getMessage().removeHeader("Authorization");
        exchange.getMessage().setHeader("Authorization", "Bearer constant");
        return exchange;
    }
}
