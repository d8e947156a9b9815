package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.rotation.Expiry;
import io.github.camelzendesk.auth.oauth.internal.rotation.RefreshMargins;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * When the tokens of one connection are renewed without being asked for. For use under one lock, but for {@link #next}.
 *
 * <p>Delays count on the monotonic clock, so that a wall clock that is set back does not keep an expired token in use.
 */
public final class Schedule {
    /** What was obtained in the same second, after a restart, is to be renewed over minutes. */
    private static final double JITTER = 0.1;

    private final EngineContext context;
    private final LongConsumer renew;
    private final KeepAlive keepAlive;
    private TaskScheduler.@Nullable Cancellable renewal;
    private volatile @Nullable Instant next;

    /** Both actions take the generation that they were planned for. */
    Schedule(Connection connection, EngineContext context, LongConsumer renew, LongConsumer rotate) {
        this.context = context;
        this.renew = renew;
        this.keepAlive = new KeepAlive(connection, context, rotate);
    }

    @Nullable
    Instant next() {
        return next;
    }

    /** The header of these settings with its deadlines; null when they hold no access token. */
    @Nullable
    ExpiringAuthorization authorization(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        Secret accessToken = tokens == null ? null : tokens.accessToken();
        if (tokens == null || accessToken == null) {
            return null;
        }
        Authorization value = new Authorization("Bearer " + accessToken.reveal(), settings.generation());
        Instant end = tokens.expiresAt();
        if (end == null) {
            return ExpiringAuthorization.endless(value);
        }
        RefreshMargins margins = RefreshMargins.of(Expiry.lifetime(tokens, end));
        Instant hard = end.minus(margins.hard());
        return new ExpiringAuthorization(
                value,
                end.minus(margins.soft()).toEpochMilli(),
                hard.toEpochMilli(),
                context.nanoTime().getAsLong() + until(hard).toNanos());
    }

    void plan(OAuthSettings settings) {
        cancel();
        TokenPair tokens = settings.tokens();
        Instant end = tokens == null ? null : tokens.expiresAt();
        if (tokens != null && end != null) {
            Duration lifetime = Expiry.lifetime(tokens, end);
            renewAfter(
                    until(end.minus(RefreshMargins.of(lifetime).soft()).minus(spread(lifetime))),
                    settings.generation());
        }
        planKeepAlive(settings);
    }

    /** Plans the rotation of an idle refresh token, whatever its access token is worth. */
    void planKeepAlive(OAuthSettings settings) {
        if (context.renewsAhead()) {
            keepAlive.plan(settings);
        }
    }

    /** Never earlier than the pause, and spread, so that processes that keep the same pause do not return together. */
    void retry(Duration pause, long generation) {
        renewAfter(pause.plus(spread(pause)), generation);
    }

    private Duration spread(Duration whole) {
        return Duration.ofMillis(
                (long) (whole.toMillis() * JITTER * context.random().nextDouble()));
    }

    private void renewAfter(Duration delay, long generation) {
        if (renewal != null) {
            renewal.cancel();
        }
        if (!context.renewsAhead()) {
            return;
        }
        next = context.clock().instant().plus(delay);
        renewal = context.engine().after(delay, () -> renew.accept(generation));
    }

    void cancel() {
        if (renewal != null) {
            renewal.cancel();
        }
        keepAlive.cancel();
        next = null;
    }

    private Duration until(Instant instant) {
        Duration delay = Duration.between(context.clock().instant(), instant);
        return delay.isNegative() ? Duration.ZERO : delay;
    }
}
