package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.rotation.ExponentialBackoff;

/**
 * The last failure, which answers callers until the next attempt may begin. For use under one lock.
 *
 * <p>This is the memory of one manager. The pause that all processes keep is in the settings ({@link
 * io.github.camelzendesk.auth.settings.Backoff}).
 */
final class FailureMemory {
    /** Costs one read of the store, for a grant that a login elsewhere may have brought. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** Not a browser window for every message. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private @Nullable ZendeskAuthException error;
    private long untilNanos;
    private int failures;

    FailureMemory(LongSupplier nanoTime, RandomGenerator random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** The error that answers callers now; null when an attempt may begin. */
    @Nullable
    ZendeskAuthException recent() {
        return error != null && nanoTime.getAsLong() - untilNanos < 0 ? error : null;
    }

    /** The failure since the last success; null when there is none. */
    @Nullable
    ZendeskAuthException last() {
        return error;
    }

    void remember(ZendeskAuthException latest) {
        failures++;
        error = latest;
        untilNanos = nanoTime.getAsLong() + pauseAfter(latest).toNanos();
    }

    /** How long the last failure still answers. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, untilNanos - nanoTime.getAsLong()));
    }

    void forget() {
        error = null;
        failures = 0;
    }

    /** Forgets a failure that changed settings may have fixed. */
    void forgetWhatSettingsMayCure() {
        boolean declined = error instanceof AuthorizationRequired required
                && required.reason() == AuthorizationRequired.Reason.LOGIN_FAILED;
        if (error instanceof SettingsUnavailable || (error instanceof AuthorizationRequired && !declined)) {
            error = null;
        }
    }

    private Duration pauseAfter(ZendeskAuthException latest) {
        if (latest instanceof AuthorizationRequired required) {
            return required.reason() == AuthorizationRequired.Reason.LOGIN_FAILED ? ASK_AGAIN : LOOK_AGAIN;
        }
        if (latest instanceof TokenEndpointUnavailable unavailable) {
            return unavailable.retryAfter().orElseGet(() -> ExponentialBackoff.after(failures, random));
        }
        return ExponentialBackoff.after(failures, random);
    }
}
