package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.rotation.RefreshMargins;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;

/** When many connections renew that got their tokens at the same time. */
class RefreshSpreadTest {
    private static final int CONNECTIONS = 10_000;
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final Duration SOFT = RefreshMargins.of(LIFETIME).soft();

    private final Random random = new Random(1);
    private final EngineFixture world = new EngineFixture();

    @Test
    void tokensOfTheSameSecondAreRenewedOverMinutes() {
        List<Instant> due = next(Collections.nCopies(CONNECTIONS, EngineFixture.START));

        Instant latest = EngineFixture.START.plus(LIFETIME).minus(SOFT);
        assertThat(due)
                .allSatisfy(instant -> assertThat(instant).isBetween(latest.minus(LIFETIME.dividedBy(10)), latest));
        assertThat(busiest(due, Duration.ofSeconds(1)))
                .as("refreshes in the busiest second, of 56 on the average of the three minutes")
                .isLessThan(100);
    }

    @Test
    void afterADayInUseTheyAreSpreadOverTheWholeOfALifetime() {
        List<Instant> due = Collections.nCopies(CONNECTIONS, EngineFixture.START);
        for (int cycle = 0; cycle < 60; cycle++) {
            due = next(due);
        }

        long average = CONNECTIONS / 26;
        assertThat(busiest(due, Duration.ofMinutes(1)))
                .as("refreshes in the busiest minute, when %d are the average of one", average)
                .isLessThan(2 * average);
    }

    /** When each renews, having renewed at these instants. */
    private List<Instant> next(List<Instant> obtained) {
        List<Instant> due = new ArrayList<>();
        for (Instant instant : obtained) {
            world.wall = instant;
            Schedule schedule = new Schedule(
                    RiggedManager.connection("https://acme.zendesk.com", "app", "s", null),
                    new EngineContext(() -> world.wall, () -> 0, random, new Forgetful(), null, TokenListener.NONE),
                    generation -> {},
                    generation -> {});
            schedule.plan(settings(instant));
            due.add(schedule.next());
        }
        return due;
    }

    private static long busiest(List<Instant> due, Duration window) {
        Map<Long, Long> counts = due.stream()
                .map(instant -> instant.toEpochMilli() / window.toMillis())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return Collections.max(counts.values());
    }

    private static OAuthSettings settings(Instant obtained) {
        TokenPair tokens = new TokenPair(Secret.of("a"), Secret.of("r"), null, obtained, obtained.plus(LIFETIME), null);
        return OAuthSettings.empty("https://acme.zendesk.com", "app").withNextTokens(tokens);
    }

    /** Plans are looked at, and never come due. */
    private static final class Forgetful implements InPlace {
        @Override
        public Cancellable after(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public void pause(Duration delay) {
            throw new UnsupportedOperationException();
        }
    }
}
