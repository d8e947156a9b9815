package io.github.camelzendesk.auth.settings;

import java.time.Duration;
import java.time.Instant;

/**
 * That token requests fail, kept where every process that shares the grant sees it. Immutable.
 *
 * @param failures how many in a row, so that the pauses of all of them grow together
 * @param retryAt no process asks the token endpoint before this instant, by the clock of the one that failed
 * @param retryAfter how long that pause was. The clocks of two machines differ, so a process waits no longer than this from
 *     when it first sees it
 */
public record Backoff(int failures, Instant retryAt, Duration retryAfter) {
    private static final Duration MOST = Duration.ofHours(1);

    /** Limits {@code retryAfter} to an hour, so that nothing that is stored keeps others waiting for ever. */
    public Backoff {
        retryAfter = retryAfter.compareTo(MOST) > 0 ? MOST : retryAfter;
    }
}
