package io.github.camelzendesk.auth.oauth.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.internal.PollRateLimiter;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsWatcherTest {
    private final EngineFixture world = new EngineFixture();
    private final List<String> changes = new ArrayList<>();

    @Test
    void aStoreThatTellsIsNeverAskedForItsStamp() {
        Telling store = new Telling();
        SettingsWatcher watch = new SettingsWatcher(store, world.context(world), () -> changes.add("changed"));

        watch.start();
        world.pass(Duration.ofHours(1));
        assertThat(changes).as("what is there already").hasSize(1);

        store.listeners.forEach(Runnable::run);
        assertThat(changes).hasSize(2);
        assertThat(store.stamps).isZero();
    }

    @Test
    void nobodyIsToldAfterTheEnd() {
        Telling store = new Telling();
        SettingsWatcher watch = new SettingsWatcher(store, world.context(world), () -> changes.add("changed"));
        watch.start();

        watch.close();

        assertThat(store.listeners).isEmpty();
    }

    @Test
    void oneThatIsClosedBeforeItHasStartedLeavesNoListener() {
        Telling store = new Telling();
        SettingsWatcher watch = new SettingsWatcher(store, world.context(world), () -> changes.add("changed"));

        watch.close();
        watch.start();

        assertThat(store.listeners).isEmpty();
    }

    @Test
    void aStoreThatCannotTellIsLookedAtOnceASecond() {
        SettingsWatcher watch = new SettingsWatcher(world, world.context(world), () -> changes.add("changed"));

        watch.start();
        world.siblingRotates("a", "r");
        world.pass(PollRateLimiter.EVERY);
        world.pass(Duration.ofMinutes(1));

        assertThat(changes).as("what was there, and what came").hasSize(2);
    }

    @Test
    void thousandsOfWatchesLookAThousandTimesASecondTogetherAndEachAsOftenAsTheOthers() {
        List<Looked> stores = watched(3000);
        assertThat(looks(stores)).as("the first look waits for nothing").containsOnly(1);
        world.pass(Duration.ofSeconds(12));

        assertThat(mostInASecond(stores)).isBetween(990, 1000);
        assertThat(looks(stores)).as("every three seconds").containsOnly(4, 5);
    }

    @Test
    void looksComeTogetherSoThatNoThreadIsWokenForEach() {
        List<Looked> stores = watched(1000);
        world.pass(Duration.ofSeconds(10));

        assertThat(stores.stream().flatMap(store -> store.at.stream().skip(1)).distinct())
                .as("twenty times in each of ten seconds")
                .hasSizeLessThanOrEqualTo(201);
    }

    @Test
    void thoseWhoStayLookOnceASecondAgainWhenTheOthersHaveGone() {
        List<Looked> stores = watched(3000);
        world.pass(Duration.ofSeconds(4));
        stores.subList(0, 2990).forEach(store -> store.watch.close());
        world.pass(Duration.ofSeconds(4));
        List<Looked> left = stores.subList(2990, 3000);
        left.forEach(store -> store.at.clear());

        world.pass(Duration.ofSeconds(10));

        assertThat(looks(left)).containsOnly(10);
    }

    @Test
    void aNewcomerDoesNotWaitForTurnsOfThoseWhoHaveGone() {
        watched(5000).forEach(store -> store.watch.close());

        Looked newcomer = watched(1).get(0);
        world.pass(Duration.ofSeconds(3));

        assertThat(newcomer.at).hasSizeGreaterThan(2);
    }

    @Test
    void whoeverIsClosedTwiceOrNeverPolledLeavesTheOthersTheirTurns() {
        Telling telling = new Telling();
        SettingsWatcher never = new SettingsWatcher(telling, world.context(world), () -> {});
        never.start();
        never.close();
        Looked twice = watched(1).get(0);
        twice.watch.close();
        twice.watch.close();
        List<Looked> stores = watched(2000);
        world.pass(Duration.ofSeconds(9));

        assertThat(looks(stores)).as("every two seconds").containsOnly(5, 6);
    }

    @Test
    void theFirstIntervalIsRandomSoThatProcessesWhichWereStartedTogetherSpread() {
        List<Duration> second = new ArrayList<>();
        for (int process = 0; process < 20; process++) {
            EngineFixture other = new EngineFixture();
            other.seed = process;
            Looked store = new Looked(other);
            other.pass(PollRateLimiter.EVERY);
            second.add(store.at.get(1));
        }
        assertThat(second).allMatch(at -> at.compareTo(PollRateLimiter.EVERY) < 0);
        assertThat(Set.copyOf(second)).as("of twenty ticks in a second").hasSizeGreaterThan(5);
    }

    private List<Looked> watched(int number) {
        return Stream.generate(() -> new Looked(world)).limit(number).toList();
    }

    private static Set<Integer> looks(List<Looked> stores) {
        return stores.stream().map(store -> store.at.size()).collect(Collectors.toSet());
    }

    private static int mostInASecond(List<Looked> stores) {
        List<Duration> looks = stores.stream()
                .flatMap(store -> store.at.stream().skip(1))
                .sorted()
                .toList();
        int most = 0;
        int from = 0;
        for (int to = 0; to < looks.size(); to++) {
            while (looks.get(to).minus(looks.get(from)).compareTo(Duration.ofSeconds(1)) >= 0) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** A watched store that cannot tell, and when it was looked at. */
    private static final class Looked implements SettingsStore {
        final List<Duration> at = new ArrayList<>();
        final SettingsWatcher watch;
        private final EngineFixture world;
        private final long begun;

        Looked(EngineFixture world) {
            this.world = world;
            this.begun = world.nanos;
            this.watch = new SettingsWatcher(this, world.context(world), () -> {});
            watch.start();
        }

        @Override
        public String identity() {
            return "looked";
        }

        @Override
        public Optional<OAuthSettings> load() {
            return Optional.empty();
        }

        @Override
        public Optional<Object> stamp() {
            at.add(Duration.ofNanos(world.nanos - begun));
            return Optional.of("the same");
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) {
            return Optional.empty();
        }
    }

    /** A store that tells of changes. */
    private static final class Telling implements SettingsStore {
        final List<Runnable> listeners = new ArrayList<>();
        int stamps;

        @Override
        public String identity() {
            return "telling";
        }

        @Override
        public Optional<OAuthSettings> load() {
            return Optional.empty();
        }

        @Override
        public Optional<Object> stamp() {
            stamps++;
            return Optional.empty();
        }

        @Override
        public Optional<Watch> watch(Runnable changed) {
            listeners.add(changed);
            return Optional.of(() -> listeners.remove(changed));
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) {
            return Optional.empty();
        }
    }
}
