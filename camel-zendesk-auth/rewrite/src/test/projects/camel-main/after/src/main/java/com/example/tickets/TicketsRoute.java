package com.example.tickets;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;

import org.apache.camel.builder.RouteBuilder;

/** Calls over camel-http, with credentials in the URI. */
public class TicketsRoute extends RouteBuilder {
    private static final String USERS = "https://acme.zendesk.com/api/v2/users.json?httpClientConfigurer=#acme&connectTimeout=5000";

    @Override
    public void configure() throws Exception {
        getContext().getRegistry().bind("acme", new ZendeskHttpClientConfigurer("zendesk-auth:acme"));
        getContext().getRegistry().bind("acme-sandbox", new ZendeskHttpClientConfigurer("zendesk-auth:acme-sandbox"));

        onException(Exception.class).log("${exception.message}");

        from("timer:tickets?period=60000")
                .to("https://acme.zendesk.com/api/v2/tickets.json?httpClientConfigurer=#acme&httpMethod=GET")
                .toD("https://acme.zendesk.com/api/v2/tickets/${header.id}.json?httpClientConfigurer=#acme")
                .to(USERS)
                .log("${body}");

        from("direct:sandbox")
                .to("https://acme-sandbox.zendesk.com/api/v2/tickets.json?httpClientConfigurer=#acme-sandbox");

        // Not Zendesk.
        from("direct:other")
                .to("https://api.example.com/v1?authMethod=Basic&authUsername=u&authPassword=p");
    }
}
