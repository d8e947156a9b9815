package io.github.camelzendesk.examples.quarkus;

import org.apache.camel.builder.RouteBuilder;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Fetches tickets with camel-http. The token joins each request on its way out of the HTTP client: no message, log or
 * later endpoint ever holds it.
 */
@ApplicationScoped
public class TicketsRoute extends RouteBuilder {
    @Override
    public void configure() {
        bindToRegistry("zendesk", new ZendeskHttpClientConfigurer("zendesk-auth:acme"));

        from("timer:tickets?period={{tickets.period}}")
                .routeId("tickets")
                .to("{{camel.component.zendesk-auth.url}}/api/v2/tickets.json"
                        + "?httpMethod=GET&httpClientConfigurer=#zendesk")
                .log("Tickets: ${body}. Authorization in the message: '${header.Authorization}'");
    }
}
