package io.github.camelzendesk.auth.oauth.internal;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorizer;
import io.github.camelzendesk.auth.oauth.TokenListener;

/** Time, randomness, threads, the person, the listener and the turns to look, as a manager meets them. Immutable.
 *
 * @param renewsAhead whether tokens are renewed before a call needs that
 */
public record EngineContext(
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        TaskScheduler engine,
        @Nullable Authorizer authorizer,
        TokenListener listener,
        PollRateLimiter polls,
        boolean renewsAhead) {

    public EngineContext(
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            TaskScheduler engine,
            @Nullable Authorizer authorizer,
            TokenListener listener) {
        this(clock, nanoTime, random, engine, authorizer, listener, PollRateLimiter.SHARED, true);
    }

    /** The same for a manager that only does what a call asks for. */
    public EngineContext onDemand() {
        return new EngineContext(clock, nanoTime, random, engine, null, listener, polls, false);
    }
}
