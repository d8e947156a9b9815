package com.example.tickets;

import org.apache.camel.builder.RouteBuilder;

/** Calls over camel-zendesk, whose credentials are in application.properties or in the URI. */
public class ClientRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("timer:users?period=60000")
                .to("zendesk:default/getUsers")
                .log("${body}");

        from("zendesk:default/getTickets?username=agent@acme.com&password=IN_A_URI_2b2b&serverUrl=https://acme.zendesk.com&delay=60000")
                .log("${body}");
    }
}
