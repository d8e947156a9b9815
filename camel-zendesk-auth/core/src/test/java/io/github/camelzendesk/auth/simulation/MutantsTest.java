package io.github.camelzendesk.auth.simulation;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** That the simulator finds faults of the engine: those that it had, planted again, and others. */
class MutantsTest {
    /** Found at once, so that each build plants it. */
    private static final int FEW = 1;

    static Stream<Mutant> mutants() {
        List<Mutant> all = Mutants.all();
        return Boolean.getBoolean("simulation.allMutants")
                ? all.stream()
                : all.stream().limit(FEW);
    }

    @Test
    void eachFaultIsOneOfTheEngineAsItIs() {
        assertThat(Mutants.all())
                .allSatisfy(mutant -> assertThat(mutant.fault().source()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void aFaultOfTheEngineIsFound(Mutant mutant) {
        long found = mutant.firstThatFails(1);
        assertThat(found).as(mutant.fault().name()).isPositive();
        assertThat(Player.play(Scenario.of(found), false).rule())
                .as("what the same history breaks without the fault")
                .isEmpty();
    }
}
