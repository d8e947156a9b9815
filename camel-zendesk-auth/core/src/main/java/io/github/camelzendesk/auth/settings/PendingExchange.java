package io.github.camelzendesk.auth.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The note that a refresh token (RFC 6749 section 6) or an authorization code (section 4.1.3) is about to be sent,
 * stored before it is. It tells a later process that an answer may have been lost, and since when. Immutable.
 *
 * @param fingerprint of the refresh token or code
 * @param generation that the answer will have
 * @param startedAt when the request was sent, by the clock of its owner
 * @param owner process and host, for a person who reads the file
 * @param mayTake for how long the request may be under way; zero when it is over, an hour at most. A duration, not an
 *     instant, because the clocks of two machines differ: a reader counts it from when it first sees the note
 * @param earlier the note of an earlier request whose answer may be lost, with this token or another; null when there is
 *     none. A configured token is tried beside the stored one, and each explains its own loss
 */
public record PendingExchange(
        String fingerprint,
        long generation,
        Instant startedAt,
        String owner,
        Duration mayTake,
        @Nullable PendingExchange earlier) {
    private static final Duration MOST = Duration.ofHours(1);

    /** Limits {@code mayTake}, so that no note keeps others waiting for ever. */
    public PendingExchange {
        mayTake = mayTake.isNegative() ? Duration.ZERO : mayTake.compareTo(MOST) > 0 ? MOST : mayTake;
    }

    /** A note of the only request whose answer may be lost. */
    public PendingExchange(String fingerprint, long generation, Instant startedAt, String owner, Duration mayTake) {
        this(fingerprint, generation, startedAt, owner, mayTake, null);
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
                && mayTake.equals(note.mayTake)
                && Objects.equals(earlier, note.earlier);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fingerprint, generation, startedAt, owner, mayTake, earlier);
    }

    /** The same note, of a request that has ended. */
    public PendingExchange over() {
        return over(earlier);
    }

    /** Since when the answer to a request with that token may be lost; empty when none was noted. */
    public Optional<Instant> since(String token) {
        return first(token).map(PendingExchange::startedAt);
    }

    private Optional<PendingExchange> first(String token) {
        Optional<PendingExchange> before = Optional.ofNullable(earlier).flatMap(note -> note.first(token));
        return before.isPresent() || !fingerprint.equals(token) ? before : Optional.of(this);
    }

    /** The notes of all other tokens, of requests that have ended; null when there is none. */
    public @Nullable PendingExchange without(String token) {
        PendingExchange others = earlier == null ? null : earlier.without(token);
        return fingerprint.equals(token) ? others : over(others);
    }

    /** All that explains a loss, of requests that have ended: of that token the first note, and those of all others. */
    public @Nullable PendingExchange firstOf(String token) {
        PendingExchange others = without(token);
        return first(token).map(note -> note.over(others)).orElse(others);
    }

    private PendingExchange over(@Nullable PendingExchange before) {
        return new PendingExchange(fingerprint, generation, startedAt, owner, Duration.ZERO, before);
    }
}
