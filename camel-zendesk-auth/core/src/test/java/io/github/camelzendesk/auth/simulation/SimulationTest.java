package io.github.camelzendesk.auth.simulation;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histories of processes that share a grant while everything that can go wrong does. {@code docs/simulation.adoc} says
 * what is simulated, and how to read a history.
 */
class SimulationTest {
    private static final long SEED = Long.getLong("simulation.seed", 1);
    private static final long HISTORIES = Long.getLong("simulation.histories", 500);

    @Test
    void noHistoryBreaksARule() {
        long failing = Histories.firstThatFails(SEED, HISTORIES);

        assertThat(failing)
                .as(() -> "Run again with -Dsimulation.seed=" + failing + " -Dsimulation.histories=1\n"
                        + Histories.shrunk(failing))
                .isEqualTo(-1);
    }

    @Test
    void oneSeedMakesOneHistory() {
        for (long seed = SEED; seed < SEED + 20; seed++) {
            assertThat(Player.play(Scenario.of(seed), true).told())
                    .isNotEmpty()
                    .isEqualTo(Player.play(Scenario.of(seed), true).told());
        }
    }
}
