package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A manager that is closed while its request is under way, by somebody who does not wait, or before it has begun. */
class EarlyCloseTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final EngineFixture world = new EngineFixture();
    private final Held engine = new Held(world);

    @Test
    void theEngineIsHeldUntilTheAnswerHasLanded() {
        DefaultTokenManager manager = started("r0");
        List<Integer> holds = new ArrayList<>();
        world.duringRequest = () -> {
            closeInterrupted(manager);
            holds.add(engine.holds);
        };
        world.grants("a1", "r1", LIFETIME);

        manager.authorization().join();

        assertThat(holds).as("the hook waits for the request").containsExactly(1);
        assertThat(engine.holds).as("and is not there for nothing").isZero();
    }

    @Test
    void whatAnAnswerAfterTheCloseOwesIsServedByTheNextManagerAndPaidAtTheExit() {
        DefaultTokenManager manager = started("r0");
        world.duringRequest = () -> closeInterrupted(manager);
        world.savesThatWork = 1;
        world.grants("a1", "r1", LIFETIME);
        manager.authorization().join();

        DefaultTokenManager next = started("r0");
        assertThat(next.authorization().join().headerValue()).isEqualTo("Bearer a1");
        assertThat(world.requests).hasSize(1);

        world.savesThatWork = Integer.MAX_VALUE;
        engine.beforeExit.forEach(Runnable::run);
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    @Test
    void aManagerThatIsRefusedLeavesNoHoldBehind() {
        DefaultTokenManager manager = started("r0");

        assertThatThrownBy(() -> started("another")).isInstanceOf(ConfigurationRefused.class);
        manager.close();

        assertThat(engine.holds).isZero();
    }

    private DefaultTokenManager started(String refreshToken) {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, refreshToken), world, world, engine);
        manager.start();
        return manager;
    }

    private static void closeInterrupted(DefaultTokenManager manager) {
        Thread.currentThread().interrupt();
        manager.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    private static final class Held implements InTheWorld {
        private final EngineFixture world;
        int holds;
        final List<Runnable> beforeExit = new ArrayList<>();

        Held(EngineFixture world) {
            this.world = world;
        }

        @Override
        public Cancellable hold(Runnable atExit) {
            holds++;
            beforeExit.add(atExit);
            List<Object> once = new ArrayList<>(List.of(this));
            return () -> {
                holds -= once.size();
                once.clear();
            };
        }

        @Override
        public EngineFixture world() {
            return world;
        }
    }
}
