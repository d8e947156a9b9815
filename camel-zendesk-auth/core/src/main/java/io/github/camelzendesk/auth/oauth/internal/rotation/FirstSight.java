package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * When this process first saw a generation of tokens, and how old they were then. The clock that stamped them may be
 * another machine's, so from here on only one's own clocks count. Immutable.
 *
 * @param ageThen how long before this sighting the tokens were issued
 * @param hasty whether the predecessor was seen less than half a minute before
 * @param first when this was
 * @param last when the store was last read with no other tokens in it
 */
record FirstSight(String lineage, long generation, Duration ageThen, boolean hasty, Reading first, Reading last) {
    /** A larger difference means that the clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);
    /**
     * A jump of the wall clock, or a machine that slept, may renew tokens once. After that the wall clock is ignored
     * for this long, and only a 401 renews them sooner.
     */
    private static final Duration STEADY = Duration.ofSeconds(30);

    /** What the two clocks of this machine show: the monotonic one stops while it sleeps, the other may be set. */
    record Reading(Instant wall, long nanos) {
        static Reading of(EngineContext context) {
            return new Reading(context.clock().instant(), context.nanoTime().getAsLong());
        }

        private Duration monotonicSince(Reading earlier) {
            return Duration.ofNanos(nanos - earlier.nanos);
        }

        /** By the clock that advanced more. */
        private Duration since(Reading earlier) {
            Duration monotonic = monotonicSince(earlier);
            Duration byWall = Duration.between(earlier.wall, wall);
            return byWall.compareTo(monotonic) < 0 ? monotonic : byWall;
        }
    }

    static FirstSight of(OAuthSettings settings, Duration age, @Nullable FirstSight before, Reading now) {
        boolean hasty = before != null && now.monotonicSince(before.first).compareTo(STEADY) < 0;
        return new FirstSight(settings.lineage(), settings.generation(), age, hasty, now, now);
    }

    /** The same tokens were still the latest. */
    FirstSight again(Reading now) {
        return new FirstSight(lineage, generation, ageThen, hasty, first, now);
    }

    boolean isOf(OAuthSettings settings) {
        return generation == settings.generation() && lineage.equals(settings.lineage());
    }

    /** The same tokens, with the times of this machine's clock. */
    TokenPair onOwnClock(TokenPair tokens, Reading now) {
        Duration lifetime = lifetime(tokens);
        if (lifetime == null) {
            return tokens;
        }
        Instant obtainedAt = now.wall.minus(ageThen.plus(since(first, now)));
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

    /** How long ago no other tokens were there. */
    Duration sinceLast(Reading now) {
        return since(last, now);
    }

    private Duration since(Reading earlier, Reading now) {
        boolean steady = hasty && now.monotonicSince(first).compareTo(STEADY) < 0;
        return steady ? now.monotonicSince(earlier) : now.since(earlier);
    }

    /**
     * The age of tokens that this process sees for the first time.
     *
     * @param sinceLast how long ago the store was read without them; null when it was not
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

    /** Tokens that came since are younger than that, so they are not at their end. */
    private static boolean cameWhileLooking(Duration lifetime, @Nullable Duration sinceLast) {
        return sinceLast != null && sinceLast.compareTo(lifetime) < 0;
    }
}
