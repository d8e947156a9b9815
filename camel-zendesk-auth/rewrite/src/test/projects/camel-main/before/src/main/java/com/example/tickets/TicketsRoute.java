package com.example.tickets;

import org.apache.camel.builder.RouteBuilder;

/** Calls over camel-http, with credentials in the URI. */
public class TicketsRoute extends RouteBuilder {
    private static final String USERS = "https://acme.zendesk.com/api/v2/users.json"
            + "?authUsername=agent@acme.com/token"
            + "&authPassword=IN_A_CONSTANT_7f3a"
            + "&connectTimeout=5000";

    @Override
    public void configure() throws Exception {
        onException(Exception.class).log("${exception.message}");

        from("timer:tickets?period=60000")
                .to("https://acme.zendesk.com/api/v2/tickets.json?authMethod=Basic&authUsername=agent@acme.com/token&authPassword=RAW(IN_A&URI_91bc)&authenticationPreemptive=true&httpMethod=GET")
                .toD("https://acme.zendesk.com/api/v2/tickets/${header.id}.json?authUsername={{zendesk.user}}&authPassword={{zendesk.token}}")
                .to(USERS)
                .log("${body}");

        from("direct:sandbox")
                .to("https://acme-sandbox.zendesk.com/api/v2/tickets.json?authUsername=agent@acme.com&authPassword={{zendesk.password}}");

        // Not Zendesk.
        from("direct:other")
                .to("https://api.example.com/v1?authMethod=Basic&authUsername=u&authPassword=p");
    }
}
