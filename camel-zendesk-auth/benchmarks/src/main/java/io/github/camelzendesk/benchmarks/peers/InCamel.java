package io.github.camelzendesk.benchmarks.peers;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;

/** An endpoint in a Camel context of its own. Thread-safe. */
record InCamel(CamelContext camel, Endpoint endpoint, Producer producer, Call work) implements Contender.Instance {
    static InCamel open(String uri, Call work) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.start();
        Endpoint endpoint = camel.getEndpoint(uri);
        Producer producer = endpoint.createProducer();
        producer.start();
        return new InCamel(camel, endpoint, producer, work);
    }

    @Override
    public Outcome call() throws Exception {
        return work.through(producer, endpoint.createExchange());
    }

    @Override
    public void close() throws Exception {
        producer.stop();
        camel.stop();
    }

    /** What a caller does. */
    @FunctionalInterface
    interface Call {
        Outcome through(Producer producer, Exchange exchange) throws Exception;
    }
}
