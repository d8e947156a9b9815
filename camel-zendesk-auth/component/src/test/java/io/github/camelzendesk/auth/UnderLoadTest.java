package io.github.camelzendesk.auth;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.testkit.OAuthClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A route that calls Zendesk all the time while tokens live for seconds; {@code -Psoak}: 500 a second for a minute. */
@ExtendWith(ZendeskExtension.class)
class UnderLoadTest {
    private static final int SECONDS = Integer.getInteger("rig.loadSeconds", 6);
    private static final int RATE = Integer.getInteger("rig.loadRate", 100);
    private static final int EXCHANGES = SECONDS * RATE;
    private static final Duration LIFETIME = Duration.ofSeconds(5);

    private final LongAdder failures = new LongAdder();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none");

    @Test
    void noExchangeFailsThroughThePolicyThoughEachRotationKillsTheTokenOfThoseOnTheirWay(ZendeskServer zendesk)
            throws Exception {
        try (Camel camel = new Camel()) {
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
            load(camel);
            report("policy", zendesk);
        }
    }

    @Test
    void noExchangeFailsThroughTheLateHandOverEither(ZendeskServer zendesk) throws Exception {
        try (Camel camel = new Camel()) {
            ZendeskHttpClientConfigurer late = new ZendeskHttpClientConfigurer(connection(zendesk));
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
            load(camel);
            report("late hand-over", zendesk);
        }
    }

    private String connection(ZendeskServer zendesk) {
        OAuthClient client = zendesk.confidentialClient("app");
        zendesk.accessTokenLifetime(LIFETIME);
        return "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthRefreshToken="
                + zendesk.issue(client, "read write").refreshToken() + "&oauthSettingsLocation=memory:"
                + UUID.randomUUID();
    }

    /** Keeps to the rate, whatever the answers take, as far as the machine can. */
    private void load(Camel camel) throws InterruptedException {
        ProducerTemplate template = camel.context.createProducerTemplate();
        template.setMaximumCacheSize(10);
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        Semaphore left = new Semaphore(EXCHANGES);
        CountDownLatch open = new CountDownLatch(EXCHANGES);
        clock.scheduleAtFixedRate(
                () -> {
                    if (left.tryAcquire()) {
                        template.asyncSend("direct:in", exchange -> {}).whenComplete((exchange, error) -> {
                            judge(exchange, error);
                            open.countDown();
                        });
                    }
                },
                0,
                1_000_000_000L / RATE,
                TimeUnit.NANOSECONDS);
        open.await();
        clock.shutdown();
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
                "%s: %d exchanges at %d a second, %d rotations of %s tokens, %d replays after a 401, %d failed%n",
                way, served, RATE, zendesk.tokenRequestCount(), LIFETIME, refused, failures.sum());
        assertThat(failures.sum()).as(firstFailure.get()).isZero();
        assertThat(served).isEqualTo(EXCHANGES);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }
}
