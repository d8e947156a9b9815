package io.github.camelzendesk.auth;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** That the watch over the routes of all tests would notice. */
class RouteThreadsTest {
    @Test
    void aStepOnAThreadOfTheEngineIsNoted() throws Exception {
        RouteThreads watch = new RouteThreads();
        runOn("zendesk-auth-planted-1", watch);
        runOn("Camel (camel-1) thread #1 - ZendeskAuth", watch);

        assertThat(watch.take()).singleElement().asString().endsWith(" on zendesk-auth-planted-1");
        assertThat(watch.take()).as("each class answers for itself").isEmpty();
    }

    private static void runOn(String name, RouteThreads watch) throws Exception {
        try (CamelFixture camel = new CamelFixture()) {
            Exchange exchange = new DefaultExchange(camel.context);
            Processor step = watch.wrapProcessorInInterceptors(
                    camel.context,
                    new LogDefinition("step"),
                    done -> done.getMessage().setBody("done"),
                    null);
            Thread thread = new Thread(() -> run(step, exchange), name);
            thread.start();
            thread.join();
            assertThat(exchange.getMessage().getBody()).isEqualTo("done");
        }
    }

    private static void run(Processor step, Exchange exchange) {
        try {
            step.process(exchange);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyContextIsWatched() {
        try (CamelFixture camel = new CamelFixture()) {
            // Older releases of Camel have no plugins of the context.
            assumeThat(camel.context.getVersion()).isGreaterThanOrEqualTo("4.18");
            assertThat(camel.context.getCamelContextExtension().getInterceptStrategies())
                    .contains(RouteThreads.OF_ALL_TESTS);
        }
    }
}
