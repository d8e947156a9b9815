package io.github.camelzendesk.auth.oauth.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.internal.engine.SharedThreads;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** How long a call may take, and what an application's own HTTP client may do to it. */
@ExtendWith(ZendeskExtension.class)
class TokenEndpointTest {
    private final EngineFixture world = new EngineFixture();
    private Connection connection;
    private TokenRequest request;

    @BeforeEach
    void issueAGrant(ZendeskServer zendesk) {
        var client = zendesk.confidentialClient("app");
        String refreshToken = zendesk.issue(client, "read write").refreshToken();
        connection = RiggedManager.connection(zendesk.url(), "app", client.secret(), refreshToken);
        request = new TokenRequest.Refresh(new OAuthClient("app", Secret.of(client.secret())), Secret.of(refreshToken));
    }

    @Test
    void anInterceptorThatSendsTwiceSendsNoTokenRequestTwice(ZendeskServer zendesk) {
        Interceptor twice = chain -> {
            chain.proceed(chain.request()).close();
            return chain.proceed(chain.request());
        };

        TokenRequestOutcome outcome =
                send(new OkHttpClient.Builder().addInterceptor(twice).build());

        assertThat(outcome).isInstanceOf(TokenRequestOutcome.Granted.class);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void noInterceptorSeesATokenRequest() {
        Interceptor curious = chain -> {
            throw new AssertionError("it sees " + chain.request());
        };

        assertThat(send(new OkHttpClient.Builder()
                        .addInterceptor(curious)
                        .addNetworkInterceptor(curious)
                        .build()))
                .isInstanceOf(TokenRequestOutcome.Granted.class);
    }

    @Test
    void anApplicationThatCancelsItsOwnCallsCancelsNoTokenRequest(ZendeskServer zendesk) {
        OkHttpClient client = new OkHttpClient();
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));

        CompletableFuture<TokenRequestOutcome> outcome = CompletableFuture.supplyAsync(() -> send(client));
        Awaitility.await().until(() -> zendesk.tokenRequestCount() == 1);
        client.dispatcher().cancelAll();
        answer.countDown();

        assertThat(outcome.join()).isInstanceOf(TokenRequestOutcome.Granted.class);
    }

    @Test
    void theTimeToConnectIsTheConnectionsOwnWhateverTheClientAllows(ZendeskServer zendesk) {
        Connects connects = new Connects();

        send(new OkHttpClient.Builder()
                .connectTimeout(Duration.ofHours(1))
                .socketFactory(connects)
                .build());

        assertThat(connects.timeouts)
                .containsExactly((int) connection.timeouts().connect().toMillis());
    }

    @Test
    void aServerThatNeverAnswersIsWaitedForUntilTheExchangeTimeoutHasRun(ZendeskServer zendesk)
            throws InterruptedException {
        zendesk.nextTokenRequest(TokenFault.hang());

        CompletableFuture<TokenRequestOutcome> outcome = sendOnTheWorldsClock();
        Awaitility.await().until(() -> zendesk.tokenRequestCount() == 1);
        world.pause(Duration.ofHours(1));
        world.pass(connection.timeouts().exchange().minusSeconds(1));
        assertThat(outcome).isNotDone();
        world.pass(Duration.ofSeconds(1));

        assertThat(outcome.join())
                .isInstanceOfSatisfying(TokenRequestOutcome.Ambiguous.class, lost -> assertThat(lost.what())
                        .isEqualTo("no answer in time"));
    }

    @Test
    void anAnswerThatTricklesForLongerThanTheExchangeMayTakeIsALostOneAndNotAskedForAgain(ZendeskServer zendesk)
            throws InterruptedException {
        zendesk.nextTokenRequest(TokenFault.drip(Duration.ofHours(1)));

        CompletableFuture<TokenRequestOutcome> outcome = sendOnTheWorldsClock();
        Awaitility.await().until(() -> zendesk.tokenRequestCount() == 1);
        world.pass(connection.timeouts().exchange());

        assertThat(outcome.join())
                .isInstanceOfAny(TokenRequestOutcome.Unparsed.class, TokenRequestOutcome.Ambiguous.class);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void whereNoThreadCanLimitItsTimeNothingIsSent(ZendeskServer zendesk) {
        RunningDeadline.Start exhausted = (limit, whenOver) -> {
            throw new OutOfMemoryError("unable to create native thread");
        };

        TokenRequestOutcome outcome =
                new TokenEndpoint(connection, Transport.DEFAULT, InstantSource.system(), exhausted).request(request);

        assertThat(outcome).isInstanceOf(TokenRequestOutcome.NotSent.class);
        assertThat(zendesk.tokenRequestCount()).isZero();
    }

    private CompletableFuture<TokenRequestOutcome> sendOnTheWorldsClock() throws InterruptedException {
        CountDownLatch counting = new CountDownLatch(1);
        RunningDeadline.Start start = (limit, whenOver) -> {
            RunningDeadline deadline = new RunningDeadline(limit, () -> world.nanos, world::after, whenOver);
            counting.countDown();
            return deadline;
        };
        TokenEndpoint endpoint = new TokenEndpoint(connection, Transport.DEFAULT, InstantSource.system(), start);
        CompletableFuture<TokenRequestOutcome> outcome = CompletableFuture.supplyAsync(() -> endpoint.request(request));
        assertThat(counting.await(1, TimeUnit.MINUTES)).isTrue();
        return outcome;
    }

    private TokenRequestOutcome send(OkHttpClient client) {
        RunningDeadline.Start start =
                (limit, whenOver) -> new RunningDeadline(limit, System::nanoTime, SharedThreads.limits(), whenOver);
        Transport transport = new Transport(client, null, null);
        return new TokenEndpoint(connection, transport, InstantSource.system(), start).request(request);
    }

    /** Notes how long each socket may take to connect. */
    private static final class Connects extends SocketFactory {
        final List<Integer> timeouts = new ArrayList<>();

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress address, int timeout) throws IOException {
                    timeouts.add(timeout);
                    super.connect(address, timeout);
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
