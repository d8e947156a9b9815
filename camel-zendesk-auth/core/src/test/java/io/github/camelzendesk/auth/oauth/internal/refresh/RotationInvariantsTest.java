package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.awt.AWTError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.PollRateLimiter;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The invariants of one rotation, R1 to R16; R1, R2 and R8 take real processes and stand in the rig. */
class RotationInvariantsTest {
    private static final Duration LIFETIME = Duration.ofSeconds(1800);

    private final EngineFixture world = new EngineFixture();

    @Test
    void r3_nothingIsSentWithoutTheLockAndTheErrorIsRetryable() {
        world.lockRefusals = Integer.MAX_VALUE;

        assertThat(error(world.manager(EngineFixture.grant(null, "r0"))))
                .isInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("another process holds the lock")
                .hasMessageContaining("Nothing was spent");
        assertThat(world.requests).isEmpty();
    }

    @Test
    void r3_whatTheHolderOfTheLockBringsIsAdoptedWhileItIsWaitedFor() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.wall = EngineFixture.START.plusSeconds(1700);
        world.lockRefusals = 1;
        world.whenLockIsRefused = () -> world.siblingRotates("a2", "r2");

        assertThat(bearer(manager)).isEqualTo("a2");
        assertThat(world.requests).as("of our own").hasSize(1);
    }

    @Test
    void r4_theDecisionIsTakenAgainUnderTheLockFromTheStore() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.wall = EngineFixture.START.plusSeconds(1700);
        world.whenLockIsTaken = () -> world.siblingRotates("a2", "r2");

        assertThat(bearer(manager)).isEqualTo("a2");
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void r5_aLowerGenerationOfTheSameLoginNeverReplacesAHigherOne() {
        DefaultTokenManager manager = authorized("a1", "r1");
        var old = world.stored;
        world.grants("a2", "r2", LIFETIME);
        manager.refresh().join();
        world.stored = old;
        world.grants("a3", "r3", LIFETIME);
        manager.refresh().join();

        assertThat(spent()).as("never the stale writer's").containsExactly("r0", "r1", "r2");
        assertThat(world.storedRefreshToken()).isEqualTo("r3");
    }

    @Test
    void r5_anotherLoginIsAdoptedThoughItCountsFromTheBeginning() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.grants("a2", "r2", LIFETIME);
        manager.refresh().join();
        manager.start();
        world.loginElsewhere("b1", "s1");
        world.pass(PollRateLimiter.EVERY);

        assertThat(bearer(manager)).isEqualTo("b1");
        Authorization used = manager.authorization().join();
        assertThat(manager.reject(used.generation())).isTrue();
        world.grants("b2", "s2", LIFETIME);
        assertThat(bearer(manager)).isEqualTo("b2");
    }

    @Test
    void r6_aStoreThatCannotBeWrittenCostsNothingAndTheOldTokenServesOn() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.savesThatWork = 0;
        world.wall = EngineFixture.START.plusSeconds(1700);

        assertThat(bearer(manager)).isEqualTo("a1");
        assertThat(world.requests).hasSize(1);
        assertThat(manager.status().asMap().get("lastOutcome").toString()).startsWith("SettingsUnavailable");
    }

    @Test
    void r6_aTokenThatStandsInTheStoreServesAlthoughTheFirstThingAskedForWasARefreshThatFailed() {
        authorized("a1", "r1");
        DefaultTokenManager restarted = world.manager(EngineFixture.grant(null, "r0"));
        world.duringRequest = restarted::start; // The first look meets the attempt.
        world.outcomes.add(new TokenRequestOutcome.NotSent(new IOException("refused")));
        restarted.refresh().exceptionally(error -> null).join();

        assertThat(bearer(restarted)).isEqualTo("a1");
    }

    @Test
    void r7_theCancelOfEveryCallerCancelsNotTheExchange() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        world.grants("a1", "r1", LIFETIME);
        world.duringRequest =
                () -> Stream.generate(manager::authorization).limit(10).forEach(waiting -> waiting.cancel(true));
        manager.authorization().cancel(true);

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        assertThat(bearer(manager)).isEqualTo("a1");
    }

    @Test
    void r9_afterAnAmbiguousOutcomeTheSameTokenIsRepeatedAtMostTwiceUnderTheSameLock() {
        List<Object> locks = new ArrayList<>();
        world.whenLockIsTaken = () -> locks.add(this);
        ambiguous(5);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));

        assertThat(error(manager)).hasMessageContaining("The same refresh token is tried again");
        assertThat(spent()).containsExactly("r0", "r0", "r0");
        assertThat(locks).hasSize(1);
        assertThat(world.stored.orElseThrow().pending()).isNotNull();
    }

    @Test
    void r9_afterInvalidGrantATokenIsNeverPresentedAgain() {
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        world.savesThatWork = 1; // The note of the ending fails, and must hold all the same.
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        for (int call = 0; call < 100; call++) {
            assertThat(error(manager)).isInstanceOf(AuthorizationRequired.class);
            world.pass(Duration.ofSeconds(2));
        }
        assertThat(spent()).containsExactly("r0");
    }

    @Test
    void r10_invalidGrantAfterAnAmbiguousAttemptIsALostResponseOfThatTime() {
        ambiguous(3);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        error(manager);
        world.pass(Duration.ofMinutes(5));
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThat(error(manager))
                .isInstanceOfSatisfying(AuthorizationRequired.class, lost -> assertThat(lost.reason())
                        .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST))
                .hasMessageContaining("token request of " + EngineFixture.START);
    }

    @Test
    void r10_aRepetitionThatCouldNotBeSentDoesNotMakeTheDoubtAboutTheFirstAttemptForgotten() {
        ambiguous(1);
        world.outcomes.add(new TokenRequestOutcome.NotSent(new IOException("refused")));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        error(manager);
        world.pass(Duration.ofMinutes(5));
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThat(error(manager)).hasMessageContaining("token request of " + EngineFixture.START + " was lost");
    }

    @Test
    void r10_aLoginThatFailsLeavesTheDoubtAboutTheLastRefreshWhereItIs() {
        DefaultTokenManager manager = authorized("a1", "r1");
        ambiguous(3);
        manager.refresh().exceptionally(error -> null).join();
        world.pass(Duration.ofMinutes(1));
        world.outcomes.add(new TokenRequestOutcome.NotSent(new IOException("refused")));
        manager.exchangeCode(code()).exceptionally(error -> null).join();

        assertThat(world.stored.orElseThrow().pending().fingerprint())
                .isEqualTo(Secret.of("r1").fingerprint());
    }

    @Test
    void r13_theLockIsKeptUntilWhatMemoryHoldsIsStoredSoThatNobodySpendsTheDeadTokenAgain() {
        authorized("a1", "r1");
        FixtureProcess one = new FixtureProcess(world);
        FixtureProcess other = new FixtureProcess(world);
        DefaultTokenManager dirty = world.manager(EngineFixture.grant(null, "r0"), world, one, one);
        DefaultTokenManager waiting = world.manager(EngineFixture.grant(null, "r0"), world, other, other);
        world.grants("a2", "r2", LIFETIME);
        world.savesThatWork = 1;
        dirty.refresh().join();
        world.savesThatWork = Integer.MAX_VALUE;
        waiting.refresh().exceptionally(error -> null).join();

        assertThat(spent()).containsExactly("r0", "r1");
        world.pass(Duration.ofMinutes(2));
        assertThat(world.storedRefreshToken()).isEqualTo("r2");
        assertThat(bearer(waiting)).isEqualTo("a2");
    }

    @Test
    void r13_whatAClosedManagerOwesIsServedByTheNextManagerAndSavedWithTheLockThatWasKept() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.grants("a2", "r2", LIFETIME);
        world.savesThatWork = 1;
        manager.refresh().join();
        manager.close();

        assertThat(world.holder).as("the lock is kept").isNotNull();
        assertThat(bearer(world.manager(EngineFixture.grant(null, "r0")))).isEqualTo("a2");
        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));
        assertThat(world.storedRefreshToken()).isEqualTo("r2");
        assertThat(world.holder).as("the lock is free").isNull();
        assertThat(spent()).containsExactly("r0", "r1");
    }

    @Test
    void r13_theFirstRotationOfAConfiguredTokenOutlivesItsManagerToo() {
        world.grants("a1", "r1", LIFETIME);
        world.savesThatWork = 1;
        DefaultTokenManager first = world.manager(EngineFixture.grant(null, "r0"));
        assertThat(bearer(first)).isEqualTo("a1");
        first.close();

        assertThat(bearer(world.manager(EngineFixture.grant(null, "r0")))).isEqualTo("a1");
        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        assertThat(spent()).containsExactly("r0");
    }

    @Test
    void r13_anInterruptedCloserSavesAllTheSameAndStaysInterrupted() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.grants("a2", "r2", LIFETIME);
        world.savesThatWork = 1;
        manager.refresh().join();
        world.savesThatWork = Integer.MAX_VALUE;
        world.refuseInterrupted = true;
        Thread.currentThread().interrupt();
        manager.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.storedRefreshToken()).isEqualTo("r2");
    }

    @Test
    void r13_whileADiskIsFullOneLoopTriesToSaveOnceAMinuteAtTheMost() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.savesThatWork = 1;
        world.grants("a2", "r2", LIFETIME);
        manager.refresh().join();
        for (int i = 0; i < 20; i++) {
            world.grants("a" + (3 + i), "r" + (3 + i), LIFETIME);
            manager.refresh().exceptionally(error -> null).join();
        }
        world.pass(Duration.ofHours(4));
        long before = world.failedSaves;
        world.pass(Duration.ofHours(1));

        assertThat(world.failedSaves - before).isBetween(59L, 61L);
    }

    @Test
    void r13_theNoteOfAnEndIsStoredLaterWhenItCouldNotBeStoredAtOnce() {
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        world.savesThatWork = 1;
        error(world.manager(EngineFixture.grant(null, "r0")));
        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));

        assertThat(world.stored.orElseThrow().ended()).isNotNull();
        assertThat(error(world.manager(EngineFixture.grant(null, "r0")))).isInstanceOf(AuthorizationRequired.class);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void r10_invalidGrantAfterAPendingRecordOfADeadProcessIsALostResponse() {
        authorized("a1", "r1");
        world.stored = world.stored.map(settings -> settings.withPending(new PendingExchange(
                settings.tokens().fingerprint(), 2, EngineFixture.START.minusSeconds(60), "process 7")));
        world.wall = EngineFixture.START.plusSeconds(1900);
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThat(error(world.manager(EngineFixture.grant(null, "r0"))))
                .hasMessageContaining("token request of " + EngineFixture.START.minusSeconds(60) + " was lost");
    }

    @Test
    void r10_invalidGrantOutOfTheBlueWasRevokedExpiredOrRotatedElsewhere() {
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", "gone"));

        assertThat(error(world.manager(EngineFixture.grant(null, "r0"))))
                .isInstanceOfSatisfying(AuthorizationRequired.class, over -> {
                    assertThat(over.reason()).isEqualTo(AuthorizationRequired.Reason.REFUSED);
                    assertThat(over.errorDescription()).isEqualTo("gone");
                })
                .hasMessageContaining("revoked, has expired, or another copy");
    }

    @Test
    void r11_anEndedGrantCostsNoNetworkInAHundredThousandCallsAndAfterARestartAndClearsItself() {
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.start();
        int failed = 0;
        for (int call = 0; call < 100_000; call++) {
            failed += manager.authorization().isCompletedExceptionally() ? 1 : 0;
        }
        assertThat(failed).isEqualTo(100_000);
        world.pass(Duration.ofMinutes(1));
        assertThat(error(manager)).isInstanceOf(AuthorizationRequired.class);
        assertThat(error(world.manager(EngineFixture.grant(null, "r0")))).isInstanceOf(AuthorizationRequired.class);
        assertThat(world.requests).hasSize(1);

        world.loginElsewhere("b1", "s1");
        world.stored =
                world.stored.map(settings -> settings.withSeen(Secret.of("r0").fingerprint()));
        world.pass(PollRateLimiter.EVERY);
        assertThat(bearer(manager)).isEqualTo("b1");
        assertThat(world.requests).hasSize(1);
    }

    static Stream<TokenRequestOutcome> failures() {
        return Stream.of(
                new TokenRequestOutcome.NotSent(new IOException("refused")),
                new TokenRequestOutcome.Ambiguous("status 502", false, null),
                new TokenRequestOutcome.Unparsed(new byte[] {'x'}, "it is not a JSON object"),
                new TokenRequestOutcome.Unavailable("status 503", Duration.ofSeconds(9)),
                new TokenRequestOutcome.Rejected("invalid_client", null),
                new TokenRequestOutcome.Rejected("invalid_grant", null));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void r12_noFailureDegradesATokenThatIsValidNorTheStoredRefreshToken(TokenRequestOutcome failure) {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.wall = EngineFixture.START.plusSeconds(1700);
        world.outcomes.add(failure);

        assertThat(bearer(manager)).isEqualTo("a1");
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        assertThat(world.stored.orElseThrow().tokens().accessToken().reveal()).isEqualTo("a1");
    }

    @Test
    void r13_tokensOfALoginThatCannotBeSavedAreKeptAndSavedAtTheClose() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.grants("b1", "s1", LIFETIME);
        world.savesThatWork = 1;
        manager.exchangeCode(code()).join();

        assertThat(bearer(manager)).isEqualTo("b1");
        assertThat(manager.status().asMap()).containsEntry("settingsDirty", true);
        world.savesThatWork = Integer.MAX_VALUE;
        manager.close();
        assertThat(world.storedRefreshToken()).isEqualTo("s1");
    }

    @Test
    void r14_aDeadRefreshTokenInTheConfigurationDoesNotReplaceAGrantThatALoginHasStored() {
        world.loginElsewhere("b1", "s1");
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "stale"));

        assertThat(bearer(manager)).isEqualTo("b1");
        assertThat(world.storedRefreshToken()).isEqualTo("s1");
        world.wall = EngineFixture.START.plusSeconds(1900);
        world.grants("b2", "s2", LIFETIME);
        assertThat(bearer(world.manager(EngineFixture.grant(null, "stale")))).isEqualTo("b2");
        assertThat(spent()).containsExactly("stale", "s1");
    }

    @Test
    void r14_aCrashWhileTheConfiguredTokenIsTriedLeavesTheStoredGrantWhereItIs() {
        world.loginElsewhere("b1", "s1");
        world.duringRequest = () -> assertThat(world.storedRefreshToken()).isEqualTo("s1");
        world.grants("c1", "t1", LIFETIME);

        assertThat(bearer(world.manager(EngineFixture.grant(null, "new")))).isEqualTo("c1");
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void r15_aMissingRefreshTokenKeepsTheOldOne() {
        DefaultTokenManager manager = authorized("a1", "r1");
        world.grants("a2", null, LIFETIME);
        manager.refresh().join();

        assertThat(bearer(manager)).isEqualTo("a2");
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    @Test
    void r16_aTokenWithoutExpiryAndWithoutRefreshTokenIsUsedUntilA401() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant("a0", null));

        assertThat(bearer(manager)).isEqualTo("a0");
        world.pass(Duration.ofDays(365));
        assertThat(bearer(manager)).isEqualTo("a0");
        manager.reject(manager.authorization().join().generation());
        assertThat(error(manager)).isInstanceOfSatisfying(AuthorizationRequired.class, over -> assertThat(over.reason())
                .isEqualTo(AuthorizationRequired.Reason.NO_REFRESH_TOKEN));
        assertThat(world.requests).isEmpty();
    }

    @Test
    void aLoginElsewhereEndsTheWaitForAPerson() {
        CompletableFuture<AuthorizationCode> person = new CompletableFuture<>();
        world.authorizer = url -> person;
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, null));
        manager.start();
        CompletableFuture<Authorization> waiting = manager.authorization();
        world.loginElsewhere("b1", "s1");
        world.pass(PollRateLimiter.EVERY);

        assertThat(waiting.join().headerValue()).isEqualTo("Bearer b1");
        person.complete(code());
        assertThat(world.requests).as("the code is not needed any more").isEmpty();
    }

    @Test
    void aPastedCodeIsTheWayOutOfAnEndedGrant() {
        DefaultTokenManager first = authorized("a1", "r1");
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        first.refresh().exceptionally(error -> null).join();
        world.pass(Duration.ofHours(1));
        world.grants("b1", "s1", LIFETIME);
        Credentials.Grant plain = EngineFixture.grant(null, "r0");
        DefaultTokenManager pasted = world.manager(new Credentials.Grant(
                plain.client(),
                plain.redirectUri(),
                plain.scope(),
                new Credentials.Bootstrap(null, Secret.of("r0"), null, code())));

        assertThat(bearer(pasted)).isEqualTo("b1");
        assertThat(world.storedRefreshToken()).isEqualTo("s1");
    }

    @Test
    void aLoginThatThrowsEndsItsAttemptSoThatAnotherCanBegin() {
        world.authorizer = url -> {
            throw new AWTError("Can't connect to X11");
        };
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, null));

        assertThat(error(manager)).hasMessageContaining("unexpected java.awt.AWTError");
        world.loginElsewhere("b1", "s1");
        world.pass(Duration.ofMinutes(2));
        assertThat(bearer(manager)).isEqualTo("b1");
    }

    @Test
    void aLookAtTheStatusIsNoUseAndKeepsNoIdleTokenAlive() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        world.grants("a1", "r1", LIFETIME);
        manager.refresh().join();
        for (int minute = 0; minute < 40; minute++) {
            manager.status().asMap();
            world.pass(Duration.ofMinutes(1));
        }
        assertThat(world.requests).hasSize(1);
    }

    private DefaultTokenManager authorized(String accessToken, String refreshToken) {
        world.grants(accessToken, refreshToken, LIFETIME);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        return manager;
    }

    private void ambiguous(int times) {
        for (int i = 0; i < times; i++) {
            world.outcomes.add(new TokenRequestOutcome.Ambiguous("no answer in time", true, null));
        }
    }

    private static AuthorizationCode code() {
        return new AuthorizationCode(Secret.of("c"), Secret.of("v"));
    }

    private List<String> spent() {
        return world.requests.stream()
                .map(request -> ((TokenRequest.Refresh) request).refreshToken().reveal())
                .toList();
    }

    private static String bearer(DefaultTokenManager manager) {
        return manager.authorization().join().headerValue().substring("Bearer ".length());
    }

    private static Throwable error(DefaultTokenManager manager) {
        Throwable thrown = catchThrowable(() -> manager.authorization().join());
        assertThatThrownBy(() -> {
                    throw thrown;
                })
                .hasCauseInstanceOf(ZendeskAuthException.class);
        return thrown.getCause();
    }
}
