package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExponentialBackoffTest {
    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 1000", "2, 2000", "3, 4000", "6, 32000", "7, 60000", "100, 60000"})
    void thePauseIsDrawnBetweenATenthAndTheWholeOfACeilingThatDoublesUpToAMinute(int failures, long ceiling) {
        List<Long> bounds = new ArrayList<>();

        Duration least = ExponentialBackoff.after(failures, new Least(bounds));

        assertThat(least).hasMillis(ceiling / 10);
        assertThat(bounds).as("what is drawn on top of it").containsExactly(ceiling - ceiling / 10);
    }

    /** Draws zero, and notes below which bound. */
    private record Least(List<Long> bounds) implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            bounds.add(bound);
            return 0;
        }
    }
}
