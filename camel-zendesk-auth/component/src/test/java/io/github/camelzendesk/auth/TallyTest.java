package io.github.camelzendesk.auth;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Condition;

import static org.assertj.core.api.Assertions.assertThat;

class TallyTest {
    private final List<Observed> connections =
            List.of(new Observed("a", StaticTokens.manager("a")), new Observed("b", StaticTokens.manager("b")));
    private long nanos = Long.MAX_VALUE; // a monotonic clock may begin anywhere, and wrap
    private int passes;
    private final Tally tally = new Tally(
            () -> {
                passes++;
                return connections.iterator();
            },
            () -> nanos);

    @Test
    void howeverManyAskThereIsOnePassASecond() {
        for (Condition condition : Condition.values()) {
            assertThat(tally.count().of(condition)).isEqualTo(condition == Condition.READY ? 2 : 0);
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
