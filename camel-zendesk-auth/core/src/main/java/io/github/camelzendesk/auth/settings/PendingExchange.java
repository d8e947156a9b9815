package io.github.camelzendesk.auth.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The note that a refresh token (RFC 6749 section 6) or an authorization code (section 4.1.3) is about to be sent,
 * stored before it is. It tells a later process that an answer may have been lost, and since when. Immutable.
 *
 * @param fingerprint of the refresh token or code
 * @param generation that the answer will have
 * @param startedAt when the first request with it was sent, by the clock of its owner
 * @param owner process and host, for a person who reads the file
 * @param mayTake for how long the request may be under way; zero when it is over, an hour at most. A duration, not an
 *     instant, because the clocks of two machines differ: a reader counts it from when it first sees the note
 */
public record PendingExchange(String fingerprint, long generation, Instant startedAt, String owner, Duration mayTake) {
    private static final Duration MOST = Duration.ofHours(1);

    /** Limits {@code mayTake}, so that no note keeps others waiting for ever. */
    public PendingExchange {
        mayTake = mayTake.isNegative() ? Duration.ZERO : mayTake.compareTo(MOST) > 0 ? MOST : mayTake;
    }

    /** A note of a request that has ended: its answer may have been lost, and will not come. */
    public PendingExchange(String fingerprint, long generation, Instant startedAt, String owner) {
        this(fingerprint, generation, startedAt, owner, Duration.ZERO);
    }

    // Not the record's own, as in SettingsOwner.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PendingExchange note
                && fingerprint.equals(note.fingerprint)
                && generation == note.generation
                && startedAt.equals(note.startedAt)
                && owner.equals(note.owner)
                && mayTake.equals(note.mayTake);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fingerprint, generation, startedAt, owner, mayTake);
    }

    /** The same note, of a request that has ended. */
    public PendingExchange over() {
        return new PendingExchange(fingerprint, generation, startedAt, owner);
    }
}
