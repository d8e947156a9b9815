package io.github.camelzendesk.auth.monitor;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.StaticTokens;
import io.github.camelzendesk.auth.oauth.ConnectionState;

import static org.assertj.core.api.Assertions.assertThat;

class StateCountsTest {
    private final List<MonitoredConnection> connections = List.of(
            new MonitoredConnection("a", StaticTokens.manager("a")),
            new MonitoredConnection("b", StaticTokens.manager("b")));
    private long nanos = Long.MAX_VALUE; // a monotonic clock may begin anywhere, and wrap
    private int passes;
    private final StateCounts tally = new StateCounts(
            () -> {
                passes++;
                return connections.iterator();
            },
            () -> nanos);

    @Test
    void howeverManyAskThereIsOnePassASecond() {
        for (ConnectionState state : ConnectionState.values()) {
            assertThat(tally.count().of(state)).isEqualTo(state == ConnectionState.READY ? 2 : 0);
        }
        assertThat(passes).isEqualTo(1);

        nanos += TimeUnit.MILLISECONDS.toNanos(999);
        tally.count();
        assertThat(passes).isEqualTo(1);
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        assertThat(tally.count().all()).isEqualTo(2);
        assertThat(passes).isEqualTo(2);
    }

    @Test
    void whoCanServeIsNotInTrouble() {
        assertThat(tally.count().inTrouble()).isEmpty();
    }
}
