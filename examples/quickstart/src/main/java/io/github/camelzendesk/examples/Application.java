package io.github.camelzendesk.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.ZendeskAuthConfiguration;
import io.github.camelzendesk.auth.ZendeskAuthConstants;
import io.github.camelzendesk.auth.ZendeskAuthOperation;
import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.options.ConnectionOptions;

/** The Camel application of the story. For one thread at a time. */
final class Application implements AutoCloseable {
    private static final int MOST_TICKETS = 3;

    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate producer = camel.createProducerTemplate();

    private Application() {}

    static Application start(ConnectionOptions options, Browser browser) throws Exception {
        Application application = new Application();
        try {
            application.camel.getRegistry().bind("browser", browser);
            application.configure(options);
            application.addRoutes();
            return application;
        } catch (Exception e) {
            application.close();
            throw e;
        }
    }

    /** On the component rather than in the URI, so that no secret can show in an endpoint's name. */
    private void configure(ConnectionOptions options) {
        camel.getComponent("zendesk-auth", ZendeskAuthComponent.class)
                .setConfiguration(ZendeskAuthConfiguration.of(camel, options));
    }

    private void addRoutes() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:operation").to("zendesk-auth:quickstart?operationFromHeader=true");
            }
        });
        camel.start();
        // The component makes an origin of whatever was written for the account.
        String origin = String.valueOf(status().get("url"));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:tickets")
                        .to("zendesk-auth:quickstart")
                        .to(origin + "/api/v2/tickets.json?httpMethod=GET&per_page=" + MOST_TICKETS)
                        .removeHeader("Authorization");
            }
        });
    }

    /** The subjects of a few tickets. */
    List<String> tickets() throws Exception {
        String answer = producer.requestBody("direct:tickets", null, String.class);
        List<String> subjects = new ArrayList<>();
        for (JsonNode ticket : new ObjectMapper().readTree(answer).path("tickets")) {
            if (subjects.size() < MOST_TICKETS) {
                subjects.add(ticket.path("subject").asText("(no subject)").replaceAll("\\p{Cntrl}", " "));
            }
        }
        return subjects;
    }

    Map<String, Object> status() {
        return perform(ZendeskAuthOperation.status);
    }

    Map<String, Object> refresh() {
        return perform(ZendeskAuthOperation.refresh);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> perform(ZendeskAuthOperation operation) {
        return producer.requestBodyAndHeader(
                "direct:operation", null, ZendeskAuthConstants.OPERATION, operation, Map.class);
    }

    @Override
    public void close() {
        try {
            camel.close();
        } catch (Exception e) {
            throw new RuntimeCamelException(e);
        }
    }
}
