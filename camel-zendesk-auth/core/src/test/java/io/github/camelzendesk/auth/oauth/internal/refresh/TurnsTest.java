package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.internal.PollRateLimiter;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What may happen to an attempt while it waits for its account's turn. */
class TurnsTest {
    private final EngineFixture world = new EngineFixture();
    private final Line line = new Line();
    private final DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"), world, world, line);

    @Test
    void aManagerThatIsClosedDoesNotWaitForAnAttemptThatHasNotBegun() {
        CompletableFuture<Authorization> caller = manager.authorization();

        manager.close();

        assertThatThrownBy(caller::join).hasCauseInstanceOf(TokenEndpointUnavailable.class);
        line.takeTurns();
        assertThat(world.requests).isEmpty();
    }

    @Test
    void tokensThatASiblingBringsServeThoseWhoWaitAndTheTurnIsNotUsed() {
        CompletableFuture<Authorization> caller = callerAfterARejection();

        world.siblingRotates("a7", "r7");
        world.pass(PollRateLimiter.EVERY);

        assertThat(caller)
                .isCompletedWithValueMatching(brought -> brought.headerValue().equals("Bearer a7"));
        line.takeTurns();
        assertThat(world.requests).as("that of the first login").hasSize(1);
    }

    @Test
    void aCodeIsExchangedThoughASiblingBroughtTokensMeanwhile() {
        callerAfterARejection();
        line.takeTurns();
        manager.exchangeCode(new AuthorizationCode(Secret.of("code"), Secret.of("verifier")));
        world.siblingRotates("a7", "r7");
        world.pass(PollRateLimiter.EVERY);
        world.grants("a8", "r8", Duration.ofMinutes(30));

        line.takeTurns();

        assertThat(world.storedRefreshToken()).isEqualTo("r8");
    }

    /** It needs a newer token than the one that is stored, and waits for its turn. */
    private CompletableFuture<Authorization> callerAfterARejection() {
        world.grants("a1", "r1", Duration.ofMinutes(30));
        world.manager(EngineFixture.grant(null, "r0")).authorization().join();
        manager.start();
        manager.reject(manager.authorization().join().generation());
        return manager.authorization();
    }

    @Test
    void callersWhoseTurnDoesNotComeAreToldToTryAgain() {
        CompletableFuture<Authorization> caller = manager.authorization();

        world.pass(EngineFixture.JOIN);

        assertThatThrownBy(caller::join).hasCauseInstanceOf(TokenEndpointUnavailable.class);
        world.grants("a1", "r1", Duration.ofMinutes(30));
        line.takeTurns();
        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
    }

    /** An engine on which calls to Zendesk wait until the test says. */
    private final class Line implements InTheWorld {
        private final Deque<Runnable> waiting = new ArrayDeque<>();

        void takeTurns() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }

        @Override
        public void call(String account, Runnable work) {
            waiting.add(work);
        }

        @Override
        public EngineFixture world() {
            return world;
        }
    }
}
