package io.github.camelzendesk.benchmarks.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Two instances on one grant, each with a few callers, while tokens end every two seconds.
 *
 * <p>Some contenders renew a minute ahead, and not all let that be set. A token lives for the contender's margin and two
 * seconds more, so for everybody there is something to renew every two seconds, and nobody renews for every call.
 */
final class Race {
    static final int INSTANCES = 2;

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int CALLERS = 4;
    private static final long PATIENCE_SECONDS = 30;

    private Race() {}

    static Result inOneJvm(Contender contender) throws Exception {
        try (Rig rig = rig(contender)) {
            List<Contender.Instance> instances = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                instances.add(contender.open(rig.account));
            }
            Tally tally = new Tally();
            poll(instances, tally);
            for (Contender.Instance instance : instances) {
                instance.close();
            }
            return rig.result(contender, tally);
        }
    }

    static Result inChildren(Contender contender) throws Exception {
        try (Rig rig = rig(contender)) {
            Tally tally = new Tally();
            Children.run(contender.name(), rig.account, tally);
            return rig.result(contender, tally);
        }
    }

    private static Rig rig(Contender contender) throws Exception {
        Rig rig = new Rig();
        rig.server.accessTokenLifetime(contender.margin().plus(FRESH));
        contender.store(rig.account);
        return rig;
    }

    /** Calls for as long as a race takes. */
    static void poll(List<Contender.Instance> instances, Tally tally) throws InterruptedException {
        ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS * instances.size() + 1);
        for (Contender.Instance instance : instances) {
            for (int i = 0; i < CALLERS; i++) {
                callers.scheduleWithFixedDelay(() -> tally.call(instance), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        callers.schedule(callers::shutdown, LENGTH.toMillis(), TimeUnit.MILLISECONDS);
        callers.awaitTermination(LENGTH.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
