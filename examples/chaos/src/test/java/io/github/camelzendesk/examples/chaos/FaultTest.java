package io.github.camelzendesk.examples.chaos;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultTest {
    private static final int PROCESSES = 8;
    private static final int SECONDS = 600;

    @Test
    void aSeedPlansTheSameFaultsEachTime() {
        assertThat(plan(5)).isEqualTo(plan(5)).isNotEqualTo(plan(6));
    }

    @Test
    void aLongRunHasFaultsOfAllKindsAndAllEndInTime() {
        assertThat(plan(5)).extracting(Fault::kind).contains(Fault.Kind.values());
        assertThat(plan(5)).allMatch(fault -> fault.endMillis() < SECONDS * 1000);
    }

    @Test
    void aProcessHasOneFaultAtATimeAndAPauseAfterIt() {
        for (int process = 1; process <= PROCESSES; process++) {
            long free = 0;
            for (Fault fault : plan(5)) {
                if (fault.kind() != Fault.Kind.REVOKED && fault.target() == process) {
                    assertThat(fault.atMillis()).isGreaterThan(free);
                    free = fault.endMillis() + 1000;
                }
            }
            assertThat(free).isPositive();
        }
    }

    private static List<Fault> plan(long seed) {
        return Fault.plan(seed, PROCESSES, 2, SECONDS);
    }
}
