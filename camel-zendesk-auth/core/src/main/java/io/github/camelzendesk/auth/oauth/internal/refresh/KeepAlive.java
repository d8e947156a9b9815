package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Keeps the refresh token of an idle connection from expiring: it is rotated at 60 % of its life. Thread-safe.
 *
 * <p>It looks at the wall clock once an hour rather than sleeping for weeks, because the monotonic clock stands still
 * while a machine sleeps, and because an attempt that failed must be repeated.
 */
final class KeepAlive {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final double AT = 0.6;
    private static final Duration LOOK = Duration.ofHours(1);
    private static final Duration LAST_WEEK = Duration.ofDays(7);

    private final Connection connection;
    private final EngineContext context;
    private final LongConsumer rotate;
    private final AtomicLong plans = new AtomicLong();
    private volatile TaskScheduler.@Nullable Cancellable next;

    KeepAlive(Connection connection, EngineContext context, LongConsumer rotate) {
        this.connection = connection;
        this.context = context;
        this.rotate = rotate;
    }

    /** Replaces the plan for earlier settings. */
    void plan(OAuthSettings settings) {
        cancel();
        TokenPair tokens = settings.tokens();
        if (tokens != null && due(tokens) != null) {
            later(
                    new Plan(plans.get(), settings.generation(), tokens, false),
                    context.clock().instant());
        }
    }

    void cancel() {
        plans.incrementAndGet();
        TaskScheduler.Cancellable planned = next;
        if (planned != null) {
            planned.cancel();
        }
    }

    private record Plan(long number, long generation, TokenPair tokens, boolean attempted) {}

    /** When the refresh token should be rotated at the latest; null when it never lapses, as far as we know. */
    static @Nullable Instant due(TokenPair tokens) {
        Instant lapse = tokens.refreshExpiresAt();
        if (lapse == null || tokens.refreshToken() == null) {
            return null;
        }
        Duration life = Duration.between(tokens.obtainedAt(), lapse);
        return tokens.obtainedAt().plusMillis((long) (life.toMillis() * AT));
    }

    /** Whether it is overdue and in its last week: for the operator, because something keeps it from being rotated. */
    static boolean isEndangered(TokenPair tokens, Instant now) {
        Instant due = due(tokens);
        Instant lapse = tokens.refreshExpiresAt();
        return due != null && lapse != null && now.isAfter(due) && now.isAfter(lapse.minus(LAST_WEEK));
    }

    private void look(Plan plan) {
        if (plan.number != plans.get()) {
            return;
        }
        Instant now = context.clock().instant();
        boolean overdue = !now.isBefore(Objects.requireNonNull(due(plan.tokens)));
        if (overdue && plan.attempted && isEndangered(plan.tokens, now)) {
            LOG.warn(
                    "Connection {}: the refresh token expires at {}, and could not be rotated so far. Fix the cause that"
                            + " the log names, or a person must log in again.",
                    connection.describe(),
                    plan.tokens.refreshExpiresAt());
        }
        later(new Plan(plan.number, plan.generation, plan.tokens, overdue), overdue ? now.plus(LOOK) : now);
        if (overdue) {
            rotate.accept(plan.generation);
        }
    }

    private void later(Plan plan, Instant earliest) {
        Instant due = Objects.requireNonNull(due(plan.tokens));
        Duration wait = Duration.between(context.clock().instant(), due.isAfter(earliest) ? due : earliest);
        Duration bounded = wait.compareTo(LOOK) > 0 ? LOOK : wait;
        next = context.engine().after(bounded, () -> look(plan));
    }
}
