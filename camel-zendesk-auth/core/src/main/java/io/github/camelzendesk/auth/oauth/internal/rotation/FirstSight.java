package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * When this process first saw a generation of tokens, and how old they were then. The clock that stamped them may be
 * another machine's, so from here on only one's own clocks count. Immutable.
 *
 * @param ageThen how long before this sighting the tokens were issued
 * @param hasty whether the predecessor was seen less than half a minute before
 */
record FirstSight(String lineage, long generation, Duration ageThen, boolean hasty, Instant wallThen, long nanosThen) {
    /** A larger difference means that the clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);
    /**
     * A jump of the wall clock, or a machine that slept, may renew tokens once. After that the wall clock is ignored
     * for this long, and only a 401 renews them sooner.
     */
    private static final Duration STEADY = Duration.ofSeconds(30);

    static FirstSight of(OAuthSettings settings, Duration age, @Nullable FirstSight last, Instant now, long nanos) {
        boolean hasty = last != null && last.sinceByMonotonicClock(nanos).compareTo(STEADY) < 0;
        return new FirstSight(settings.lineage(), settings.generation(), age, hasty, now, nanos);
    }

    boolean isOf(OAuthSettings settings) {
        return generation == settings.generation() && lineage.equals(settings.lineage());
    }

    /** The same tokens, with the times of this machine's clock. */
    TokenPair onOwnClock(TokenPair tokens, Instant now, long nanos) {
        Duration lifetime = lifetime(tokens);
        if (lifetime == null) {
            return tokens;
        }
        Instant obtainedAt = now.minus(ageThen.plus(since(now, nanos)));
        return new TokenPair(
                tokens.accessToken(),
                tokens.refreshToken(),
                tokens.scope(),
                obtainedAt,
                obtainedAt.plus(lifetime),
                tokens.refreshExpiresAt());
    }

    /** Null when it is unknown. */
    private static @Nullable Duration lifetime(TokenPair tokens) {
        Instant end = tokens.expiresAt();
        boolean known = end != null && tokens.obtainedAt().isAfter(Instant.EPOCH) && end.isAfter(tokens.obtainedAt());
        return known ? Duration.between(tokens.obtainedAt(), end) : null;
    }

    /**
     * By the clock that advanced more: the monotonic one stops while the machine sleeps, the wall clock
     * may be set back.
     */
    Duration since(Instant now, long nanos) {
        Duration monotonic = sinceByMonotonicClock(nanos);
        Duration wall = Duration.between(wallThen, now);
        boolean steady = hasty && monotonic.compareTo(STEADY) < 0;
        return steady || wall.compareTo(monotonic) < 0 ? monotonic : wall;
    }

    private Duration sinceByMonotonicClock(long nanos) {
        return Duration.ofNanos(nanos - nanosThen);
    }

    /**
     * The age of tokens that this process sees for the first time.
     *
     * @param sinceLast how long ago this process saw their predecessor; null when it saw none
     */
    static Duration age(TokenPair tokens, @Nullable Duration sinceLast, Instant now) {
        Duration lifetime = lifetime(tokens);
        if (lifetime == null || cameWhileLooking(lifetime, sinceLast)) {
            return Duration.ZERO;
        }
        Duration stamped = Duration.between(tokens.obtainedAt(), now);
        // From the future: a clock was set back while this process was not looking, so the age is unknown.
        return stamped.plus(SKEW).isNegative() ? lifetime : stamped.isNegative() ? Duration.ZERO : stamped;
    }

    /** Whether the clock that stamped these tokens and this one differ by more than a minute. */
    static boolean isOfAnotherClock(TokenPair tokens, @Nullable Duration sinceLast, Instant now) {
        Duration lifetime = lifetime(tokens);
        Duration stamped = Duration.between(tokens.obtainedAt(), now);
        return lifetime != null
                && (stamped.plus(SKEW).isNegative()
                        || (stamped.compareTo(SKEW) > 0 && cameWhileLooking(lifetime, sinceLast)));
    }

    /** Tokens are replaced before they expire, so their successor is new to a process that saw them that recently. */
    private static boolean cameWhileLooking(Duration lifetime, @Nullable Duration sinceLast) {
        return sinceLast != null && sinceLast.compareTo(lifetime) < 0;
    }
}
