package com.example.tickets;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import java.util.Base64;

import org.apache.camel.builder.RouteBuilder;

/** Calls with a header of their own. */
public class HeaderRoute extends RouteBuilder {
    private final String user = System.getenv("ZENDESK_USER");
    private final String token = System.getenv("ZENDESK_TOKEN");

    @Override
    public void configure() {
        getContext().getRegistry().bind("acme", new ZendeskHttpClientConfigurer("zendesk-auth:acme"));

        from("direct:constant")
                .to("https://acme.zendesk.com/api/v2/views.json?httpClientConfigurer=#acme")
                .to("log:views");

        from("direct:placeholder")
                .setHeader("Accept", constant("application/json"))
                .to("https://acme.zendesk.com/api/v2/groups.json?httpMethod=GET&httpClientConfigurer=#acme")
                .removeHeader("Authorization");

        from("direct:shared")
                .setHeader(/* TODO zendesk-auth: others get this header too: remove it, and put httpClientConfigurer=#connection on the calls to Zendesk. */ "Authorization", constant("Basic U0hBUkVEX0hFQURFUg=="))
                .to("https://acme.zendesk.com/api/v2/macros.json")
                .to("https://api.example.com/v1/macros");

        from("direct:encoded")
                .setHeader(/* TODO zendesk-auth: these credentials come at run time: use a named connection, over camel-http with httpClientConfigurer=#connection. */ "Authorization", constant("Basic "
                        + Base64.getEncoder().encodeToString((user + "/token:" + token).getBytes())))
                .to("https://acme.zendesk.com/api/v2/tags.json");

        from("direct:concatenated")
                .to(/* TODO zendesk-auth: these credentials come at run time: use a named connection, over camel-http with httpClientConfigurer=#connection. */ "https://acme.zendesk.com/api/v2/organizations.json?authUsername=" + user + "&authPassword=" + token);

        from("direct:mapped")
                .to(/* TODO zendesk-auth: the host is not below zendesk.com: use httpClientConfigurer=#connection, and set its url to this host. */ "https://support.acme.com/api/v2/tickets.json?authUsername=agent@acme.com/token&authPassword={{zendesk.token}}");

        from("direct:tenant")
                .toD(/* TODO zendesk-auth: the account is not in the address: run the recipe with its options subdomain and connection. */ "https://${header.tenant}.zendesk.com/api/v2/tickets.json?authUsername={{zendesk.user}}&authPassword={{zendesk.token}}");
    }
}
