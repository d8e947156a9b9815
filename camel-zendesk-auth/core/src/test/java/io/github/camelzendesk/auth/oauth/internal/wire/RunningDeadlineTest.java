package io.github.camelzendesk.auth.oauth.internal.wire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Fault 4: a limit that counts the time in which the process runs. {@link EngineFixture#pause} is a process that is stopped.
 */
class RunningDeadlineTest {
    private static final int SLICE = 250;

    private EngineFixture world;
    private AtomicInteger ended;

    @BeforeTry
    void newWorld() {
        world = new EngineFixture();
        ended = new AtomicInteger();
    }

    @Property
    void aProcessThatIsNeverStoppedHasItsLimitToTheMillisecond(@ForAll @IntRange(min = 1, max = 60_000) int limit) {
        RunningDeadline deadline = deadline(limit);

        run(limit - 1);
        assertThat(deadline.isOver()).isFalse();
        run(1);
        assertThat(deadline.isOver()).isTrue();
        run(100_000);
        assertThat(ended).as("once").hasValue(1);
    }

    @Property
    void aStopCountsForHalfASecondAtTheMostAndMakesTheLimitNoLongerThanTwice(
            @ForAll @IntRange(min = 500, max = 20_000) int limit,
            @ForAll @Size(max = 20) List<@IntRange(max = 3_000) Integer> runs,
            @ForAll @IntRange(max = 100_000) int stop) {
        RunningDeadline deadline = deadline(limit);
        int most = 0;
        int running = 0;
        for (int run : runs) {
            run(run);
            world.pause(Duration.ofMillis(stop));
            running += run;
            most += run + Math.min(stop, 2 * SLICE);
            assertThat(deadline.isOver()).as("over after %d ms", most).isEqualTo(ended.get() == 1);
            assertThat(most < limit && deadline.isOver()).as("too early").isFalse();
            assertThat(running >= limit + SLICE * 2 && !deadline.isOver())
                    .as("too late")
                    .isFalse();
        }
        run(2 * limit + SLICE);
        assertThat(ended).hasValue(1);
    }

    @Property
    void whatArrivedDuringAStopHasTimeToBeReadWheneverTheStopBegan(
            @ForAll @IntRange(max = 1_999) int before, @ForAll @IntRange(min = 500, max = 100_000) int stop) {
        RunningDeadline deadline = deadline(2_000);
        run(before);

        world.pause(Duration.ofMillis(stop));
        run(0);

        assertThat(deadline.isOver()).isFalse();
        run(2_000 + SLICE);
        assertThat(deadline.isOver()).isTrue();
    }

    @Example
    void onAMachineThatIsLateAtEachLookItIsOverInTheEnd() {
        RunningDeadline deadline = deadline(2_000);

        for (int look = 0; look < 8; look++) {
            world.pause(Duration.ofSeconds(10));
            run(0);
        }

        assertThat(deadline.isOver()).isTrue();
    }

    @Example
    void whatCameToItsEndInTimeIsNeitherLimitedNorLookedAtAnyMore() {
        RunningDeadline deadline = deadline(2_000);
        deadline.close();

        run(100_000);

        assertThat(ended).hasValue(0);
        assertThat(deadline.isOver()).isFalse();
    }

    private RunningDeadline deadline(int limit) {
        return new RunningDeadline(Duration.ofMillis(limit), () -> world.nanos, world::after, ended::incrementAndGet);
    }

    private void run(int millis) {
        world.pass(Duration.ofMillis(millis));
    }
}
