package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

/** Two processes of one grant whose clocks differ. */
class ClocksTest {
    private static final Duration STEP = Duration.ofMillis(1100);
    private static final Duration LATENCY = Duration.ofMillis(200);

    @ParameterizedTest
    @CsvSource({
        "1800, 0.4",
        "1800, -0.4",
        "1800, 240",
        "1800, -240",
        "1800, 2700",
        "1800, -2700",
        "1800, 7200",
        "1800, -7200",
        "300, 0.4",
        "300, 240",
        "300, -240",
        "300, 2700",
        "300, -7200"
    })
    void twoProcessesWhoseClocksDifferRotateAsOftenAsTwoThatAgree(long lifetime, double skewSeconds) {
        int agreeing = rotations("two-clocks", Duration.ofSeconds(lifetime), Duration.ZERO);
        int differing =
                rotations("two-clocks", Duration.ofSeconds(lifetime), Duration.ofMillis((long) (skewSeconds * 1000)));

        // One more at the start: a first sight of a token that is dead or from the future by the clock here.
        assertThat(differing).isBetween(agreeing - 1, agreeing + 2);
    }

    @Test
    void aDifferenceOfMoreThanAMinuteIsWarnedOfOnceWithBothTimesAndTheRemedy() {
        rotations("warned-clocks", Duration.ofMinutes(30), Duration.ofMinutes(45));

        assertThat(TestLog.lines("WARN", "warned-clocks"))
                .filteredOn(line -> line.contains("NTP"))
                .as("one for each process at the most")
                .hasSizeBetween(1, 2)
                .allMatch(line -> line.contains("2026-11-24T10:00:00.200Z") || line.contains("2026-11-24T10:45:00"));
    }

    /** Twenty lifetimes of calls in both. */
    private int rotations(String name, Duration lifetime, Duration skew) {
        EngineFixture fresh = new EngineFixture();
        int[] sent = {0};
        try (DefaultTokenManager one = manager(fresh, name, lifetime, skew, sent);
                DefaultTokenManager other = manager(fresh, name, lifetime, Duration.ZERO, sent)) {
            one.start();
            other.start();
            for (long step = 0; step < lifetime.multipliedBy(20).dividedBy(STEP); step++) {
                assertThat(one.authorization()).isCompleted();
                assertThat(other.authorization()).isCompleted();
                fresh.pass(STEP);
            }
        }
        return sent[0];
    }

    private static DefaultTokenManager manager(
            EngineFixture world, String name, Duration lifetime, Duration skew, int[] sent) {
        FixtureProcess process = new FixtureProcess(world);
        InstantSource clock = () -> world.wall.plus(skew);
        return new DefaultTokenManager(
                EngineFixture.connection(name, EngineFixture.grant(null, "r0"), EngineFixture.JOIN),
                process,
                new Issuing(world, lifetime, sent),
                new EngineContext(
                        clock, () -> world.nanos, new Random(7), process, null, TokenListener.NONE, world.looks));
    }

    /** Always issues the next tokens, after a while. */
    private record Issuing(EngineFixture world, Duration lifetime, int[] sent) implements AuthorizationServer {
        @Override
        public TokenRequestOutcome request(TokenRequest request) {
            sent[0]++;
            world.pause(LATENCY);
            return new TokenRequestOutcome.Granted(new TokenResponse(
                    Secret.of("a" + sent[0]), Secret.of("r" + sent[0]), null, lifetime, Duration.ofDays(30)));
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
