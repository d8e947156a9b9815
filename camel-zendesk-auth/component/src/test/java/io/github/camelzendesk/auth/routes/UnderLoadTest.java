package io.github.camelzendesk.auth.routes;

import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A route that calls Zendesk all the time while its token is replaced again and again; {@code -Psoak}: 30,000 calls. */
@ExtendWith(ZendeskExtension.class)
class UnderLoadTest {
    private static final int EXCHANGES = Integer.getInteger("rig.loadExchanges", 600);
    private static final int AT_A_TIME = 20;
    private static final int PER_TOKEN = 150;

    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final LongAdder failures = new LongAdder();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none");

    @Test
    void noExchangeFailsThroughThePolicyThoughEachRotationKillsTheTokenOfThoseOnTheirWay(ZendeskServer zendesk)
            throws Exception {
        try (CamelFixture camel = new CamelFixture()) {
            String uri = connection(zendesk);
            camel.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .policy(new ZendeskAuthPolicy(uri))
                            .to(zendesk.url() + "/api/v2/tickets.json?httpMethod=GET&maxTotalConnections=50"
                                    + "&connectionsPerRoute=50")
                            .end();
                }
            });
            load(camel, uri);
            report("policy", zendesk);
        }
    }

    @Test
    void noExchangeFailsThroughTheLateHandOverEither(ZendeskServer zendesk) throws Exception {
        try (CamelFixture camel = new CamelFixture()) {
            String uri = connection(zendesk);
            ZendeskHttpClientConfigurer late = new ZendeskHttpClientConfigurer(uri);
            late.setCamelContext(camel.context);
            camel.context.getRegistry().bind("late", late);
            camel.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to(zendesk.url() + "/api/v2/tickets.json?httpMethod=GET&maxTotalConnections=50"
                                    + "&connectionsPerRoute=50&httpClientConfigurer=#late");
                }
            });
            load(camel, uri);
            report("late hand-over", zendesk);
        }
    }

    private String connection(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        return "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthRefreshToken="
                + zendesk.issue(client, "read write").refreshToken() + "&oauthSettingsLocation=memory:"
                + UUID.randomUUID();
    }

    /** Keeps so many under way at a time, and has a new token made for every so many. */
    private void load(CamelFixture camel, String connection) throws InterruptedException {
        ProducerTemplate template = camel.context.createProducerTemplate();
        template.setMaximumCacheSize(10);
        for (int sent = 1; sent <= EXCHANGES; sent++) {
            send(template, "direct:in");
            if (sent % PER_TOKEN == 0) {
                send(template, connection + "&operation=refresh");
            }
        }
        free.acquire(AT_A_TIME);
    }

    private void send(ProducerTemplate template, String uri) throws InterruptedException {
        free.acquire();
        template.asyncSend(uri, exchange -> {}).whenComplete((exchange, error) -> {
            judge(exchange, error);
            free.release();
        });
    }

    private void judge(Exchange exchange, Throwable error) {
        Throwable failure = error == null ? exchange.getException() : error;
        if (failure != null) {
            failures.increment();
            firstFailure.compareAndSet("none", failure.toString());
        }
    }

    private void report(String way, ZendeskServer zendesk) {
        long served = zendesk.apiRequests().stream()
                .filter(seen -> seen.status() == 200)
                .count();
        long refused = zendesk.apiRequests().stream()
                .filter(seen -> seen.status() == 401)
                .count();
        System.out.printf(
                "%s: %d exchanges, %d token requests, %d replays after a 401, %d failed%n",
                way, served, zendesk.tokenRequestCount(), refused, failures.sum());
        assertThat(failures.sum()).as(firstFailure.get()).isZero();
        assertThat(served).isEqualTo(EXCHANGES);
        assertThat(zendesk.tokenRequestCount()).isGreaterThan(EXCHANGES / PER_TOKEN);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }
}
