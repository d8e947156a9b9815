package io.github.camelzendesk.benchmarks.peers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many threads, released at once, meet a token that is over. */
final class Herd {
    private static final long PATIENCE_SECONDS = 30;

    private Herd() {}

    static Result run(Contender contender, int callers) throws Exception {
        try (Rig rig = new Rig()) {
            contender.store(rig.account);
            Tally tally = new Tally();
            Contender.Instance instance = contender.open(rig.account);
            long stuck = release(instance, tally, callers);
            tally.add(Outcome.FAILED.name(), stuck);
            if (stuck == 0) {
                instance.close(); // One with callers stuck in it may not come back from its close.
            }
            return rig.result(contender, tally);
        }
    }

    /** How many callers had not come back when patience ended. */
    private static long release(Contender.Instance instance, Tally tally, int callers) throws Exception {
        CountDownLatch ready = new CountDownLatch(callers);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(callers);
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(() -> call(instance, tally, ready, go, done), "caller-" + i);
            caller.setDaemon(true);
            caller.start();
        }
        ready.await();
        go.countDown();
        return done.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? 0 : done.getCount();
    }

    private static void call(
            Contender.Instance instance, Tally tally, CountDownLatch ready, CountDownLatch go, CountDownLatch done) {
        try {
            ready.countDown();
            go.await();
            tally.call(instance);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
    }
}
