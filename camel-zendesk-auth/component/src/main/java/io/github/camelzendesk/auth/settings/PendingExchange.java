package io.github.camelzendesk.auth.settings;

import java.time.Duration;
import java.time.Instant;

/**
 * The record that a one-time credential is about to be spent, written before it is. Immutable. A process that finds it
 * later knows that an answer may have been lost, and since when.
 *
 * @param fingerprint of the refresh token or code that is spent
 * @param generation that the answer will have
 * @param owner process and host, for the person who reads the file
 * @param mayTake for how long after this was written its owner may still be at work; zero when it is known to be over.
 *     A length, because the clocks of two machines differ
 */
public record PendingExchange(String fingerprint, long generation, Instant startedAt, String owner, Duration mayTake) {
    private static final Duration MOST = Duration.ofHours(1);

    /** No note keeps others waiting for ever, not even one written by hand. */
    public PendingExchange {
        mayTake = mayTake.isNegative() ? Duration.ZERO : mayTake.compareTo(MOST) > 0 ? MOST : mayTake;
    }

    /** One that is over: an answer may have been lost, and none will come any more. */
    public PendingExchange(String fingerprint, long generation, Instant startedAt, String owner) {
        this(fingerprint, generation, startedAt, owner, Duration.ZERO);
    }

    public PendingExchange over() {
        return new PendingExchange(fingerprint, generation, startedAt, owner);
    }
}
