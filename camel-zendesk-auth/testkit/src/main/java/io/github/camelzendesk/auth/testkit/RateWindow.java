package io.github.camelzendesk.auth.testkit;

import java.time.Instant;
import java.util.Map;

/**
 * How many API calls one minute has seen, for the headers that tell of it ("Rate limits" in Zendesk's reference). Immutable.
 */
record RateWindow(long minute, int calls) {
    static final RateWindow NONE = new RateWindow(0, 0);

    private static final int LIMIT = 700;
    private static final int SECONDS = 60;

    RateWindow with(Instant call) {
        long now = call.getEpochSecond() / SECONDS;
        return new RateWindow(now, now == minute ? calls + 1 : 1);
    }

    /** They tell of a limit that is not enforced: a fault is what throttles. */
    Map<String, String> headers(Instant call) {
        String limit = String.valueOf(LIMIT);
        String remaining = String.valueOf(Math.max(0, LIMIT - calls));
        return Map.of(
                "X-Rate-Limit", limit,
                "X-Rate-Limit-Remaining", remaining,
                "ratelimit-limit", limit,
                "ratelimit-remaining", remaining,
                "ratelimit-reset", String.valueOf(SECONDS - call.getEpochSecond() % SECONDS));
    }
}
