package io.github.camelzendesk.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;

/** Where exchanges go on that had to wait for a token, when the next step of their route takes long. */
class ContinuationsTest {
    private static final int MANY = 40;
    private static final int NESTED = 300;

    private final CamelFixture camel = new CamelFixture();
    private final Map<String, CountDownLatch> answers = new ConcurrentHashMap<>();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stepEnds = new CountDownLatch(1);
    private final ExecutorService accounts = Executors.newCachedThreadPool();
    private HttpServer server;

    /** An account for each path, which answers token requests as soon as the test says. */
    @BeforeEach
    void startAccounts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(accounts);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        stepEnds.countDown();
        answers.values().forEach(CountDownLatch::countDown);
        camel.close();
        server.stop(0);
        accounts.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exchangesThatWaitedAllGoOnWhileTheNextStepBlocksAndHoldUpNoOtherConnection(boolean policy) throws Exception {
        CountDownLatch inStep = new CountDownLatch(MANY);
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (policy) {
                    from("direct:slow")
                            .policy(new ZendeskAuthPolicy(uri("slow", "")))
                            .process(e -> step(inStep));
                } else {
                    from("direct:slow").to(uri("slow", "")).process(e -> step(inStep));
                }
            }
        });
        CountDownLatch done = send("direct:slow", MANY);
        answer("slow");

        assertThat(inStep.await(1, TimeUnit.MINUTES)).as("all of them at once").isTrue();
        assertThat(threads).hasSize(MANY).noneMatch(name -> name.startsWith("zendesk-auth-"));
        answer("other");
        assertThat(camel.authorization(uri("other", ""))).isEqualTo("Bearer t");
        stepEnds.countDown();
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void routesThatCallAnotherColdRouteAndWaitForItAllEnd() throws Exception {
        CountDownLatch inner = new CountDownLatch(NESTED);
        ProducerTemplate template = camel.context.createProducerTemplate();
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one")
                        .to(uri("one", ""))
                        .process(e -> e.setMessage(
                                template.send("direct:two", x -> {}).getMessage()));
                from("direct:two").process(e -> inner.countDown()).to(uri("two", ""));
            }
        });
        CountDownLatch done = send("direct:one", NESTED);
        answer("one");
        assertThat(inner.await(2, TimeUnit.MINUTES))
                .as("all wait in the inner route")
                .isTrue();
        answer("two");

        assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void aStopOfTheContextEndsAllWhoWait() throws Exception {
        // Camel's own wait for exchanges under way. None of them ends before its manager is closed.
        camel.context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.context.getShutdownStrategy().setTimeout(1);
        camel.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:waiting").to(uri("waiting", ""));
            }
        });
        CountDownLatch done = send("direct:waiting", MANY);
        CompletableFuture<?> next = camel.context
                .getEndpoint(uri("waiting", ""), ZendeskAuthEndpoint.class)
                .getTokenManager()
                .exchangeCode(new AuthorizationCode(Secret.of("c"), Secret.of("v")));

        CompletableFuture<Void> stop = CompletableFuture.runAsync(camel::close);
        // What waits for its turn is answered before what is under way.
        assertThat(next).failsWithin(Duration.ofMinutes(1));
        answer("waiting");
        stop.join();

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void whatComesAfterTheStopRunsOnAThreadOfItsOwn() throws Exception {
        Continuations continuations = new Continuations(this, camel.context.getExecutorServiceManager());
        continuations.shutdown();

        assertGoesOn(continuations);
    }

    @Test
    void whatFindsNoThreadRunsOnceThereIsOne() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        ExecutorServiceManager threads = camel.context.getExecutorServiceManager();
        threads.addThreadFactoryListener((source, factory) -> work -> {
            if (failures.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return factory.newThread(work);
        });

        assertGoesOn(new Continuations(this, threads, Duration.ZERO));
        assertThat(failures).hasValue(2);
    }

    private static void assertGoesOn(Continuations continuations) throws InterruptedException {
        Thread[] thread = new Thread[1];
        CountDownLatch ran = new CountDownLatch(1);
        continuations.execute(() -> {
            thread[0] = Thread.currentThread();
            ran.countDown();
        });
        assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(thread[0].getName()).contains("ZendeskAuth");
        assertThat(thread[0].isDaemon()).isTrue();
    }

    /** Sends so many, each of which has to wait for a token; the latch counts their ends. */
    private CountDownLatch send(String uri, int many) throws Exception {
        Endpoint endpoint = camel.context.getEndpoint(uri);
        AsyncProducer producer = endpoint.createAsyncProducer();
        producer.start();
        CountDownLatch done = new CountDownLatch(many);
        for (int i = 0; i < many; i++) {
            Exchange exchange = endpoint.createExchange();
            assertThat(producer.process(exchange, sync -> done.countDown()))
                    .as("done at once")
                    .isFalse();
        }
        return done;
    }

    private void step(CountDownLatch inStep) throws InterruptedException {
        threads.add(Thread.currentThread().getName());
        inStep.countDown();
        stepEnds.await();
    }

    private String uri(String account, String options) {
        return "zendesk-auth:" + account + "?url=http://127.0.0.1:"
                + server.getAddress().getPort()
                + "&authScheme=OAuthClient&oauthClientId=app&oauthClientSecret=s&tokenEndpointPath=/" + account
                + "&oauthSettingsLocation=memory:" + account + System.identityHashCode(this) + options;
    }

    private void answer(String account) {
        latch(account).countDown();
    }

    private CountDownLatch latch(String account) {
        return answers.computeIfAbsent(account, name -> new CountDownLatch(1));
    }

    private void answer(HttpExchange request) throws IOException {
        try (request) {
            latch(request.getRequestURI().getPath().substring(1)).await();
            byte[] token = "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":1800}"
                    .getBytes(StandardCharsets.UTF_8);
            request.getResponseHeaders().add("Content-Type", "application/json");
            request.sendResponseHeaders(200, token.length);
            request.getResponseBody().write(token);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
