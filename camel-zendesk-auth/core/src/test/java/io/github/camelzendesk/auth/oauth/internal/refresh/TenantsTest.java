package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** Many connections of several accounts on the threads that they really share. */
class TenantsTest {
    private static final int MANY = 300;

    private final List<DefaultTokenManager> managers = new ArrayList<>();
    private final CountDownLatch answers = new CountDownLatch(1);

    @AfterEach
    void close() {
        answers.countDown();
        managers.forEach(DefaultTokenManager::close);
    }

    @Test
    void whatOneTenantIsToldToWaitHoldsUpNoOther() {
        List<CompletableFuture<Authorization>> throttled = callers(
                "https://busy.example", () -> new TokenRequestOutcome.Unavailable("status 429", Duration.ofHours(1)));

        assertThat(manager("calm", "https://calm.example", TenantsTest::granted)
                        .authorization()
                        .join()
                        .headerValue())
                .isEqualTo("Bearer a");
        assertThat(throttled).allSatisfy(caller -> assertThat(caller)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(Exception.class)
                .withCauseInstanceOf(TokenEndpointUnavailable.class));
    }

    @Test
    void aTenantThatDoesNotAnswerHoldsUpNoOther() {
        List<CompletableFuture<Authorization>> hanging = callers("https://hanging.example", this::lateGrant);

        assertThat(manager("calm", "https://calm.example", TenantsTest::granted)
                        .authorization()
                        .join()
                        .headerValue())
                .isEqualTo("Bearer a");
        assertThat(hanging).noneMatch(CompletableFuture::isDone);

        answers.countDown();
        assertThat(hanging).allSatisfy(caller -> assertThat(caller).succeedsWithin(Duration.ofSeconds(30)));
    }

    @Test
    void allConnectionsShareOneTimerAndTheThreadsThatCallZendesk() {
        List<CompletableFuture<Authorization>> callers = new ArrayList<>();
        for (int tenant = 0; tenant < MANY; tenant++) {
            callers.add(manager("t" + tenant, "https://t" + tenant + ".example", TenantsTest::granted)
                    .authorization());
        }
        callers.forEach(CompletableFuture::join);

        assertThat(threads("zendesk-auth-timer-")).isEqualTo(1);
        assertThat(threads("zendesk-auth-call-")).isBetween(1L, 64L);
    }

    private List<CompletableFuture<Authorization>> callers(String url, Supplier<TokenRequestOutcome> answer) {
        List<CompletableFuture<Authorization>> callers = new ArrayList<>();
        for (int user = 0; user < MANY; user++) {
            callers.add(manager("user" + user, url, answer).authorization());
        }
        return callers;
    }

    private DefaultTokenManager manager(String name, String url, Supplier<TokenRequestOutcome> answer) {
        Connection rig = RiggedManager.connection(url, "app", "s", "r-" + name);
        DefaultTokenManager manager = new DefaultTokenManager(
                rig,
                RiggedFiles.inMemory("tenants-" + name + System.identityHashCode(this), url, "app"),
                new Answering(answer),
                RiggedManager.context());
        managers.add(manager);
        manager.start();
        return manager;
    }

    private TokenRequestOutcome lateGrant() {
        try {
            answers.await();
            return granted();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TokenRequestOutcome granted() {
        return new TokenRequestOutcome.Granted(
                new TokenResponse(Secret.of("a"), Secret.of("r"), null, Duration.ofMinutes(30), Duration.ofDays(30)));
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private record Answering(Supplier<TokenRequestOutcome> answer) implements AuthorizationServer {
        @Override
        public TokenRequestOutcome request(TokenRequest request) {
            return answer.get();
        }

        @Override
        public TokenKnowledge describe(Secret accessToken) {
            return TokenKnowledge.NONE;
        }

        @Override
        public Map<String, Object> whoAmI(Secret authorizationHeader) {
            return Map.of();
        }

        @Override
        public void revoke(Secret accessToken) {}
    }
}
