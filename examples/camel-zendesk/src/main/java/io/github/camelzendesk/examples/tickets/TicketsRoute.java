package io.github.camelzendesk.examples.tickets;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.zendesk.ZendeskComponent;
import org.apache.camel.component.zendesk.ZendeskConfiguration;
import org.apache.camel.component.zendesk.internal.ZendeskApiMethod;
import org.zendesk.client.v2.Zendesk;
import org.zendesk.client.v2.model.Ticket;

import io.github.camelzendesk.auth.ZendeskClientFactory;

/** Fetches tickets with camel-zendesk, and tells which generation of the token that took. For one context. */
final class TicketsRoute extends RouteBuilder {
    private static final String LOG = "io.github.camelzendesk.examples";
    private static final int SHOWN = 3;

    @Override
    public void configure() {
        Zendesk client = new ZendeskClientFactory("zendesk-auth:acme").create(getContext());
        getContext().addComponent("zendesk", camelZendesk(client, ZendeskApiMethod.GET_TICKETS));

        // Where there is one API only, Camel 4.18 still wants it named.
        from("timer:tickets?period={{tickets.period}}")
                .to("zendesk:default/getTickets")
                .setBody(exchange -> few(exchange.getMessage().getBody(Iterable.class)))
                .log(LoggingLevel.INFO, LOG, "${body}")
                .to("zendesk-auth:acme?operation=status")
                .log(LoggingLevel.INFO, LOG, "Token: generation ${body[generation]}, until ${body[expiresAt]}");
    }

    /**
     * The component camel-zendesk with a client of ours. It compares the whole configuration of an endpoint, its method
     * too, with its own before it uses that client: so there is one such component, of any name, for each method.
     */
    private static ZendeskComponent camelZendesk(Zendesk client, ZendeskApiMethod method) {
        ZendeskConfiguration configuration = new ZendeskConfiguration();
        configuration.setMethodName(method);
        ZendeskComponent component = new ZendeskComponent();
        component.setConfiguration(configuration);
        component.setZendesk(client);
        return component;
    }

    /** The client fetches page after page while somebody goes on asking. */
    private static String few(Iterable<?> tickets) {
        return StreamSupport.stream(tickets.spliterator(), false)
                .limit(SHOWN)
                .map(Ticket.class::cast)
                .map(ticket -> "#" + ticket.getId() + " " + ticket.getSubject())
                .collect(Collectors.joining(", "));
    }
}
