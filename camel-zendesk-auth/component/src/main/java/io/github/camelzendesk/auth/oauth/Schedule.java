package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * When the tokens of one connection are renewed without being asked for. For use under one lock, but for {@link #next}.
 *
 * <p>Delays count on the monotonic clock, so that a wall clock that is set back does not keep an expired token in use.
 */
final class Schedule {
    private static final double JITTER = 0.1;
    private static final double KEEP_ALIVE_AT = 0.6;
    private static final Duration LONGEST = Duration.ofDays(3653);

    private final Engine engine;
    private final InstantSource clock;
    private final RandomGenerator random;
    private Engine.@Nullable Cancellable renewal;
    private Engine.@Nullable Cancellable keepAlive;
    private volatile @Nullable Instant next;

    Schedule(Engine engine, InstantSource clock, RandomGenerator random) {
        this.engine = engine;
        this.clock = clock;
        this.random = random;
    }

    @Nullable
    Instant next() {
        return next;
    }

    /** The header of these settings with its deadlines; null when they hold no access token. */
    @Nullable
    Authorization authorization(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        Secret accessToken = tokens == null ? null : tokens.accessToken();
        if (tokens == null || accessToken == null) {
            return null;
        }
        Instant end = Expiry.end(tokens);
        long soft = Long.MAX_VALUE;
        long hard = Long.MAX_VALUE;
        if (end != null) {
            Margins margins = Margins.of(Expiry.lifetime(tokens, end));
            soft = end.minus(margins.soft()).toEpochMilli();
            hard = end.minus(margins.hard()).toEpochMilli();
        }
        return new Authorization("Bearer " + accessToken.reveal(), settings.generation(), soft, hard);
    }

    void plan(OAuthSettings settings, Runnable renew, LongConsumer rotate) {
        cancel();
        TokenPair tokens = settings.tokens();
        if (tokens == null) {
            return;
        }
        Instant end = Expiry.end(tokens);
        if (end != null) {
            Duration margin = Margins.of(Expiry.lifetime(tokens, end)).soft();
            Duration early = Duration.ofMillis((long) (margin.toMillis() * JITTER * random.nextDouble()));
            retry(Duration.between(clock.instant(), end.minus(margin).minus(early)), renew);
        }
        planKeepAlive(settings, tokens, rotate);
    }

    void retry(Duration delay, Runnable renew) {
        if (renewal != null) {
            renewal.cancel();
        }
        Duration wait = bounded(delay);
        next = clock.instant().plus(wait);
        renewal = engine.after(wait, renew);
    }

    void cancel() {
        if (renewal != null) {
            renewal.cancel();
        }
        if (keepAlive != null) {
            keepAlive.cancel();
        }
        next = null;
    }

    private void planKeepAlive(OAuthSettings settings, TokenPair tokens, LongConsumer rotate) {
        Instant lapse = tokens.refreshExpiresAt();
        if (lapse == null || tokens.refreshToken() == null) {
            return;
        }
        Instant obtainedAt = Expiry.reckonable(tokens.obtainedAt());
        Duration lifetime = Duration.between(obtainedAt, Expiry.reckonable(lapse));
        Instant due = obtainedAt.plusMillis((long) (lifetime.toMillis() * KEEP_ALIVE_AT));
        keepAlive = engine.after(
                bounded(Duration.between(clock.instant(), due)), () -> rotate.accept(settings.generation()));
    }

    /** Timers count nanoseconds, which overflow after 292 years. */
    private static Duration bounded(Duration delay) {
        return delay.isNegative() ? Duration.ZERO : delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
