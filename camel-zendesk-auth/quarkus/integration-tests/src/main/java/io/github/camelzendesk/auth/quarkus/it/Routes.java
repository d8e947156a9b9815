package io.github.camelzendesk.auth.quarkus.it;

import org.apache.camel.builder.RouteBuilder;

import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.quarkus.ZendeskConnection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;

/** Each way to a token, against the account that is configured. Stateless. */
@ApplicationScoped
public class Routes extends RouteBuilder {
    private static final String TICKETS = "{{account}}/api/v2/tickets.json?httpMethod=GET";

    @Produces
    @Named("late")
    ZendeskHttpClientConfigurer late(@ZendeskConnection("acme") TokenManager zendesk) {
        return new ZendeskHttpClientConfigurer(zendesk);
    }

    @Override
    public void configure() {
        from("direct:header").to("zendesk-auth:acme");
        from("direct:policy")
                .policy(new ZendeskAuthPolicy("zendesk-auth:acme"))
                .to(TICKETS)
                .end();
        from("direct:late").to(TICKETS + "&httpClientConfigurer=#late");
        from("direct:tenant").toD("zendesk-auth:${header.tenant}");
    }
}
