package io.github.camelzendesk.auth.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/** Times as people read them. Stateless. */
final class Times {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Times() {}

    /** How long it is until then, such as {@code 27 min}. */
    static String until(@Nullable Instant end, InstantSource clock) {
        if (end == null) {
            return "unknown";
        }
        long seconds = Duration.between(clock.instant(), end).toSeconds();
        return seconds <= 0 ? "over" : rounded(seconds);
    }

    private static String rounded(long seconds) {
        if (seconds < 2 * MINUTE) {
            return seconds + " s";
        }
        if (seconds < 2 * HOUR) {
            return seconds / MINUTE + " min";
        }
        return seconds < 2 * DAY ? seconds / HOUR + " h" : seconds / DAY + " d";
    }
}
