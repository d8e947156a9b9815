package com.example;

import org.apache.camel.builder.RouteBuilder;
import org.zendesk.client.v2.Zendesk;

/** Copies tickets. API tokens are in the configuration: zendesk.token. */
public class TicketRoutes extends RouteBuilder {
    // .setHeader("Authorization", constant("Basic notThisOne"))
    private final Zendesk zendesk = new Zendesk.Builder("https://acme.zendesk.com")
            .setUsername("agent@acme.example")
            .setToken("sample-secret-1")
            .build();

    @Override
    public void configure() {
        from("timer:tickets?period=60000")
                .setHeader("Authorization", constant("Basic YWdlbnRAYWNtZS5leGFtcGxlL3Rva2VuOnNhbXBsZS1zZWNyZXQtMg=="))
                .to("https://acme.zendesk.com/api/v2/tickets.json")
                .to("slack:#support?token=not-of-zendesk");

        from("direct:create")
                .to("zendesk:createTicket?serverUrl=https://acme.zendesk.com&username=agent@acme.example"
                        + "&token=sample-secret-3");

        from("direct:oauth").to("zendesk-auth:acme").to("https://acme.zendesk.com/oauth/tokens");
    }
}
