package io.github.camelzendesk.auth;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an application has kept of a component that is stopped opens nothing that nobody would close. */
class AfterTheStopTest {
    private final String place = "memory:" + UUID.randomUUID();
    private final CamelFixture camel = new CamelFixture();

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void afterTheStopAKeptEndpointOpensNothingAndSaysSo() {
        ZendeskAuthEndpoint kept = endpoint(service("acme", "s"));
        ZendeskAuthComponent component = component();
        camel.context.stop();

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(kept::getTokenManager)
                    .isInstanceOf(TokenEndpointUnavailable.class)
                    .hasMessageContaining("'acme'")
                    .hasMessageContaining("stopped");
        }
        assertThat(component.observed()).isEmpty();
    }

    @Test
    void afterTheStopAKeptProducerAnswersAtOnceWithThatError() throws Exception {
        ZendeskAuthEndpoint kept = endpoint(token("acme"));
        Producer producer = kept.createProducer();
        producer.start();
        camel.context.stop();
        Exchange exchange = new DefaultExchange(camel.context);
        exchange.getMessage().setHeader("Authorization", "Bearer theirs");
        producer.process(exchange);

        assertThat(exchange.getException())
                .isInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("stopped");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("Authorization");
    }

    @Test
    void aMessageThatWaitsForAPersonIsAnsweredByTheStop() throws Exception {
        BlockingQueue<URI> opened = new LinkedBlockingQueue<>();
        Browser browser = opened::add;
        camel.context.getRegistry().bind("browser", browser);
        Producer producer = endpoint(login("acme")).createProducer();
        producer.start();
        Exchange exchange = new DefaultExchange(camel.context);
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        ((AsyncProcessor) producer).process(exchange, doneSync -> done.complete(exchange));
        assertThat(opened.poll(1, TimeUnit.MINUTES)).isNotNull();
        assertThat(done).isNotDone();

        camel.context.stop();

        assertThat(done.get(1, TimeUnit.MINUTES).getException())
                .isInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("is being closed");
    }

    @Test
    void afterTheStopAKeptManagerAnswersAtOnce() {
        TokenManager kept = endpoint(service("acme", "s")).getTokenManager();
        camel.context.stop();

        for (CompletableFuture<?> call : List.of(kept.authorization(), kept.refresh(), kept.verify(), kept.revoke())) {
            assertThat(call)
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableThat()
                    .withMessageContaining("is being closed");
        }
    }

    @Test
    void afterTheStopAKeptPolicyAnswersAtOnceWithThatError() throws Exception {
        AtomicBoolean passed = new AtomicBoolean();
        AuthenticatedBlock block = new AuthenticatedBlock(endpoint(token("acme")), exchange -> passed.set(true), false);
        camel.context.stop();
        Exchange exchange = new DefaultExchange(camel.context);
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        block.process(exchange, doneSync -> done.complete(exchange));

        assertThat(done.get(1, TimeUnit.MINUTES).getException())
                .isInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("stopped");
        assertThat(passed).isFalse();
    }

    @Test
    void aComponentThatIsStartedAgainOpensManagersAgain() {
        ZendeskAuthEndpoint kept = endpoint(token("acme"));
        ZendeskAuthComponent component = component();
        component.stop();
        assertThatThrownBy(kept::getTokenManager).isInstanceOf(TokenEndpointUnavailable.class);
        component.start();

        assertThat(kept.getTokenManager().fresh()).isNotNull();
        assertThat(component.observed()).hasSize(1);
    }

    /**
     * Routes come and go on several threads, and others ask kept endpoints, until the component stops in the middle.
     */
    @Test
    void nothingIsOpenAfterwardsHoweverStartsUsesAndStopsMeet() throws Exception {
        ZendeskAuthComponent component = component();
        Set<TokenManager> seen = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        CountDownLatch underWay = new CountDownLatch(6 * 100);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 6; thread++) {
            // Three names, so that threads share managers; a URI of its own for each thread, as endpoints have.
            String uri = service("acme" + thread % 3, "s") + "&marketplaceName=" + thread;
            ZendeskAuthEndpoint endpoint = endpoint(uri);
            all.add(threads.submit(() -> comeAndGo(endpoint, seen, underWay)));
        }
        assertThat(underWay.await(2, TimeUnit.MINUTES)).isTrue();
        component.stop();
        for (Future<?> one : all) {
            one.get(2, TimeUnit.MINUTES);
        }
        threads.shutdown();

        assertThat(component.observed()).isEmpty();
        assertThat(component.users()).isZero();
        assertThat(seen).isNotEmpty().allSatisfy(ManagersGivenBackTest::assertThatItIsClosed);
    }

    private static void comeAndGo(ZendeskAuthEndpoint endpoint, Set<TokenManager> seen, CountDownLatch underWay) {
        try {
            while (true) {
                endpoint.start();
                seen.add(endpoint.getTokenManager());
                endpoint.stop();
                // After the stop, as somebody does who has kept it.
                seen.add(endpoint.getTokenManager());
                underWay.countDown();
            }
        } catch (TokenEndpointUnavailable e) {
            assertThat(e).hasMessageContaining("stopped");
        }
    }

    private ZendeskAuthEndpoint endpoint(String uri) {
        return camel.context.getEndpoint(uri, ZendeskAuthEndpoint.class);
    }

    private ZendeskAuthComponent component() {
        return camel.context.getComponent("zendesk-auth", ZendeskAuthComponent.class);
    }

    private String service(String name, String secret) {
        return "zendesk-auth:" + name + "?url=https://acme.zendesk.com&authScheme=OAuthClient&oauthClientId=robot"
                + "&oauthClientSecret=" + secret + "&oauthSettingsLocation=" + place;
    }

    private String login(String name) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return "zendesk-auth:" + name
                    + "?url=https://acme.zendesk.com&initiateOAuth=GETANDREFRESH&oauthClientId=app"
                    + "&oauthClientSecret=s&callbackUrl=http://127.0.0.1:" + free.getLocalPort()
                    + "&oauthSettingsLocation=" + place;
        }
    }

    private static String token(String name) {
        return "zendesk-auth:" + name + "?url=https://acme.zendesk.com&oauthAccessToken=" + name;
    }
}
