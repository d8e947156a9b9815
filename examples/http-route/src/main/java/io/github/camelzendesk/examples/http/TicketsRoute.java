package io.github.camelzendesk.examples.http;

import org.apache.camel.builder.RouteBuilder;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;

/**
 * Fetches tickets with camel-http. The token joins each request on its way out of the HTTP client: no message, log or
 * later endpoint ever holds it.
 */
final class TicketsRoute extends RouteBuilder {
    @Override
    public void configure() {
        bindToRegistry("zendesk", new ZendeskHttpClientConfigurer("zendesk-auth:acme"));

        from("timer:tickets?period={{tickets.period}}")
                .routeId("tickets")
                .to("{{camel.component.zendesk-auth.url}}/api/v2/tickets.json"
                        + "?httpMethod=GET&httpClientConfigurer=#zendesk")
                .setProperty("subjects", jsonpath("$.tickets[*].subject"))
                .log("Tickets: ${exchangeProperty.subjects}. Authorization in the message: '${header.Authorization}'");
    }
}
