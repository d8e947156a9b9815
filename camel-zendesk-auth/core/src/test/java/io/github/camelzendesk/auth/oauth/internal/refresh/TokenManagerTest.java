package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.internal.rotation.RefreshMargins;
import io.github.camelzendesk.auth.oauth.internal.wire.RetryAfter;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponseParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenManagerTest {
    private final EngineFixture world = new EngineFixture();

    @ParameterizedTest
    @CsvSource({"5,1.667,0.5", "300,60,15", "1800,180,15", "172800,17280,15"})
    void t2_theMarginsScaleWithTheLifetime(long lifetime, double soft, double hard) {
        RefreshMargins margins = RefreshMargins.of(Duration.ofSeconds(lifetime));

        assertThat(margins.soft().toMillis() / 1000.0).isBetween(soft - 0.01, soft + 0.01);
        assertThat(margins.hard().toMillis() / 1000.0).isBetween(hard - 0.01, hard + 0.01);
    }

    @Test
    void surprise13_theFastPathEndsExactlyAtTheSoftDeadline() {
        world.grants("a1", "r1", Duration.ofSeconds(1800));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();

        world.wall = EngineFixture.START.plusSeconds(1619);
        assertThat(manager.fresh()).isNotNull();
        world.wall = EngineFixture.START.plusSeconds(1620);
        assertThat(manager.fresh()).isNull();
    }

    @Test
    void r6_nothingIsSentWhenThePendingRecordCannotBeWritten() {
        world.savesThatWork = 0;
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));

        assertThatThrownBy(() -> manager.authorization().join()).hasCauseInstanceOf(SettingsUnavailable.class);
        assertThat(world.requests).isEmpty();
    }

    @Test
    void r13_aLockThatIsLostWhileTokensAreUnsavedIsTakenAnewAndTheyAreSaved() {
        world.grants("a1", "r1", Duration.ofSeconds(1800));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        world.duringRequest = world::breakLock;

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
        assertThat(manager.status().asMap()).containsEntry("settingsDirty", true);

        world.pass(Duration.ofMinutes(2));
        assertThat(manager.status().asMap()).containsEntry("settingsDirty", false);
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        assertThat(world.holder).as("nobody keeps the lock").isNull();
    }

    @Test
    void r13_tokensThatCannotBeSavedServeFromMemoryAndAreSavedLater() {
        world.grants("a1", "r1", Duration.ofSeconds(1800));
        world.savesThatWork = 1;
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
        assertThat(manager.status().asMap()).containsEntry("settingsDirty", true);
        assertThat(world.stored.orElseThrow().pending()).isNotNull();

        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));
        assertThat(manager.status().asMap()).containsEntry("settingsDirty", false);
        assertThat(world.stored.orElseThrow().refreshToken().reveal()).isEqualTo("r1");
    }

    @Test
    void t2_aTokenInUseIsRenewedAheadOfItsEndAndAnUnusedOneIsNot() {
        world.grants("a1", "r1", Duration.ofSeconds(1800));
        world.grants("a2", "r2", Duration.ofSeconds(1800));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();

        world.pass(Duration.ofSeconds(1799));
        assertThat(world.storedRefreshToken()).isEqualTo("r2");

        world.pass(Duration.ofDays(1));
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void t6_surprise14_anIdleRefreshTokenIsRotatedWellBeforeItLapses() {
        world.grants("a1", "r1", Duration.ofSeconds(1800));
        world.grants("a2", "r2", Duration.ofSeconds(1800));
        world.grants("a3", "r3", Duration.ofSeconds(1800));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();

        world.pass(Duration.ofDays(17));
        assertThat(world.requests)
                .as("the first call and one renewal of what it used")
                .hasSize(2);
        world.pass(Duration.ofDays(2));
        assertThat(world.stored.orElseThrow().refreshToken().reveal()).isEqualTo("r3");
    }

    @Test
    void anUnknownExpiryIsReadFromTheJwtOrAskedForOnceAndNeverMeansExpired() {
        String jwt = "e30."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("{\"exp\":"
                                        + EngineFixture.START.plusSeconds(600).getEpochSecond() + "}")
                                .getBytes(StandardCharsets.UTF_8))
                + ".sig";

        assertThat(world.manager(EngineFixture.grant(jwt, "r0"))
                        .authorization()
                        .join()
                        .headerValue())
                .isEqualTo("Bearer " + jwt);
        assertThat(world.descriptions).isZero();

        EngineFixture other = new EngineFixture();
        assertThat(other.manager(EngineFixture.grant("opaque", "r0"))
                        .authorization()
                        .join()
                        .headerValue())
                .isEqualTo("Bearer opaque");
        assertThat(other.descriptions).isEqualTo(1);
        assertThat(other.requests).isEmpty();
    }

    @Test
    void r14_aChangedBootstrapRefreshTokenWinsOnce() {
        world.grants("a1", "r1", Duration.ofSeconds(1800));
        world.manager(EngineFixture.grant(null, "r0")).authorization().join();
        world.grants("a2", "r2", Duration.ofSeconds(1800));

        assertThat(world.manager(EngineFixture.grant(null, "other"))
                        .authorization()
                        .join()
                        .headerValue())
                .isEqualTo("Bearer a2");
        assertThat(world.manager(EngineFixture.grant(null, "other"))
                        .authorization()
                        .join()
                        .headerValue())
                .isEqualTo("Bearer a2");
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void r12_aFailedRefreshLeavesAValidTokenInUse() {
        world.grants("a1", "r1", Duration.ofSeconds(1800));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        world.wall = EngineFixture.START.plusSeconds(1700);
        CompletableFuture<Authorization> later = manager.authorization();

        assertThat(later.join().headerValue()).isEqualTo("Bearer a1");
        assertThat(world.stored.orElseThrow().refreshToken().reveal()).isEqualTo("r1");
    }

    @Test
    void h3_retryAfterIsSecondsOrADateBetweenASecondAndAnHour() {
        assertThat(RetryAfter.parse("0", () -> EngineFixture.START)).isEqualTo(Duration.ofSeconds(1));
        assertThat(RetryAfter.parse("99999999999999", () -> EngineFixture.START))
                .isEqualTo(Duration.ofHours(1));
        assertThat(RetryAfter.parse("Tue, 24 Nov 2026 10:00:30 GMT", () -> EngineFixture.START))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("soon", () -> EngineFixture.START)).isNull();
    }

    @Test
    void r15_absurdLifetimesAreUnknownAndTokensThatSplitAHeaderAreRefused() {
        for (String lifetime : new String[] {"0", "-1", "1e99", "\"x\"", "99999999999", "null", "[]"}) {
            TokenRequestOutcome outcome = TokenResponseParser.success(
                    ("{\"access_token\":\"a\",\"expires_in\":" + lifetime + "}").getBytes(StandardCharsets.UTF_8));
            assertThat(((TokenRequestOutcome.Granted) outcome).response().expiresIn())
                    .isNull();
        }
        assertThat(TokenResponseParser.success("{\"access_token\":\"a\\r\\nb\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TokenRequestOutcome.Unparsed.class);
    }
}
