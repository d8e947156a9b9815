package io.github.camelzendesk.examples.boot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.springboot.ZendeskRestClient;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * A Spring Boot application in which a Camel route and an HTTP interface share a token. With {@code ZENDESK_URL} set it calls a
 * real account, otherwise the stand-in. For Spring alone.
 */
@SpringBootApplication
public class TicketsApplication {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

    /** For the route: camel-http asks it for the token of each request. */
    @Bean
    ZendeskHttpClientConfigurer handover() {
        return new ZendeskHttpClientConfigurer("zendesk-auth:acme");
    }

    /** For all other code. */
    @Bean
    Users users(@Qualifier("acme") ZendeskRestClient acme, @Value("${zendesk.url}") String url) {
        RestClient zendesk = RestClient.builder().baseUrl(url).apply(acme).build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(zendesk))
                .build()
                .createClient(Users.class);
    }

    public static void main(String[] args) throws Exception {
        if (ZendeskOptions.of(System.getenv()).containsKey("url")) {
            System.out.println("ZENDESK_URL is set: this reads tickets on that account, three times.");
            run(Map.of());
            return;
        }
        System.out.println("ZENDESK_URL is not set: this runs on a stand-in for Zendesk. Its tokens live for "
                + SHORT_LIFE.toSeconds() + " s, and it refuses the first one in mid-flight.");
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            zendesk.accessTokenLifetime(SHORT_LIFE);
            zendesk.nextApiRequest(ApiFault.invalidToken());
            run(of(zendesk));
            System.out.printf(
                    "The stand-in saw %d token requests and %d calls, of which it answered %d with 401.%n",
                    zendesk.tokenRequestCount(),
                    zendesk.apiRequests().size(),
                    zendesk.apiRequests().stream()
                            .filter(seen -> seen.status() == 401)
                            .count());
        }
    }

    /** What application.yaml otherwise finds in the environment. */
    static Map<String, Object> of(ZendeskServer zendesk) {
        Map<String, Object> variables = new HashMap<>();
        ZendeskOptions.ofService(zendesk).forEach((option, value) -> variables.put("zendesk." + option, value));
        return variables;
    }

    /** Runs the application until Camel has had as many messages as the properties say. */
    static void run(Map<String, Object> properties) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        SpringApplication application = new SpringApplicationBuilder(TicketsApplication.class)
                .properties(properties)
                .listeners(event -> {
                    if (event instanceof ContextClosedEvent) {
                        closed.countDown();
                    }
                })
                .build();
        application.run();
        closed.await();
    }
}
