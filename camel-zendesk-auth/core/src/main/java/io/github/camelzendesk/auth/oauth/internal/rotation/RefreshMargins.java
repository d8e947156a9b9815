package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;

/**
 * How long before its end a token is renewed, and no longer used. Immutable. Both margins shrink with the lifetime, so
 * that a short-lived token is not renewed for every call.
 */
public record RefreshMargins(Duration soft, Duration hard) {
    private static final Duration SOFT_LEAST = Duration.ofSeconds(60);
    private static final Duration HARD_MOST = Duration.ofSeconds(15);
    private static final int TENTH = 10;
    private static final int THIRD = 3;

    public static RefreshMargins of(Duration lifetime) {
        Duration soft = min(max(lifetime.dividedBy(TENTH), SOFT_LEAST), lifetime.dividedBy(THIRD));
        Duration hard = min(HARD_MOST, lifetime.dividedBy(TENTH));
        return new RefreshMargins(soft, hard);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
