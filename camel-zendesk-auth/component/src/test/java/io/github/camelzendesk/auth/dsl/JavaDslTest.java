package io.github.camelzendesk.auth.dsl;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

class JavaDslTest extends RoutesOfADsl {
    @Override
    void addRoutes(Main main) {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:header")
                        .to("zendesk-auth:acme?marketplaceName=robot")
                        .to("{{zendesk}}/api/v2/users/me.json?httpMethod=GET")
                        .removeHeader("Authorization");

                from("direct:policy")
                        .policy("zendeskPolicy")
                        .to("{{zendesk}}/api/v2/users/me.json?httpMethod=GET")
                        .end();

                routeTemplate("tickets-of")
                        .templateParameter("tenant")
                        .from("direct:{{tenant}}")
                        .to("zendesk-auth:{{tenant}}")
                        .to("{{zendesk}}/api/v2/users/me.json?httpMethod=GET")
                        .removeHeader("Authorization");
            }
        });
    }
}
