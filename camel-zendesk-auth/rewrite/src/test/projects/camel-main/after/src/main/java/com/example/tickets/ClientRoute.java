package com.example.tickets;

import io.github.camelzendesk.auth.ZendeskClientFactory;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.zendesk.ZendeskComponent;
import org.apache.camel.component.zendesk.ZendeskConfiguration;
import org.apache.camel.component.zendesk.internal.ZendeskApiMethod;

/** Calls over camel-zendesk, whose credentials are in application.properties or in the URI. */
public class ClientRoute extends RouteBuilder {
    @Override
    public void configure() {
        ZendeskConfiguration zendeskAcmeGetUsersMethod = new ZendeskConfiguration();
        zendeskAcmeGetUsersMethod.setMethodName(ZendeskApiMethod.GET_USERS);
        ZendeskComponent zendeskAcmeGetUsers = new ZendeskComponent();
        zendeskAcmeGetUsers.setConfiguration(zendeskAcmeGetUsersMethod);
        zendeskAcmeGetUsers.setZendesk(new ZendeskClientFactory("zendesk-auth:acme").create(getContext()));
        getContext().getRegistry().bind("zendesk-acme-get-users", zendeskAcmeGetUsers);
        ZendeskConfiguration zendeskAcmeGetTicketsMethod = new ZendeskConfiguration();
        zendeskAcmeGetTicketsMethod.setMethodName(ZendeskApiMethod.GET_TICKETS);
        ZendeskComponent zendeskAcmeGetTickets = new ZendeskComponent();
        zendeskAcmeGetTickets.setConfiguration(zendeskAcmeGetTicketsMethod);
        zendeskAcmeGetTickets.setZendesk(new ZendeskClientFactory("zendesk-auth:acme").create(getContext()));
        getContext().getRegistry().bind("zendesk-acme-get-tickets", zendeskAcmeGetTickets);

        from("timer:users?period=60000")
                .to("zendesk-acme-get-users:default/getUsers")
                .log("${body}");

        from("zendesk-acme-get-tickets:default/getTickets?delay=60000")
                .log("${body}");
    }
}
