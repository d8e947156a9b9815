package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.internal.rotation.RefreshMargins;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The invariants of herds, hangs, errors and the end, H1 to H8; what takes real threads stands in the rig. */
class HerdInvariantsTest {
    private static final Duration LIFETIME = Duration.ofSeconds(1800);

    private final EngineFixture world = new EngineFixture();

    @Test
    void h1_aHangingEndpointCostsCallersWithAValidTokenTwoSecondsInAllAndNoSecondExchange() {
        DefaultTokenManager manager = authorized();
        world.wall = EngineFixture.START.plusSeconds(1700);
        List<CompletableFuture<Authorization>> callers = new ArrayList<>();
        world.duringRequest = () -> {
            callers.add(manager.authorization());
            assertThat(callers.get(0)).isNotDone();
            world.pass(Duration.ofSeconds(2));
            assertThat(callers.get(0))
                    .isCompletedWithValueMatching(old -> old.headerValue().equals("Bearer a1"));
            callers.add(manager.authorization());
            assertThat(callers.get(1)).as("nobody waits twice").isCompleted();
        };
        manager.authorization();

        assertThat(callers).hasSize(2);
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void h1_aCallerWithoutATokenFailsAtItsOwnTimeoutWhileTheExchangeGoesOn() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        world.grants("a1", "r1", LIFETIME);
        world.duringRequest = () -> {
            CompletableFuture<Authorization> caller = manager.authorization();
            world.pass(EngineFixture.JOIN.minusNanos(1));
            assertThat(caller).isNotDone();
            world.pass(Duration.ofNanos(1));
            assertThatThrownBy(caller::join).hasMessageContaining("joinTimeout (20000 ms)");
        };
        manager.authorization();

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void h1_aCallerWhoseTokenEndsWhileItWaitsGoesOnWaitingUpToTheJoinTimeoutInAll() {
        DefaultTokenManager manager = authorized();
        world.wall = EngineFixture.START
                .plus(LIFETIME)
                .minus(RefreshMargins.of(LIFETIME).hard())
                .minusSeconds(1);
        List<CompletableFuture<Authorization>> callers = new ArrayList<>();
        world.duringRequest = () -> {
            callers.add(manager.authorization());
            world.pass(Duration.ofSeconds(2));
            assertThat(callers.get(0)).as("its token has ended").isNotDone();
            callers.add(manager.authorization());
            world.pass(EngineFixture.JOIN.minusSeconds(2));
            assertThatThrownBy(callers.get(0)::join).hasMessageContaining("joinTimeout (20000 ms)");
            assertThat(callers.get(1)).as("it came two seconds later").isNotDone();
        };
        world.grants("a2", "r2", LIFETIME);
        manager.authorization();

        assertThat(callers.get(1).join().headerValue()).isEqualTo("Bearer a2");
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void h1_aJoinTimeoutOfLessThanTwoSecondsBoundsTheWaitWithAValidTokenToo() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"), Duration.ofMillis(500));
        world.grants("a1", "r1", LIFETIME);
        manager.authorization().join();
        world.wall = EngineFixture.START.plusSeconds(1700);
        world.duringRequest = () -> {
            CompletableFuture<Authorization> caller = manager.authorization();
            world.pass(Duration.ofMillis(500));
            assertThat(caller)
                    .isCompletedWithValueMatching(old -> old.headerValue().equals("Bearer a1"));
        };
        manager.authorization();

        assertThat(world.requests).hasSize(2);
    }

    @Test
    void h1_anEndpointThatAcceptsAndNeverAnswersIsAskedThreeTimesWithTheSameToken() {
        for (int i = 0; i < 5; i++) {
            world.outcomes.add(new TokenRequestOutcome.Ambiguous("no answer in time", true, null));
        }

        assertThat(error(world.manager(EngineFixture.grant(null, "r0"))))
                .isInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("no answer in time");
        assertThat(world.requests).hasSize(3).allSatisfy(request -> assertThat(
                        ((TokenRequest.Refresh) request).refreshToken().reveal())
                .isEqualTo("r0"));
    }

    @Test
    void h2_theLockIsHeldForThreeExchangesAtMost() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        for (int i = 0; i < 5; i++) {
            world.outcomes.add(new TokenRequestOutcome.Ambiguous("no answer in time", true, null));
        }
        world.duringRequest = () -> world.pause(Duration.ofSeconds(20));
        error(manager);

        assertThat(world.longestHold).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(62));
    }

    @Test
    void h3_retryAfterIsSharedThroughTheStoreWithSiblingsAndRestarts() {
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 429", Duration.ofSeconds(90)));
        error(world.manager(EngineFixture.grant(null, "r0")));
        DefaultTokenManager sibling = world.manager(EngineFixture.grant(null, "r0"));

        assertThat(error(sibling))
                .isInstanceOfSatisfying(TokenEndpointUnavailable.class, held -> assertThat(held.retryAfter())
                        .contains(Duration.ofSeconds(90)));
        assertThat(world.requests).hasSize(1);
        world.pass(Duration.ofSeconds(91));
        world.grants("a1", "r1", LIFETIME);
        assertThat(sibling.authorization().join().headerValue()).isEqualTo("Bearer a1");
        assertThat(world.stored.orElseThrow().backoff()).as("over").isNull();
    }

    @Test
    void h3_theOldTokenServesWhileZendeskThrottles() {
        DefaultTokenManager manager = authorized();
        world.wall = EngineFixture.START.plusSeconds(1700);
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 429", Duration.ofSeconds(3600)));
        for (int call = 0; call < 50; call++) {
            assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
        }
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void h4_athousandCallersASecondMeetAFailingEndpointWithFewRequestsAndOneAtATime() {
        DefaultTokenManager one = world.manager(EngineFixture.grant(null, "r0"));
        DefaultTokenManager other = world.manager(EngineFixture.grant(null, "r0"));
        for (int step = 0; step < 600; step++) {
            for (int caller = 0; caller < 100; caller++) {
                // Without an object of AssertJ's for each.
                assertThat(one.authorization().isCompletedExceptionally()).isTrue();
                assertThat(other.authorization().isCompletedExceptionally()).isTrue();
            }
            world.pass(Duration.ofSeconds(1));
        }
        assertThat(world.requests).as("in ten minutes, of two managers").hasSizeBetween(5, 60);
    }

    @Test
    void h6_aRejectionDuringAnAttemptIsNotLost() {
        DefaultTokenManager manager = authorized();
        Authorization first = manager.authorization().join();
        world.grants("a2", "r2", LIFETIME);
        world.duringRequest =
                () -> assertThat(manager.reject(first.generation())).isTrue();
        manager.refresh().join();

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a2");
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void h6_rejectionsOfOneGenerationByAThousandCallersForceOneRotation() {
        DefaultTokenManager manager = authorized();
        long used = manager.authorization().join().generation();
        for (int caller = 0; caller < 1000; caller++) {
            assertThat(manager.reject(used)).isTrue();
        }
        world.grants("a2", "r2", LIFETIME);

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a2");
        assertThat(manager.reject(used)).as("somebody has renewed already").isTrue();
        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a2");
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void h6_whatASiblingHasRotatedIsAdoptedAfterA401HoweverOftenThatHappens() {
        DefaultTokenManager manager = authorized();
        for (int i = 2; i < 22; i++) {
            Authorization used = manager.authorization().join();
            world.siblingRotates("a" + i, "r" + i);

            assertThat(manager.reject(used.generation())).isTrue();
            assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a" + i);
        }
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void h6_aRejectedTokenIsNotServedAgainThoughItWasDueForRenewalAlready() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        world.grants("a1", "r1", LIFETIME);
        manager.refresh().join();
        world.pass(Duration.ofSeconds(1700));
        Authorization old = manager.authorization().join();
        assertThat(manager.reject(old.generation())).isTrue();

        assertThat(manager.authorization()).isCompletedExceptionally();
    }

    @Test
    void h7_fromTheSendingOnCallersWaitForTheNewTokenBecauseTheOldOneDiesAnyMoment() {
        DefaultTokenManager manager = authorized();
        world.grants("a2", "r2", LIFETIME);
        List<CompletableFuture<Authorization>> during = new ArrayList<>();
        world.duringRequest = () -> {
            assertThat(manager.fresh()).isNull();
            during.add(manager.authorization());
        };
        manager.refresh().join();

        assertThat(during.get(0).join().headerValue()).isEqualTo("Bearer a2");
    }

    @Test
    void h8_aClosedManagerBeginsNothingAndServesWhatItHas() {
        DefaultTokenManager manager = authorized();
        manager.close();

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
        world.wall = EngineFixture.START.plusSeconds(1900);
        assertThat(error(manager)).hasMessageContaining("is being closed");
        assertThat(world.requests).hasSize(1);
    }

    private DefaultTokenManager authorized() {
        world.grants("a1", "r1", LIFETIME);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        return manager;
    }

    private static Throwable error(DefaultTokenManager manager) {
        return catchThrowable(() -> manager.authorization().join()).getCause();
    }
}
