package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is asked of a connection first, before anything of it is stored or in use. */
class FirstUseTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final EngineFixture world = new EngineFixture();
    private final List<String> askedAbout = new ArrayList<>();

    @Test
    void aRefreshRightAfterTheStartObtainsANewToken() {
        authorize();
        Late late = new Late();
        DefaultTokenManager restarted = world.manager(EngineFixture.grant(null, "r0"), world, world, late);
        restarted.start();
        world.grants("a2", "r2", LIFETIME);
        CompletableFuture<?> refreshed = restarted.refresh();
        late.callsRun();

        late.backgroundRuns();
        late.callsRun();

        assertThat(refreshed).isCompleted();
        assertThat(world.storedRefreshToken()).isEqualTo("r2");
        assertThat(restarted.fresh().headerValue()).isEqualTo("Bearer a2");
    }

    @Test
    void aCallThatWaitsAfterTheStartIsServedByWhatIsStored() {
        authorize();
        Late late = new Late();
        DefaultTokenManager restarted = world.manager(EngineFixture.grant(null, "r0"), world, world, late);
        restarted.start();
        CompletableFuture<Authorization> caller = restarted.authorization();

        late.backgroundRuns();

        assertThat(caller)
                .isCompletedWithValueMatching(tokens -> tokens.headerValue().equals("Bearer a1"));
        late.callsRun();
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aRefreshBeforeTheFirstUseExchangesTheConfiguredRefreshToken() {
        DefaultTokenManager manager = world.manager(configured("a0", "r0", EngineFixture.START.plus(LIFETIME)));
        manager.start();
        world.grants("a1", "r1", LIFETIME);

        manager.refresh().join();

        assertThat(manager.fresh().headerValue()).isEqualTo("Bearer a1");
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    @Test
    void aRefreshAfterTheConfigurationBroughtAnotherGrantExchangesThat() {
        authorize();
        DefaultTokenManager manager = world.manager(configured("b0", "s0", EngineFixture.START.plus(LIFETIME)));
        manager.start();
        world.grants("b1", "s1", LIFETIME);

        manager.refresh().join();

        assertThat(world.storedRefreshToken()).isEqualTo("s1");
    }

    @Test
    void verifyBeforeTheFirstUseAsksAboutTheConfiguredAccessToken() {
        DefaultTokenManager manager = asked(configured("a0", "r0", null));

        assertThat(manager.verify().join()).containsEntry("verified", true);
        assertThat(askedAbout).containsExactly("Bearer a0");
        assertThat(world.requests).isEmpty();
    }

    @Test
    void verifyOfAConfiguredAccessTokenThatZendeskDoesNotKnowFails() {
        DefaultTokenManager manager = world.manager(configured("a0", "r0", null));

        assertThatThrownBy(() -> manager.verify().join()).hasCauseInstanceOf(AuthorizationRequired.class);
        assertThat(world.requests).isEmpty();
    }

    @Test
    void verifyOfARefreshTokenAloneSaysThatItIsNotUsedYetAndSpendsNothing() {
        for (Credentials.Grant grant :
                List.of(EngineFixture.grant(null, "r0"), configured("a0", "r0", EngineFixture.START.minusSeconds(1)))) {
            Map<String, Object> answer = asked(grant).verify().join();

            assertThat(answer).containsEntry("verified", false);
            assertThat(answer.get("reason").toString()).contains("not used yet");
        }
        assertThat(askedAbout).isEmpty();
        assertThat(world.requests).isEmpty();
        assertThat(world.stored).isEmpty();
    }

    @Test
    void verifyOfAPastedCodeSaysThatItIsNotUsedYetAndSpendsNothing() {
        Map<String, Object> answer = asked(pasted("c")).verify().join();

        assertThat(answer.get("reason").toString()).contains("not used yet");
        assertThat(world.requests).isEmpty();
    }

    @Test
    void verifyWithoutAnyGrantAsksForALogin() {
        assertThatThrownBy(() -> asked(EngineFixture.grant(null, null)).verify().join())
                .hasCauseInstanceOf(AuthorizationRequired.class);
    }

    @Test
    void aCodeThatWasExchangedIsNeverSentAgainWhicheverWayItComes() {
        world.authorizer = url -> CompletableFuture.completedFuture(code("c"));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, null));
        world.grants("a1", "r1", LIFETIME);
        manager.exchangeCode(code("c")).join();
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        assertThatThrownBy(() -> manager.exchangeCode(code("c")).join())
                .hasCauseInstanceOf(AuthorizationRequired.class)
                .hasMessageContaining("exchanged before");
        assertThat(world.requests).as("not a second time by the operation").hasSize(1);
        assertThat(manager.fresh().headerValue()).isEqualTo("Bearer a1");
        assertThatThrownBy(() -> manager.refresh().join()).hasMessageContaining("exchanged before");
        assertThat(world.requests).as("nor by the login after the refusal").hasSize(2);

        world.pass(LIFETIME);
        world.authorizer = null;
        assertThatThrownBy(() -> world.manager(pasted("c")).authorization().join())
                .hasCauseInstanceOf(AuthorizationRequired.class);
        assertThat(world.requests).as("nor from the configuration").hasSize(2);
    }

    @Test
    void aPastedCodeThatWasExchangedIsNotSentByTheOperation() {
        DefaultTokenManager manager = world.manager(pasted("c"));
        world.grants("a1", "r1", LIFETIME);
        manager.authorization().join();

        assertThatThrownBy(() -> manager.exchangeCode(code("c")).join()).hasMessageContaining("exchanged before");
        assertThat(world.requests).hasSize(1);
    }

    private void authorize() {
        world.grants("a1", "r1", LIFETIME);
        world.manager(EngineFixture.grant(null, "r0")).authorization().join();
    }

    /** A manager of a Zendesk that knows everybody. */
    private DefaultTokenManager asked(Credentials credentials) {
        AuthorizationServer knowing = new AuthorizationServer() {
            @Override
            public TokenRequestOutcome request(TokenRequest request) {
                return world.request(request);
            }

            @Override
            public TokenKnowledge describe(Secret accessToken) {
                return TokenKnowledge.NONE;
            }

            @Override
            public Map<String, Object> whoAmI(Secret header) {
                askedAbout.add(header.reveal());
                return Map.of("userId", 1);
            }

            @Override
            public void revoke(Secret accessToken) {}
        };
        DefaultTokenManager manager = world.manager(credentials, knowing);
        manager.start();
        return manager;
    }

    private static Credentials.Grant configured(String accessToken, String refreshToken, Instant expiresAt) {
        return with(
                new Credentials.Bootstrap(Secret.of(accessToken), Secret.ofNullable(refreshToken), expiresAt, null));
    }

    private static Credentials.Grant pasted(String code) {
        return with(new Credentials.Bootstrap(null, null, null, code(code)));
    }

    private static Credentials.Grant with(Credentials.Bootstrap bootstrap) {
        Credentials.Grant plain = EngineFixture.grant(null, null);
        return new Credentials.Grant(plain.client(), plain.redirectUri(), plain.scope(), bootstrap);
    }

    private static AuthorizationCode code(String code) {
        return new AuthorizationCode(Secret.of(code), Secret.of("v"));
    }

    /** An engine whose threads come when the test says. */
    private final class Late implements InTheWorld {
        private final Deque<Runnable> background = new ArrayDeque<>();
        private final Deque<Runnable> calls = new ArrayDeque<>();

        void backgroundRuns() {
            run(background);
        }

        void callsRun() {
            Deque<Runnable> now = new ArrayDeque<>(calls);
            calls.clear();
            run(now);
        }

        private void run(Deque<Runnable> work) {
            while (!work.isEmpty()) {
                work.remove().run();
            }
        }

        @Override
        public void execute(Runnable work) {
            background.add(work);
        }

        @Override
        public void call(String account, Runnable work) {
            calls.add(work);
        }

        @Override
        public void spawn(Runnable work) {
            work.run();
        }

        @Override
        public EngineFixture world() {
            return world;
        }
    }
}
