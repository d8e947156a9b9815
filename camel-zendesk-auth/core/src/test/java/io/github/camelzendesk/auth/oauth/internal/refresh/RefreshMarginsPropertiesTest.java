package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.rotation.Expiry;
import io.github.camelzendesk.auth.oauth.internal.rotation.RefreshMargins;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** T2: the margins shrink with the lifetime, and no instant in a file or an answer breaks the arithmetic. */
class RefreshMarginsPropertiesTest {
    private static final long TEN_YEARS = 315_619_200;
    private static final long TWO_DAYS = 172_800;

    @Property(tries = 1000)
    void aMarginIsAPartOfTheLifetime(@ForAll @LongRange(min = 1, max = TEN_YEARS) long seconds) {
        Duration lifetime = Duration.ofSeconds(seconds);
        RefreshMargins margins = RefreshMargins.of(lifetime);

        assertThat(margins.hard()).isPositive().isLessThanOrEqualTo(margins.soft());
        assertThat(margins.soft()).isLessThan(lifetime).isLessThanOrEqualTo(lifetime.dividedBy(3));
        assertThat(margins.hard()).isLessThanOrEqualTo(lifetime.dividedBy(10));
    }

    @Property(tries = 500)
    void aTokenIsFreshForTwoThirdsOfItsLife(@ForAll @LongRange(min = 5, max = TWO_DAYS) long seconds) {
        TokenPair tokens = tokens(EngineFixture.START, EngineFixture.START.plusSeconds(seconds), null);

        assertThat(Expiry.isFresh(tokens, EngineFixture.START.plusMillis(seconds * 2000 / 3 - 1)))
                .isTrue();
        assertThat(Expiry.isFresh(tokens, EngineFixture.START.plusSeconds(seconds)))
                .isFalse();
    }

    @Property(tries = 30)
    void aTokenInSteadyUseIsRenewedOnceInTwoThirdsOfItsLife(@ForAll @LongRange(min = 5, max = TWO_DAYS) long seconds) {
        EngineFixture world = new EngineFixture();
        for (int i = 0; i < 100; i++) {
            world.grants("a" + i, "r" + i, Duration.ofSeconds(seconds));
        }
        TokenManager manager = world.manager(EngineFixture.grant(null, "r"));
        for (int twentieth = 0; twentieth < 20 * 10; twentieth++) {
            manager.authorization().join();
            world.pass(Duration.ofSeconds(seconds).dividedBy(20));
        }
        // Ten lives: the first grant, and at most fifteen renewals, and two more for the jitter of a tenth of a life.
        assertThat(world.requests).hasSizeBetween(10, 18);
    }

    @Property(tries = 1000)
    void noInstantBreaksTheReckoning(
            @ForAll("instants") Instant obtained, @ForAll("instants") Instant end, @ForAll("instants") Instant lapse) {
        EngineFixture world = new EngineFixture();
        Schedule schedule = new Schedule(
                RiggedManager.connection("https://acme.zendesk.com", "app", "s", null),
                new EngineContext(() -> world.wall, () -> world.nanos, new Random(1), world, null, TokenListener.NONE),
                generation -> {},
                generation -> {});
        OAuthSettings settings = new OAuthSettings(
                SettingsOwner.person("u", "c"),
                "l",
                1,
                tokens(obtained, end, lapse),
                null,
                null,
                null,
                List.of(),
                Map.of());

        assertThat(schedule.authorization(settings)).isNotNull();
        schedule.plan(settings);
        Expiry.isFresh(tokens(obtained, end, lapse), world.wall);
    }

    @Example
    void aTokenThatLastsForAsLongAsCalendarsGoIsServed() {
        for (long exp : new long[] {253_402_300_799L, EngineFixture.START.toEpochMilli(), Long.MAX_VALUE}) {
            String claims = Base64.getUrlEncoder()
                    .encodeToString(("{\"exp\":" + exp + "}").getBytes(StandardCharsets.US_ASCII));
            TokenManager manager = new EngineFixture().manager(EngineFixture.grant("e30." + claims + ".sig", "r0"));

            assertThat(manager.authorization()).as("exp %d", exp).isCompleted();
            assertThat(manager.status().asMap().get("lastOutcome").toString())
                    .as("exp %d", exp)
                    .startsWith("succeeded");
        }
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        Instant.MIN,
                        Instant.MAX,
                        Instant.EPOCH,
                        EngineFixture.START,
                        Instant.parse("9999-12-31T23:59:59Z"),
                        Instant.ofEpochMilli(Long.MAX_VALUE),
                        Instant.ofEpochMilli(Long.MIN_VALUE)),
                Arbitraries.longs()
                        .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
                        .map(Instant::ofEpochSecond),
                Arbitraries.longs().between(-100_000, 100_000).map(EngineFixture.START::plusSeconds));
    }

    private static TokenPair tokens(Instant obtained, Instant end, Instant lapse) {
        return new TokenPair(Secret.of("a"), Secret.of("r"), null, obtained, end, lapse);
    }
}
