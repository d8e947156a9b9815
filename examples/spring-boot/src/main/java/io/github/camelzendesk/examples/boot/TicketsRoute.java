package io.github.camelzendesk.examples.boot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Calls Zendesk with camel-http, and then with code that knows nothing of Camel. For Camel alone. */
@Component
class TicketsRoute extends RouteBuilder {
    private final RestClient zendesk;
    private final String url;

    TicketsRoute(RestClient zendesk, @Value("${zendesk.url}") String url) {
        this.zendesk = zendesk;
        this.url = url;
    }

    @Override
    public void configure() {
        from("timer:tickets?period={{tickets.period}}")
                .routeId("tickets")
                .to(url + "/api/v2/tickets.json?httpMethod=GET&httpClientConfigurer=#handover")
                .log(
                        "Camel: tickets, status ${header.CamelHttpResponseCode}. Authorization in the message: '${header.Authorization}'")
                .process(exchange -> exchange.getMessage().setBody(whoAmI()))
                .log("RestClient: I am ${body}");
    }

    private String whoAmI() {
        Me me = zendesk.get().uri(url + "/api/v2/users/me.json").retrieve().body(Me.class);
        return me == null ? "nobody" : me.user().email();
    }

    private record Me(User user) {}

    private record User(String email) {}
}
