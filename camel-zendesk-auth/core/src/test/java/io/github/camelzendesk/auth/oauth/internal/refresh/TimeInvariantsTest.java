package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.settings.Backoff;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The invariants of time, T1 to T7. The wall clock may jump; the monotonic one may stand still. */
class TimeInvariantsTest {
    private static final Duration LIFETIME = Duration.ofSeconds(1800);

    private final EngineFixture world = new EngineFixture();

    @Test
    void t1_theLifetimeCountsFromBeforeTheRequestWasSent() {
        world.duringRequest = () -> world.wall = world.wall.plusSeconds(30);
        authorized(LIFETIME);

        assertThat(world.stored.orElseThrow().tokens().expiresAt()).isEqualTo(EngineFixture.START.plusSeconds(1800));
    }

    @Test
    void t1_aLifetimeBeyondAnIntIsCountedInFull() {
        authorized(Duration.ofSeconds(1L << 31));

        assertThat(world.stored.orElseThrow().tokens().expiresAt())
                .isEqualTo(EngineFixture.START.plusSeconds(1L << 31));
    }

    @Test
    void t3_aWallClockSetForwardCostsOneRotationAtMost() {
        DefaultTokenManager manager = authorized(LIFETIME);
        world.wall = world.wall.plus(Duration.ofHours(1));
        world.grants("a2", "r2", LIFETIME);
        for (int minute = 0; minute < 20; minute++) {
            assertThat(bearer(manager)).isEqualTo("a2");
            world.pass(Duration.ofMinutes(1));
        }
        assertThat(world.requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 60, 600})
    void t3_aWallClockSetBackDoesNotKeepATokenInUsePastItsEnd(long minutes) {
        DefaultTokenManager manager = authorized(LIFETIME);
        world.wall = world.wall.minus(Duration.ofMinutes(minutes));
        world.grants("a2", "r2", LIFETIME);
        world.pass(Duration.ofMinutes(31));

        assertThat(bearer(manager)).isEqualTo("a2");
    }

    @Test
    void t3_afterAJumpBackAnExpiredTokenIsNotServedWhileTheEndpointIsDown() {
        DefaultTokenManager manager = authorized(LIFETIME);
        world.wall = world.wall.minus(Duration.ofHours(1));
        world.pass(Duration.ofMinutes(31));

        assertThat(manager.authorization()).isCompletedExceptionally();
    }

    @Test
    void t3_aTokenThatExpiredWhileTheMachineSleptIsRenewedThoughTheMonotonicClockStoodStill() {
        DefaultTokenManager manager = authorized(LIFETIME);
        world.wall = world.wall.plus(Duration.ofHours(8));
        world.grants("a2", "r2", LIFETIME);

        assertThat(manager.fresh()).isNull();
        assertThat(bearer(manager)).isEqualTo("a2");
    }

    @Test
    void t4_aStoredTokenWithMoreLeftThanItEverHadIsStale() {
        authorized(LIFETIME);
        world.wall = EngineFixture.START.minus(Duration.ofMinutes(5));
        world.grants("a2", "r2", LIFETIME);

        assertThat(bearer(world.manager(EngineFixture.grant(null, "r0")))).isEqualTo("a2");
    }

    @Test
    void t5_processesThatWakeUpTogetherMakeOneExchangeAndRenewAheadAtDifferentInstants() {
        authorized(LIFETIME);
        world.wall = world.wall.plus(Duration.ofDays(2));
        world.grants("a2", "r2", LIFETIME);
        for (int i = 0; i < 8; i++) {
            FixtureProcess process = new FixtureProcess(world);
            DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"), world, process, process);
            assertThat(bearer(manager)).isEqualTo("a2");
            Instant due =
                    Instant.parse(manager.status().asMap().get("nextRefresh").toString());
            Instant soft = world.wall.plusSeconds(1800 - 180);
            assertThat(due).isBetween(soft.minusSeconds(180), soft);
        }
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void t6_aFailedKeepAliveIsTriedAgainAndTheLastWeekIsWarnedOf() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        world.grants("a1", "r1", LIFETIME);
        manager.refresh().join(); // Which is no use: what is in use is tried again all the time.
        world.pass(Duration.ofDays(24));
        assertThat(manager.status().asMap()).containsKey("warning");
        world.grants("a9", "r9", LIFETIME);
        world.pass(Duration.ofHours(2));

        assertThat(world.storedRefreshToken()).isEqualTo("r9");
        assertThat(manager.status().asMap()).doesNotContainKey("warning");
    }

    @Test
    void t6_anIdleGrantIsKeptAliveAfterARestartWithAnExpiredAccessToken() {
        authorized(LIFETIME).close();
        world.tellsOfChanges = true;
        world.pass(Duration.ofDays(2));
        world.manager(EngineFixture.grant(null, "r0")).start();
        world.grants("a2", "r2", LIFETIME);
        world.pass(Duration.ofDays(17));

        assertThat(world.storedRefreshToken()).isEqualTo("r2");
    }

    @Test
    void t6_aRotationOfAnIdleGrantThatFailsIsTriedAgainWithinTwoHours() {
        authorized(LIFETIME).close();
        world.tellsOfChanges = true;
        world.pass(Duration.ofDays(2));
        world.manager(EngineFixture.grant(null, "r0")).start();
        world.pass(Duration.ofDays(16).plusHours(2));
        assertThat(world.requests).as("without a network").hasSizeGreaterThan(1);

        world.grants("a2", "r2", LIFETIME);
        world.pass(Duration.ofHours(2));

        assertThat(world.storedRefreshToken()).isEqualTo("r2");
    }

    @Test
    void t3_aTokenPastItsEndIsNotTakenFromTheStoreAgainAfterAJumpBackWhileTheEndpointIsDown() {
        DefaultTokenManager manager = authorized(LIFETIME);
        manager.fresh();
        world.wall = world.wall.minus(Duration.ofMinutes(20));
        world.pass(Duration.ofMinutes(31));

        assertThatThrownBy(() -> manager.authorization().join()).hasCauseInstanceOf(TokenEndpointUnavailable.class);
        world.pass(Duration.ofMinutes(2));
        assertThatThrownBy(() -> manager.authorization().join()).hasCauseInstanceOf(TokenEndpointUnavailable.class);
    }

    @Test
    void t7_aTokenThatSeemsToBeBornDeadBecauseClocksDifferIsNotRenewedForEveryCall() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        Instant theirs = EngineFixture.START.minus(Duration.ofHours(2));
        world.grants(jwt("{\"exp\":" + theirs.plusSeconds(1800).getEpochSecond() + "}"), "r1", null);
        for (int call = 0; call < 100; call++) {
            assertThat(manager.authorization()).isCompleted();
        }
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void t7_theLifeOfANewJwtCountsFromHereWhateverTheClockOfItsIssuer() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        long theirs = EngineFixture.START.minus(Duration.ofHours(2)).getEpochSecond();
        world.grants(jwt("{\"iat\":" + theirs + ",\"exp\":" + (theirs + 600) + "}"), "r1", null);
        manager.authorization().join();

        assertThat(manager.fresh()).isNotNull();
        world.wall = EngineFixture.START.plusSeconds(601);
        assertThat(manager.fresh()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"5,600", "60,600", "300,7200", "1800,43200", "172800,2592000"})
    void t2_aTokenInConstantUseIsRenewedAboutOncePerLifetimeAndNeverPerCall(long lifetime, long seconds) {
        for (int i = 0; i < 2000; i++) {
            world.grants("a" + i, "r" + i, Duration.ofSeconds(lifetime));
        }
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        long steps = 2000;
        for (long step = 0; step < steps; step++) {
            assertThat(manager.authorization()).isCompleted();
            world.pass(Duration.ofMillis(seconds * 1000 / steps));
        }
        assertThat((long) world.requests.size()).isBetween(seconds / lifetime, 1 + seconds * 5 / (lifetime * 3));
    }

    @ParameterizedTest(name = "the clock of the process that failed is {0} min ahead")
    @ValueSource(longs = {-4320, -45, 0, 45, 4320})
    void aPauseAfterAFailureLastsNoLongerForAProcessWhoseClockDiffers(long minutes) {
        world.loginElsewhere("a1", "r1");
        Duration pause = Duration.ofSeconds(40);
        world.pass(LIFETIME);
        Instant retryAt = world.wall.plus(Duration.ofMinutes(minutes)).plus(pause);
        world.stored = world.stored.map(settings -> settings.withBackoff(new Backoff(3, retryAt, pause)));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, null));
        world.grants("a2", "r2", LIFETIME);
        manager.authorization().exceptionally(error -> null).join();
        assertThat(world.requests).hasSize(minutes < 0 ? 1 : 0);

        world.pass(pause);

        assertThat(bearer(manager)).isEqualTo("a2");
        assertThat(world.stored.map(OAuthSettings::backoff)).isEmpty();
    }

    @ParameterizedTest(name = "the clock of the process that rotated shows {0} min more")
    @ValueSource(longs = {-300, -45, 45, 300})
    void tokensThatCameWhileThisProcessWaitedForTheLockAreFreshWhateverTheirClockSays(long minutes) {
        world.loginElsewhere("a1", "r1");
        DefaultTokenManager manager = world.started(EngineFixture.grant(null, null));
        world.pass(LIFETIME.multipliedBy(3));
        Instant theirs = world.wall.plus(Duration.ofMinutes(minutes));
        world.lockRefusals = 1;
        world.whenLockIsRefused = () -> world.stored = world.stored.map(settings -> settings.withNextTokens(
                new TokenPair(Secret.of("a2"), Secret.of("r2"), null, theirs, theirs.plus(LIFETIME), null)));

        assertThat(bearer(manager)).isEqualTo("a2");
        assertThat(world.requests).isEmpty();
    }

    private DefaultTokenManager authorized(Duration lifetime) {
        world.grants("a1", "r1", lifetime);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        return manager;
    }

    private static String jwt(String claims) {
        String middle = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return "e30." + middle + ".sig";
    }

    private static String bearer(DefaultTokenManager manager) {
        return manager.authorization().join().headerValue().substring("Bearer ".length());
    }
}
