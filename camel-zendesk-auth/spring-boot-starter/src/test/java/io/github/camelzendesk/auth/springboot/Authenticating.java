package io.github.camelzendesk.auth.springboot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application with one route, which uses the connection {@code acme}. */
@SpringBootConfiguration
@EnableAutoConfiguration
class Authenticating {
    @Bean
    RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:authenticate").to("zendesk-auth:acme");
            }
        };
    }
}
