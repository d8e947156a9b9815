package io.github.camelzendesk.examples.boot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Calls Zendesk with camel-http, and then with code that knows nothing of Camel. For Camel alone. */
@Component
class TicketsRoute extends RouteBuilder {
    private final Users users;
    private final String url;

    TicketsRoute(Users users, @Value("${zendesk.url}") String url) {
        this.users = users;
        this.url = url;
    }

    @Override
    public void configure() {
        from("timer:tickets?period={{tickets.period}}")
                .routeId("tickets")
                .to(url + "/api/v2/tickets.json?httpMethod=GET&httpClientConfigurer=#handover")
                .log(
                        "Camel: tickets, status ${header.CamelHttpResponseCode}. Authorization in the message: '${header.Authorization}'")
                .process(exchange ->
                        exchange.getMessage().setBody(users.me().user().email()))
                .log("HTTP interface: I am ${body}");
    }
}
