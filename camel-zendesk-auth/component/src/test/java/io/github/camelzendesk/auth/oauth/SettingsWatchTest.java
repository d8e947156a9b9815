package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsWatchTest {
    private final World world = new World();
    private final List<String> changes = new ArrayList<>();

    @Test
    void aStoreThatTellsIsNeverAskedForItsStamp() {
        Telling store = new Telling();
        SettingsWatch watch = new SettingsWatch(store, world, () -> changes.add("changed"));

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
        SettingsWatch watch = new SettingsWatch(store, world, () -> changes.add("changed"));
        watch.start();

        watch.close();

        assertThat(store.listeners).isEmpty();
    }

    @Test
    void oneThatIsClosedBeforeItHasStartedLeavesNoListener() {
        Telling store = new Telling();
        SettingsWatch watch = new SettingsWatch(store, world, () -> changes.add("changed"));

        watch.close();
        watch.start();

        assertThat(store.listeners).isEmpty();
    }

    @Test
    void aStoreThatCannotTellIsLookedAtOnceASecond() {
        SettingsWatch watch = new SettingsWatch(world, world, () -> changes.add("changed"));

        watch.start();
        world.siblingRotates("a", "r");
        world.pass(SettingsWatch.EVERY);
        world.pass(Duration.ofMinutes(1));

        assertThat(changes).as("what was there, and what came").hasSize(2);
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
