package io.github.camelzendesk.auth.handover;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.client.okhttp.ZendeskOkHttpInterceptor;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

@ExtendWith(ZendeskExtension.class)
class ZendeskOkHttpInterceptorTest {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int CALLS = 200;

    @TempDir
    Path directory;

    @Test
    void onlyTheAccountItselfGetsTheToken(ZendeskServer zendesk) throws IOException {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory);
                ForeignServer elsewhere = new ForeignServer()) {
            OkHttpClient client = client(world);

            assertThat(status(client, get(world.tickets))).isEqualTo(200);
            assertThat(status(client, get(elsewhere.url()))).isEqualTo(200);
            assertThat(elsewhere.requests()).singleElement().satisfies(request -> assertThat(
                            request.containsHeader("Authorization"))
                    .isFalse());
        }
    }

    @Test
    void aProxyThatCouldReadTheTokenGetsNone(ZendeskServer zendesk) throws IOException {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory);
                ForeignServer proxy = new ForeignServer()) {
            InetSocketAddress address =
                    new InetSocketAddress("127.0.0.1", URI.create(proxy.url()).getPort());
            OkHttpClient client = client(world)
                    .newBuilder()
                    .proxy(new Proxy(Proxy.Type.HTTP, address))
                    .build();

            status(client, get(world.tickets));

            assertThat(proxy.requests()).singleElement().satisfies(request -> assertThat(
                            request.containsHeader("Authorization"))
                    .isFalse());
        }
    }

    @Test
    void aRedirectToAnotherHostDoesNotCarryTheTokenAndOneHomeDoes(ZendeskServer zendesk) throws IOException {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory);
                ForeignServer elsewhere = new ForeignServer()) {
            elsewhere.sendOnTo(world.tickets);
            zendesk.nextApiRequest(ApiFault.redirect(elsewhere.url()));

            assertThat(status(client(world), get(world.tickets))).isEqualTo(200);
            assertThat(elsewhere.requests()).singleElement().satisfies(request -> assertThat(
                            request.containsHeader("Authorization"))
                    .isFalse());
            assertThat(zendesk.apiRequests()).hasSize(2).allSatisfy(seen -> assertThat(seen.header("Authorization"))
                    .startsWith("Bearer "));
        }
    }

    @Test
    void aTokenThatWasKilledIsReplacedOnceAndTheBodySentAgain(ZendeskServer zendesk) throws IOException {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            world.killTheToken();
            world.wantTheWholeTicket();

            assertThat(status(client(world), post(world, RequestBody.create(HandOverFixture.TICKET, JSON))))
                    .isEqualTo(201);
            assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 201);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void aOneShotBodyIsNotSentAgainButTheNextCallGetsAnotherToken(ZendeskServer zendesk) throws IOException {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            world.killTheToken();
            OkHttpClient client = client(world);

            assertThat(status(client, post(world, oneShot()))).isEqualTo(401);
            assertThat(status(client, get(world.tickets))).isEqualTo(200);
            assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 200);
        }
    }

    @Test
    void anEndUserWhomNobodyKnowsIsTriedOnceMoreAndThenReported(ZendeskServer zendesk) throws IOException {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            Request request = get(world.tickets)
                    .newBuilder()
                    .header("X-On-Behalf-Of", "nobody@example.com")
                    .build();

            try (Response response = client(world).newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(401);
                assertThat(response.body().string()).contains("invalid_token");
            }
            assertThat(zendesk.apiRequests()).hasSize(2);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void a403IsNeverTriedAgainAndCostsNoRotation(ZendeskServer zendesk) throws IOException {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            zendesk.nextApiRequest(ApiFault.forbidden());

            assertThat(status(client(world), get(world.tickets))).isEqualTo(403);
            assertThat(zendesk.apiRequests()).hasSize(1);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void theAuthenticatorThatWasThereKeepsAnsweringForOtherHosts(ZendeskServer zendesk) throws IOException {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory);
                ZendeskServer other = ZendeskServer.start()) {
            other.addUser("agent@example.com", "of-another-house");
            String basic = okhttp3.Credentials.basic("agent@example.com", "of-another-house");
            OkHttpClient.Builder builder = new OkHttpClient.Builder()
                    .authenticator((route, response) -> response.request()
                            .newBuilder()
                            .header("Authorization", basic)
                            .build());

            assertThat(status(
                            ZendeskOkHttpInterceptor.install(builder, world.manager())
                                    .build(),
                            get(other.url() + "/api/v2/tickets.json")))
                    .isEqualTo(200);
        }
    }

    @Test
    void twoHundredCallsThatMeetAKilledTokenMakeOneTokenRequest(ZendeskServer zendesk) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLS);
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            OkHttpClient client = client(world);
            world.killTheToken();
            CountDownLatch together = new CountDownLatch(CALLS);
            Callable<Integer> call = () -> {
                together.countDown();
                together.await();
                return status(client, get(world.tickets));
            };
            for (Future<Integer> status : callers.invokeAll(Collections.nCopies(CALLS, call))) {
                assertThat(status.get()).isEqualTo(200);
            }
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void withoutAGrantACallAndACallbackLearnThatAPersonMustLogInAndNothingIsSent(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.withoutAGrant(zendesk, directory)) {
            OkHttpClient client = client(world);

            assertThatThrownBy(() -> status(client, get(world.tickets)))
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(AuthorizationRequired.class)
                    .hasMessageContaining("acme");
            assertThat(failureOf(client.newCall(get(world.tickets))))
                    .succeedsWithin(1, TimeUnit.MINUTES)
                    .satisfies(error -> assertThat(error).hasCauseInstanceOf(AuthorizationRequired.class));
            assertThat(zendesk.apiRequests()).isEmpty();
        }
    }

    private static OkHttpClient client(HandOverFixture world) {
        return ZendeskOkHttpInterceptor.install(new OkHttpClient.Builder(), world.manager())
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
    }

    private static Request get(String address) {
        return new Request.Builder().url(address).build();
    }

    private static Request post(HandOverFixture world, RequestBody body) {
        return new Request.Builder().url(world.tickets).post(body).build();
    }

    private static int status(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    private static CompletableFuture<IOException> failureOf(Call call) {
        CompletableFuture<IOException> failure = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                failure.complete(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                response.close();
                failure.completeExceptionally(new AssertionError(response.code()));
            }
        });
        return failure;
    }

    private static RequestBody oneShot() {
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return JSON;
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8(HandOverFixture.TICKET);
            }
        };
    }
}
