package com.example.tickets;

import java.util.Base64;

import org.apache.camel.builder.RouteBuilder;

/** Calls with a header of their own. */
public class HeaderRoute extends RouteBuilder {
    private final String user = System.getenv("ZENDESK_USER");
    private final String token = System.getenv("ZENDESK_TOKEN");

    @Override
    public void configure() {
        from("direct:constant")
                .setHeader("Authorization", constant("Basic SU5fQV9IRUFERVI="))
                .to("https://acme.zendesk.com/api/v2/views.json")
                .to("log:views");

        from("direct:placeholder")
                .setHeader("Authorization").simple("Basic {{zendesk.basic}}")
                .setHeader("Accept", constant("application/json"))
                .to("https://acme.zendesk.com/api/v2/groups.json?httpMethod=GET")
                .removeHeader("Authorization");

        from("direct:shared")
                .setHeader("Authorization", constant("Basic U0hBUkVEX0hFQURFUg=="))
                .to("https://acme.zendesk.com/api/v2/macros.json")
                .to("https://api.example.com/v1/macros");

        from("direct:encoded")
                .setHeader("Authorization", constant("Basic "
                        + Base64.getEncoder().encodeToString((user + "/token:" + token).getBytes())))
                .to("https://acme.zendesk.com/api/v2/tags.json");

        from("direct:concatenated")
                .to("https://acme.zendesk.com/api/v2/organizations.json?authUsername=" + user + "&authPassword=" + token);

        from("direct:mapped")
                .to("https://support.acme.com/api/v2/tickets.json?authUsername=agent@acme.com/token&authPassword={{zendesk.token}}");

        from("direct:tenant")
                .toD("https://${header.tenant}.zendesk.com/api/v2/tickets.json?authUsername={{zendesk.user}}&authPassword={{zendesk.token}}");
    }
}
