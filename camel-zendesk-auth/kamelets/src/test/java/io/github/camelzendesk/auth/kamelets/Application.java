package io.github.camelzendesk.auth.kamelets;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** An application on Camel Main with routes in YAML and a Kamelet of ours. For use by one test. */
final class Application implements AutoCloseable {
    /** Where routes send what they got, and what may refuse it: {@code bean:received}. */
    static final class Received implements Processor {
        final List<String> bodies = new CopyOnWriteArrayList<>();
        private final Processor before;

        Received(Processor before) {
            this.before = before;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            before.process(exchange);
            bodies.add(exchange.getMessage().getBody(String.class));
        }
    }

    final Received received;
    private final Main main = new Main();

    /** Starts routes of the class path, with properties for their Kamelets. */
    Application(String routes, Map<String, String> properties) {
        this(routes, properties, exchange -> {});
    }

    /** The same, with what looks at each message or refuses it. */
    Application(String routes, Map<String, String> properties, Processor before) {
        received = new Received(before);
        main.configure().withRoutesIncludePattern("classpath:routes/" + routes + ".camel.yaml");
        main.configure().setShutdownTimeout(10);
        // It takes time at each start, and nothing here looks at it.
        main.configure().setJmxEnabled(false);
        properties.forEach(main::addOverrideProperty);
        main.bind("received", received);
        main.start();
    }

    /** Parameters of a Kamelet for a service that nobody logs in for. */
    static Map<String, String> service(String kamelet, ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Map<String, String> properties = new TreeMap<>();
        parameter(properties, kamelet, "url", zendesk.url());
        parameter(properties, kamelet, "authScheme", "OAuthClient");
        parameter(properties, kamelet, "oauthClientId", client.identifier());
        parameter(properties, kamelet, "oauthClientSecret", client.secret());
        parameter(properties, kamelet, "oauthSettingsLocation", "memory:" + UUID.randomUUID());
        return properties;
    }

    /** Longer than Awaitility's ten seconds, for a busy machine. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    static void parameter(Map<String, String> properties, String kamelet, String name, String value) {
        properties.put("camel.kamelet." + kamelet + "." + name, value);
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    Exchange send(String uri, Processor message) {
        return context().createProducerTemplate().send(uri, message);
    }

    void onFailure(Runnable action) {
        context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event.getType() == CamelEvent.Type.ExchangeFailed) {
                    action.run();
                }
            }
        });
    }

    Collection<Endpoint> endpoints() {
        return context().getEndpoints();
    }

    @Override
    public void close() {
        main.stop();
    }
}
