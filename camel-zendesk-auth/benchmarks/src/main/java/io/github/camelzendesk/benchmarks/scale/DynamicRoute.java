package io.github.camelzendesk.benchmarks.scale;

import java.time.Duration;
import java.util.Random;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/** Exchanges of tenants at random through one {@code toD}, with Camel's caches as they are. Stateless. */
final class DynamicRoute {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration LENGTH = Duration.ofSeconds(5);

    private DynamicRoute() {}

    static void measure(CamelContext context, int tenants) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tenants").toD("zendesk-auth:${header.tenant}");
            }
        });
        try (ProducerTemplate template = context.createProducerTemplate()) {
            run(template, tenants, WARM_UP);
            Readings.say("dynamicExchangesPerSecond", run(template, tenants, LENGTH));
        }
    }

    private static double run(ProducerTemplate template, int tenants, Duration length) {
        Random random = new Random(2);
        long begin = System.nanoTime();
        long exchanges = 0;
        while (System.nanoTime() - begin < length.toNanos()) {
            String tenant = Tenants.name(random.nextInt(tenants));
            Exchange done = template.send(
                    "direct:tenants", exchange -> exchange.getMessage().setHeader("tenant", tenant));
            if (done.getMessage().getHeader("Authorization") == null) {
                throw new IllegalStateException(tenant + " got no token", done.getException());
            }
            exchanges++;
        }
        return exchanges * 1e9 / (System.nanoTime() - begin);
    }
}
