package io.github.camelzendesk.benchmarks.scale;

import java.util.concurrent.atomic.AtomicLong;

/** What has come to the scale's server. Thread-safe. */
final class Traffic {
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong reuses = new AtomicLong();
    private final AtomicLong atOnce = new AtomicLong();
    private final AtomicLong mostAtOnce = new AtomicLong();
    private final AtomicLong mostOfOne = new AtomicLong();

    void enter(int ofThisAccount) {
        requests.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        mostOfOne.accumulateAndGet(ofThisAccount, Math::max);
    }

    void leave() {
        atOnce.decrementAndGet();
    }

    void countReuse() {
        reuses.incrementAndGet();
    }

    /** As readings, one a line. */
    String line() {
        return "requests=" + requests + "\nreuses=" + reuses + "\nmostAtOnce=" + mostAtOnce + "\nmostOfOne="
                + mostOfOne;
    }
}
