package io.github.camelzendesk.benchmarks.jmh;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.openjdk.jmh.annotations.Benchmark;

/** What authenticate costs an exchange when the token is fresh, beside a constant header that is removed and put. */
public class HotPath extends CamelBenchmark {
    private static final AsyncCallback NOTHING = sync -> {};

    private AsyncProcessor authenticate;
    private Exchange exchange;

    @Override
    void prepare() throws Exception {
        Endpoint endpoint = camel.getEndpoint(ENDPOINT);
        authenticate = (AsyncProcessor) endpoint.createProducer();
        exchange = endpoint.createExchange();
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
